import { describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import {
  raiseEscalation,
  type SafetyConcern,
} from "../../../shared/care/safety/raise-escalation.ts";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { acknowledgeEscalation } from "../../../workflows/escalation/acknowledge.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import { recordPage } from "../../../workflows/escalation/record-page.ts";
import { runOf } from "../../builders/run-pathway.ts";
import {
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  caseManager,
  systemActor,
  tuesdayMorning,
} from "../../builders/state.ts";
import { act, changeOf, itemsOf, openTasks, refusalOf, review } from "../../builders/steps.ts";
import { Story } from "../../builders/story.ts";

const escalationSk = "ESC#w3#phq-9.phq9-9.RED";

function alarm(concern: Partial<SafetyConcern> = {}, more: Partial<Episode> = {}): Story {
  const story = new Story(buildState(buildEpisode({ status: "active", ...more })), tuesdayMorning);
  return story.command((state, ctx) => {
    const draft = new Draft(state, ctx);
    raiseEscalation(draft, ctx, {
      tier: "RED",
      source: "instrument",
      rule: "phq-9.phq9-9.RED",
      value: 3,
      occasion: "w3",
      reason: "PHQ-9 item 9 answered 3.",
      ...concern,
    });
    return draft.finish("raised");
  }, systemActor);
}

function alertOf(story: Story): Escalation {
  const [alert] = itemsOf(story.state, "escalation");
  if (alert === undefined) throw new Error("There is no alert");
  return alert;
}

/** How often somebody was rung since an instant, as the alert itself remembers it: at most 20. */
const pagesSince = (story: Story, since: string) =>
  (alertOf(story).pages ?? []).filter(({ at }) => at >= since).length;

const acknowledge = (story: Story) =>
  story.command((state, ctx) => acknowledgeEscalation(state, { escalationSk }, ctx));
const contact = (story: Story, outcome: "spoke-with-participant" | "help-sent" | "not-reached") =>
  story.command((state, ctx) => recordContact(state, { escalationSk, outcome }, ctx));

describe("an alert", () => {
  it.each([
    ["RED", 60],
    ["ORANGE", 240],
    ["YELLOW", 480],
  ] as const)("%s is to end in contact within %i real minutes", (tier, minutes) => {
    const alert = alertOf(alarm({ tier }));
    expect(alert.contactDueAt).toBe(addMinutes(tuesdayMorning, minutes));
    // In staffed hours YELLOW is work in the queue; the others page at once.
    expect(alert.pageAttempt).toBe(tier === "YELLOW" ? 0 : 1);
  });

  it("of the fourth tier waits in the queue and pages nobody", () => {
    const story = alarm({ tier: "ROUTINE" });
    expect(itemsOf(story.state, "driver")).toEqual([]);
    expect(story.task("safety-follow-up").evidence).toMatchObject({ tier: "ROUTINE", answer: 3 });
  });

  it("pages every 5 minutes, after 15 the next person, and after the last one the first one again", () => {
    const story = alarm().passMinutes(14);
    expect(pagesSince(story, tuesdayMorning)).toBe(3);
    expect(alertOf(story).pageTier).toBe(0);
    story.passMinutes(1);
    for (const tier of [1, 2, 0, 1, 2, 0]) {
      const since = story.now;
      story.passMinutes(14);
      expect(alertOf(story)).toMatchObject({ pageTier: tier, status: "open" });
      expect(pagesSince(story, since)).toBe(3);
      story.passMinutes(1);
    }
  });

  it("is paged for ever, but after a day every hour and after a week twice a day, each person in turn", () => {
    const story = alarm().passMinutes(24 * 60 - 5);
    const pagesIn = (minutes: number) => {
      const since = addMinutes(story.now, 1);
      story.passMinutes(minutes);
      return pagesSince(story, since);
    };
    pagesIn(65);
    expect(pagesIn(10 * 60)).toBe(10);
    story.passMinutes(6 * 24 * 60);
    expect(pagesIn(5 * 24 * 60)).toBe(10);
    story.passMinutes(300 * 24 * 60);
    expect(pagesIn(5 * 24 * 60)).toBe(10);
    expect(alertOf(story).status).toBe("open");
  });

  it("that is taken stops the pages; without contact in time the next person is paged", () => {
    const story = acknowledge(alarm().passMinutes(10));
    const { pageAttempt } = alertOf(story);
    expect(alertOf(story)).toMatchObject({
      status: "acknowledged",
      acknowledgements: [{ by: "casey", at: addMinutes(tuesdayMorning, 10) }],
    });
    expect(story.task("safety-follow-up").assignedTo).toBe("casey");
    story.passMinutes(49);
    expect(alertOf(story).pageAttempt).toBe(pageAttempt);
    story.passMinutes(1);
    expect(alertOf(story)).toMatchObject({ status: "open", pageTier: 1 });
    expect(alertOf(story).pageAttempt).toBeGreaterThan(pageAttempt);
  });

  it("gives whoever takes it late the time to make the call", () => {
    const story = acknowledge(alarm().passMinutes(70));
    story.passMinutes(14);
    expect(alertOf(story).status).toBe("acknowledged");
    story.passMinutes(1);
    expect(alertOf(story).status).toBe("open");
  });

  it("runs on when the person was not reached", () => {
    const story = contact(acknowledge(alarm()), "not-reached").passMinutes(60);
    expect(alertOf(story)).toMatchObject({
      status: "open",
      pageTier: 1,
      contacts: [{ by: "casey", outcome: "not-reached" }],
    });
  });

  it("never closes by time, before contact or after it", () => {
    const untouched = alarm().passHours(24);
    expect(alertOf(untouched).status).toBe("open");
    const spoken = contact(acknowledge(alarm()), "spoke-with-participant").passHours(60 * 24);
    expect(alertOf(spoken).status).toBe("contacted");
    expect(spoken.task("safety-follow-up").words).toContain("A clinician closes the alert");
    expect(spoken.state.episode.openEscalations).toHaveLength(1);
  });

  it("is confirmed by help being sent", () => {
    const story = alarm({ source: "text", confirmed: false });
    expect(alertOf(story).confirmed).toBe(false);
    expect(alertOf(contact(story, "help-sent"))).toMatchObject({
      confirmed: true,
      status: "contacted",
    });
  });
});

describe("closing an alert", () => {
  const close = { escalationSk, outcome: "safe-at-home", reason: "Sleeps at her sister's" };

  it("needs contact first, and a clinician", () => {
    const story = acknowledge(alarm());
    expect(refusalOf(closeEscalation(story.state, close, story.ctx())).sentence).toContain(
      "Record contact with the participant first",
    );
    contact(story, "spoke-with-participant");
    expect(
      refusalOf(closeEscalation(story.state, close, story.ctx(caseManager))).sentence,
    ).toContain("closed by a clinician");
    story.command((state, ctx) => closeEscalation(state, close, ctx));
    expect(alertOf(story)).toMatchObject({
      status: "closed",
      closure: { by: "casey", outcome: "safe-at-home" },
    });
    expect(story.state.episode.openEscalations).toEqual([]);
    expect(openTasks(story.state)).toEqual([]);
    expect(itemsOf(story.state, "driver")[0]?.status).toBe("done");
  });

  it("remembers what was assessed: the same answer pages nobody for a week, a rise does", () => {
    const story = contact(alarm(), "spoke-with-participant");
    story.command((state, ctx) => closeEscalation(state, { ...close, assessedItemValue: 2 }, ctx));
    expect(story.state.episode.lastClinicianAssessedItem9).toEqual({ value: 2, at: story.now });
    const raise = (value: number, occasion: string) => {
      const draft = new Draft(story.state, story.ctx());
      const concern = {
        tier: "ORANGE",
        source: "instrument",
        rule: "phq-9.phq9-9.ORANGE",
        reason: "-",
      } as const;
      return raiseEscalation(draft, story.ctx(), { ...concern, value, occasion }).outcome;
    };
    expect([raise(2, "w4"), raise(3, "w4")]).toEqual(["joined", "raised"]);
    story.passHours(7 * 24 + 1);
    expect(raise(2, "w5")).toBe("raised");
  });

  it("takes the answer itself for assessed where the clinician says nothing else", () => {
    const story = contact(alarm(), "spoke-with-participant");
    story.command((state, ctx) => closeEscalation(state, close, ctx));
    expect(story.state.episode.lastClinicianAssessedItem9?.value).toBe(3);
    const words = contact(alarm({ source: "text" }), "spoke-with-participant");
    words.command((state, ctx) => closeEscalation(state, close, ctx));
    expect(words.state.episode.lastClinicianAssessedItem9).toBeUndefined();
  });

  it("happens once, and nothing is recorded on a closed alert", () => {
    const story = contact(alarm(), "spoke-with-participant");
    expect(
      refusalOf(acknowledgeEscalation(story.state, { escalationSk }, story.ctx())).sentence,
    ).toBe("Contact has been recorded already.");
    story.command((state, ctx) => closeEscalation(state, close, ctx));
    const { state } = story;
    const ctx = story.ctx();
    const later = { escalationSk, outcome: "not-reached" } as const;
    for (const result of [
      closeEscalation(state, close, ctx),
      acknowledgeEscalation(state, { escalationSk }, ctx),
      recordContact(state, later, ctx),
    ])
      expect(refusalOf(result).sentence).toBe("This alert is closed.");
  });

  it("is done by staff to an alert that is there", () => {
    const { state } = alarm();
    const ctx = buildContext();
    const gone = { ...close, escalationSk: "ESC#none" };
    for (const result of [
      closeEscalation(state, gone, buildContext({ actor: caseManager })),
      closeEscalation(state, close, ctx),
      acknowledgeEscalation(state, { escalationSk }, ctx),
      recordContact(state, { escalationSk, outcome: "help-sent" }, ctx),
    ])
      expect(refusalOf(result).refused).toBe("not-found");
  });
});

describe("the record of a page", () => {
  it("is kept once per tier and attempt", () => {
    const { state } = alarm();
    const ctx = buildContext();
    const facts = { tier: 0, attempt: 1, outcome: "taken" } as const;
    const page = { ...facts, to: ["avery"] };
    const change = changeOf(recordPage(state, escalationSk, page, ctx));
    expect(change.audit).toMatchObject({ action: "on-call-paged", facts });
    const stale = { ...page, attempt: 0 };
    expect(refusalOf(recordPage(state, escalationSk, stale, ctx)).sentence).toBe(
      "This page has been recorded.",
    );
    expect(refusalOf(recordPage(state, "ESC#none", page, ctx)).refused).toBe("not-found");
  });
});

describe("a step that comes too late", () => {
  it("does not take back what a person did since the review", () => {
    const story = acknowledge(alarm()).passMinutes(59);
    const run = runOf(story.state, "escalation");
    contact(story, "spoke-with-participant");
    const late = buildContext({ now: addMinutes(story.now, 5) });
    expect(act(story.state, run, "go-to-next-tier", late).change).toBeUndefined();
    expect(review(story.state, run, "review-alert", late).outcome).toBe("wait");
  });

  it("finds nothing to do without its alert", () => {
    const run = buildRun("escalation", "none", { data: { escalationSk: "ESC#none" } });
    const state = buildState();
    expect(act(state, run, "go-to-next-tier", buildContext()).change).toBeUndefined();
    expect(act(state, run, "finish", buildContext()).outcome).toBe("done");
    expect(review(state, run, "review-alert", buildContext()).outcome).toBe("closed");
  });

  it("pages as well where a program names no tiers", () => {
    const { program } = alarm();
    const plain = { ...program, safety: { ...program.safety, pageTiers: [] } };
    const story = alarm();
    const run = runOf(story.state, "escalation");
    const ctx = buildContext({ program: plain, now: addMinutes(tuesdayMorning, 5) });
    expect(review(story.state, run, "review-alert", ctx).outcome).toBe("page");
  });
});
