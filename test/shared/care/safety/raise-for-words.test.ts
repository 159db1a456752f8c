import { describe, expect, it } from "vitest";
import { Draft } from "../../../../shared/care/change/draft.ts";
import { climbOwedTask } from "../../../../shared/care/safety/climb-owed-work.ts";
import { findCrisisPhrase } from "../../../../shared/care/safety/find-crisis-phrase.ts";
import { endAlert } from "../../../../shared/care/safety/move-alert.ts";
import { applyDeferred } from "../../../../shared/messages/apply-deferred.ts";
import { inProgram } from "../../../builders/complete.ts";
import { shippedPolicy } from "../../../builders/shipped-policy.ts";
import { buildContext, buildState } from "../../../builders/state.ts";
import { carriedOut, changeOf, itemsOf, openTaskOf } from "../../../builders/steps.ts";

const policy = shippedPolicy();
/** Monday 11 January 2027, ten in the morning in Denver, and the night after. */
const staffed = "2027-01-11T17:00:00.000Z";
const night = "2027-01-12T09:00:00.000Z";
const maybe = "I just want it to stop, all of it";

function told(body: string, now: string) {
  const ctx = buildContext({ now, policy });
  const rule = findCrisisPhrase(policy, body) ?? "";
  const command = { type: "crisis-words", source: "text", rule, noteId: "n1" } as const;
  const state = buildState(inProgram);
  const change = changeOf(applyDeferred(state, command, ctx));
  const after = carriedOut(state, change);
  return { change, after, again: () => applyDeferred(after, command, ctx) };
}

describe("words that only may mean danger", () => {
  it("are read by a clinician within the hour while the site is staffed, and ring nobody", () => {
    const { change, after, again } = told(maybe, staffed);
    expect(openTaskOf(after, "clinician-review")).toMatchObject({
      assignedFunction: "clinician",
      priority: "safety",
      dueAt: "2027-01-11T18:00:00.000Z",
      about: { type: "note", id: "n1" },
    });
    expect(change.outbox.map(({ kind }) => kind)).not.toContain("page");
    expect(itemsOf(after, "escalation")).toEqual([]);
    expect(again()).toBeUndefined();
  });

  it("page the on-call where nobody has read them by then", () => {
    const { after } = told(maybe, staffed);
    const { sk } = openTaskOf(after, "clinician-review");
    const early = buildContext({ now: "2027-01-11T17:59:00.000Z", policy });
    expect(climbOwedTask(after, early, sk)).toBeUndefined();
    const late = buildContext({ now: "2027-01-11T18:00:00.000Z", policy });
    const change = changeOf(climbOwedTask(after, late, sk));
    expect(change.outbox.map(({ kind }) => kind)).toContain("page");
    expect(itemsOf(carriedOut(after, change), "escalation")).toMatchObject([{ tier: "YELLOW" }]);
  });

  it("are read by the on-call at night, as a YELLOW alert", () => {
    const { after } = told(maybe, night);
    expect(itemsOf(after, "escalation")).toMatchObject([
      {
        tier: "YELLOW",
        confirmed: false,
        reason: expect.stringContaining("call now or in the morning"),
      },
    ]);
  });
});

describe("words that speak of danger", () => {
  it.each([staffed, night])("page at once, at %s", (now) => {
    const { change, after } = told("I want to die", now);
    expect(itemsOf(after, "escalation")).toMatchObject([{ tier: "RED" }]);
    expect(change.outbox.map(({ kind }) => kind)).toContain("page");
  });
});

describe("a text about nothing ordinary", () => {
  it.each([
    [true, "2027-01-11T18:00:00.000Z", "urgent"],
    [undefined, undefined, "normal"],
  ] as const)("is read within a staffed hour: %s", (isUnplaced, dueAt, priority) => {
    const command = {
      type: "inbound-reply",
      sort: "other",
      noteId: "n1",
      receivedAt: staffed,
      ...(isUnplaced === undefined ? {} : { isUnplaced }),
    } as const;
    const state = buildState(inProgram);
    const ctx = buildContext({ now: staffed, policy });
    const after = carriedOut(state, changeOf(applyDeferred(state, command, ctx)));
    const task = openTaskOf(after, "inbound-reply");
    expect(task.priority).toBe(priority);
    if (dueAt === undefined) expect(task.dueAt > "2027-01-11T18:00:00.000Z").toBe(true);
    else expect(task.dueAt).toBe(dueAt);
  });
});

describe("words of somebody who is not alone", () => {
  const company = "he is listening, I can't talk";

  it("hold what is planned, and say to whoever reads them how to reach the person", () => {
    const { after } = told(company, staffed);
    expect(after.episode.notAlone).toEqual({ occasion: "n1", since: staffed });
    expect(openTaskOf(after, "clinician-review").words).toContain("leave no voicemail");
  });

  it("hold until the alert of the night is closed, and no other's closing ends that", () => {
    const { after } = told(company, night);
    const [alert] = itemsOf(after, "escalation");
    if (alert === undefined) throw new Error("No alert was raised");
    expect(alert.reason).toContain("leave no voicemail");
    const closedBy = (occasion: string) => {
      const episode = { ...after.episode, notAlone: { occasion, since: night } };
      const draft = new Draft({ ...after, episode }, buildContext({ now: night, policy }));
      endAlert(draft, alert, { by: "avery", at: night, outcome: "safe-with-plan" });
      return draft.episode.notAlone?.occasion;
    };
    expect([closedBy("n1"), closedBy("n2")]).toEqual([undefined, "n2"]);
  });

  it("tell whoever answers texts to wait", () => {
    const { after } = told(company, staffed);
    const reply = {
      type: "inbound-reply",
      sort: "other",
      noteId: "n1",
      receivedAt: staffed,
    } as const;
    const answered = carriedOut(
      after,
      changeOf(applyDeferred(after, reply, buildContext({ now: staffed, policy }))),
    );
    expect(openTaskOf(answered, "inbound-reply").words).toContain("Do not write back");
  });
});
