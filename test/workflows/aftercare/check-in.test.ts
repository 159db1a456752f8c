import { describe, expect, it } from "vitest";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { ConsentState } from "../../../shared/care/episode/episode.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import { runSk } from "../../../shared/care/runs/workflow-runs.ts";
import { localTime } from "../../../shared/care/time/zoned-time.ts";
import { checkInSk } from "../../../shared/messages/plan-check-in.ts";
import {
  answer,
  buildCheckIn,
  dayOne,
  daySeven,
  dischargedAt,
  find,
  inAftercare,
  opened,
  take,
  task,
} from "../../builders/aftercare.ts";
import { shippedProgram } from "../../builders/program-files.ts";
import {
  buildContext,
  buildEpisode,
  caseManager,
  episodeId,
  putsOf,
} from "../../builders/state.ts";

describe("opening a check-in", () => {
  it("is a call by staff the first time, within 72 hours of the discharge, and sends nothing", () => {
    const state = opened(1);
    const call = task(state, "aftercare-call");
    expect(call?.words).toContain("First call after the discharge");
    expect(call?.priority).toBe("urgent");
    expect(call?.dueAt && call.dueAt <= "2027-01-15T20:00:00.000Z").toBe(true);
    expect(find(state, "message")).toBeUndefined();
  });

  it("is made before the hours of the first call are over, where a weekend lies in between", () => {
    // Discharged on a Friday at ten; the first check-in opens on Monday at eight.
    const monday = "2027-01-25T13:00:00.000Z";
    const firstCall = (left: string) =>
      task(
        take(
          inAftercare([buildCheckIn({ number: 1, dueAt: monday })], { dischargedAt: left }),
          "open-check-in",
          1,
          buildContext({ now: monday }),
        ).state,
        "aftercare-call",
      )?.dueAt;
    expect(firstCall("2027-01-22T15:00:00.000Z")).toBe("2027-01-25T15:00:00.000Z");
    // Where they are over already, it is a call of one staffed day.
    expect(firstCall("2027-01-21T15:00:00.000Z")).toBe("2027-01-25T21:00:00.000Z");
  });

  it("is a call of whoever keeps contact with the person, where somebody does", () => {
    const aftercare = { steady: 0, keptBy: { staffId: "kim", since: dischargedAt } };
    expect(task(opened(1, { aftercare }), "aftercare-call")).toMatchObject({ assignedTo: "kim" });
    const noChannel = { consents: { sms: {}, email: {}, voicemail: false } };
    expect(task(opened(2, { ...noChannel, aftercare }), "aftercare-call")?.assignedTo).toBe("kim");
    expect(task(opened(2, noChannel), "aftercare-call")).toMatchObject({
      assignedFunction: "case-manager",
    });
    expect(task(opened(2, noChannel), "aftercare-call")?.assignedTo).toBeUndefined();
  });

  it("sends a link and its reminder later on, and asks nobody to call", () => {
    const state = opened();
    const messages = [...state.items.values()].filter((item) => item.kind === "message");
    expect(messages.map((message) => message.step).sort()).toEqual([
      "check-in",
      "check-in-reminder-1",
    ]);
    expect(messages.every((message) => message.linkId !== undefined)).toBe(true);
    expect(task(state, "aftercare-call")).toBeUndefined();
  });

  it("becomes a call where the person agreed to no channel", () => {
    const state = opened(2, { consents: { sms: {}, email: {}, voicemail: false } });
    expect(task(state, "aftercare-call")?.words).toContain("cannot be sent");
  });

  it.each([
    ["taken back", { grantedAt: dischargedAt, withdrawnAt: dayOne }, 2],
    ["refused at the discharge, before the first call", { withdrawnAt: dischargedAt }, 1],
  ])(
    "is left out where the consent to follow-up was %s: nobody writes or rings, and a person is asked to close",
    (_when, aftercare, number) => {
      const state = opened(number, { consents: { ...buildEpisode().consents, aftercare } });
      expect(find(state, "message")).toBeUndefined();
      expect(task(state, "aftercare-call")).toBeUndefined();
      expect(find(state, "check-in")).toBeUndefined();
      const next = take(state, "plan-next", number, buildContext({ now: daySeven }));
      expect(next.outcome).toBe("propose-closing");
      expect(task(next.state, "closing-approval")?.words).toContain("or never gave it");
    },
  );

  it("stays open no longer than until the next check-in opens", () => {
    const first = find(opened(1), "check-in");
    expect(first?.endsAt).toBe("2027-01-19T05:00:00.000Z");
    expect(find(opened(2), "check-in")?.endsAt).toBe("2027-01-26T13:00:00.000Z");
  });

  it("opens once, and not at all outside aftercare", () => {
    const ctx = buildContext({ now: daySeven });
    expect(take(opened(), "open-check-in", 2, ctx).change).toBeUndefined();
    const left = inAftercare([buildCheckIn()], { status: "withdrawn" });
    expect(take(left, "open-check-in", 2, ctx).outcome).toBe("stop");
    expect(take(left, "review-check-in", 2, ctx).outcome).toBe("stop");
  });
});

describe("when messages of a check-in go", () => {
  it("leaves at least four staffed hours for the answer, and moves a weekend's reminder to Monday", () => {
    // Day 7 on a Friday: the reminder of the next day falls on a Saturday.
    const friday = "2027-01-22T13:00:00.000Z";
    const state = take(
      inAftercare([buildCheckIn({ dueAt: friday })], { dischargedAt: "2027-01-15T20:00:00.000Z" }),
      "open-check-in",
      2,
      buildContext({ now: friday }),
    ).state;
    const reminder = find(state, "message", (item) => item.step === "check-in-reminder-1");
    expect(reminder?.sendAt.slice(0, 10)).toBe("2027-01-25");
    for (const message of state.items.values()) {
      if (message.kind !== "message") continue;
      expect(localTime(message.sendAt, "America/New_York") <= "14:00").toBe(true);
    }
  });
});

describe("waiting for the answer", () => {
  it("sends what is due, then waits for the next message or the end of the window", () => {
    const state = opened();
    const messages = [...state.items.values()].filter((item) => item.kind === "message");
    const first = messages.map((message) => message.sendAt).sort()[0] ?? "";
    const before = take(state, "review-check-in", 2, buildContext({ now: daySeven }));
    expect(before).toMatchObject({ outcome: "wait", holdUntil: first });
    expect(take(state, "review-check-in", 2, buildContext({ now: first })).outcome).toBe("send");
    const sent = new Map(
      [...state.items].map(([sk, item]) => [
        sk,
        item.kind === "message" ? ({ ...item, status: "DELIVERED" } as Message) : item,
      ]),
    );
    expect(
      take({ ...state, items: sent }, "review-check-in", 2, buildContext({ now: first })),
    ).toMatchObject({ outcome: "wait", holdUntil: "2027-01-26T13:00:00.000Z" });
  });

  it("goes on once there is an answer, and calls it missed when its time is over", () => {
    expect(
      take(answer(opened()).state, "review-check-in", 2, buildContext({ now: daySeven })).outcome,
    ).toBe("answered");
    const late = buildContext({ now: "2027-01-26T13:00:00.000Z" });
    expect(take(opened(), "review-check-in", 2, late).outcome).toBe("missed");
  });

  it("never loses a person whose check-in was settled elsewhere", () => {
    const state = inAftercare([]);
    const ctx = buildContext({ now: daySeven });
    expect(take(state, "review-check-in", 2, ctx).outcome).toBe("answered");
    expect(take(state, "assess-answer", 2, ctx)).toMatchObject({ outcome: "done" });
    expect(take(state, "plan-next", 2, ctx).outcome).toBe("planned");
  });
});

describe("a missed check-in", () => {
  const over = buildContext({ now: "2027-01-26T13:00:00.000Z" });

  it("of day 7 is followed up by day 9, by the shipped program", () => {
    const { program: content, instruments } = shippedProgram();
    const shipped = { instruments, program: { ...content, version: 1, contentHash: "shipped" } };
    const asked = take(
      inAftercare([buildCheckIn()]),
      "open-check-in",
      2,
      buildContext({ now: daySeven, ...shipped }),
    ).state;
    const dayNine = "2027-01-21T13:00:00.000Z";
    const early = buildContext({ now: "2027-01-21T12:59:00.000Z", ...shipped });
    expect(take(asked, "review-check-in", 2, early).outcome).not.toBe("missed");
    const ctx = buildContext({ now: dayNine, ...shipped });
    expect(take(asked, "review-check-in", 2, ctx).outcome).toBe("missed");
    const missed = take(asked, "record-missed", 2, ctx);
    // The ladder's first rung: a call within an hour of staffed time.
    expect(find(missed.state, "outreach")).toMatchObject({
      ladder: "missedCheckIn",
      status: "climbing",
    });
  });

  it("starts the ladder of calls and still plans the next check-in", () => {
    const missed = take(opened(), "record-missed", 2, over);
    expect(find(missed.state, "outreach")).toMatchObject({
      ladder: "missedCheckIn",
      status: "climbing",
    });
    expect(missed.state.episode.unreachedContacts).toBe(1);
    expect(find(missed.state, "message")).toBeUndefined();
    const next = take(missed.state, "plan-next", 2, over);
    expect(next.outcome).toBe("planned");
    expect(find(next.state, "check-in")).toMatchObject({ number: 3, status: "planned" });
    expect(next.state.items.get(runSk("aftercare", `${episodeId}-c3`))).toMatchObject({
      status: "dormant",
      // Its message's own place between 09:00 and 13:00: it opens when that may go.
      startAt: "2027-02-11T17:03:00.000Z",
    });
    expect(take(missed.state, "record-missed", 2, over).change).toBeUndefined();
  });

  it("still asks for the call that answers given and never sent ask for", () => {
    const state = opened();
    const open = find(state, "check-in") as CheckIn;
    const begun = { ...open, answers: { "wants-call": true } };
    const items = new Map([...state.items, [open.sk, begun] as const]);
    const missed = take({ ...state, items }, "record-missed", 2, over);
    expect(task(missed.state, "check-in-call")?.words).toContain("Asked for a call");
    expect(find(missed.state, "outreach")).toBeUndefined();
  });

  it("is a clinician's matter when it is the second contact missed running", () => {
    const missed = take(opened(2, { unreachedContacts: 1 }), "record-missed", 2, over);
    expect(task(missed.state, "clinician-review")?.words).toContain("2 contacts running");
  });

  it("is the program's miss where nobody made the call: it stays to be made, and no ladder starts", () => {
    const missed = take(opened(1), "record-missed", 1, buildContext({ now: daySeven }));
    expect(task(missed.state, "aftercare-call")?.words).toMatch(
      /^Nobody made this call in its time/,
    );
    expect(missed.state.episode.unreachedContacts).toBe(0);
    expect(find(missed.state, "outreach")).toBeUndefined();
    expect(task(missed.state, "clinician-review")).toBeUndefined();
  });

  it("lets the ladder take over from calls that reached nobody", () => {
    const tried = opened(1);
    const call = task(tried, "aftercare-call");
    if (call === undefined) throw new Error("There is no call");
    const again = { ...call, evidence: { ...call.evidence, tries: 2 } };
    const state = { ...tried, items: new Map([...tried.items, [call.sk, again] as const]) };
    const missed = take(state, "record-missed", 1, buildContext({ now: daySeven }));
    expect(task(missed.state, "aftercare-call")).toBeUndefined();
    expect(find(missed.state, "outreach")).toBeDefined();
  });

  it("ends the ladder when the check-in is done on one of its calls", () => {
    const missed = take(opened(), "record-missed", 2, over);
    const closed = putsOf(missed.change)[checkInSk(2)];
    const items = new Map([...missed.state.items, [checkInSk(2), closed as CheckIn] as const]);
    const { change } = answer(
      { ...missed.state, items },
      {},
      { now: "2027-01-26T18:00:00.000Z", actor: caseManager },
    );
    const outreach = Object.values(putsOf(change)).find((item) => item.kind === "outreach");
    expect(outreach).toMatchObject({ status: "reached" });
    expect(change?.episode.unreachedContacts).toBe(0);
  });

  it("chases nobody who took back the consent while it was open: a person is asked to close", () => {
    const sent = opened(1, { unreachedContacts: 3 });
    expect(task(sent, "aftercare-call")?.status).toBe("open");
    const aftercare = { grantedAt: dischargedAt, withdrawnAt: dayOne };
    const episode = { ...sent.episode, consents: { ...sent.episode.consents, aftercare } };
    const missed = take({ ...sent, episode }, "record-missed", 1, over);
    expect(find(missed.state, "outreach")).toBeUndefined();
    // Nobody is told to ring now, and nothing was missed that a clinician would look into.
    expect(task(missed.state, "aftercare-call")?.status).not.toBe("open");
    expect(task(missed.state, "clinician-review")).toBeUndefined();
    expect(missed.state.episode.unreachedContacts).toBe(3);
    const next = take(missed.state, "plan-next", 1, over);
    expect(next.outcome).toBe("propose-closing");
    expect(task(next.state, "closing-approval")?.words).toContain("took back the consent");
  });

  it("chases nobody who took back the consent after the link had gone, and whoever gave it again", () => {
    const sent = opened();
    const missedWith = (aftercare: ConsentState) => {
      const consents = { ...sent.episode.consents, aftercare };
      const episode = { ...sent.episode, consents };
      return find(take({ ...sent, episode }, "record-missed", 2, over).state, "outreach");
    };
    const takenBack = { grantedAt: dischargedAt, withdrawnAt: dayOne };
    expect(missedWith(takenBack)).toBeUndefined();
    expect(missedWith({ ...takenBack, grantedAt: daySeven })).toBeDefined();
    expect(missedWith({})).toBeDefined();
  });
});
