import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { raiseEscalation } from "../../../shared/care/safety/raise-escalation.ts";
import { addHours, addMinutes } from "../../../shared/care/time/instants.ts";
import { acknowledgeEscalation, hasTaken } from "../../../workflows/escalation/acknowledge.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import { repeatMinutes, reviewAlert, tierOf } from "../../../workflows/escalation/review-alert.ts";
import { escalationSteps } from "../../../workflows/escalation/steps.ts";
import { nextStep } from "../../../workflows/run/next-step.ts";
import { buildProgram } from "../../builders/program.ts";
import { runOf } from "../../builders/run-pathway.ts";
import { buildContext, buildEpisode, buildState, clinician } from "../../builders/state.ts";
import { act, carriedOut, itemsOf } from "../../builders/steps.ts";

/** Tuesday, 21:00 in New York: nobody is at the site. */
const night = "2027-01-13T02:00:00.000Z";
const at = (minutes: number) => addMinutes(night, minutes);

const alertOf = (state: OpenState): Escalation => {
  const [alert] = itemsOf(state, "escalation");
  if (alert === undefined) throw new Error("There is no alert");
  return alert;
};

function alerted(more: Partial<Escalation> = {}, tier: "YELLOW" | "RED" = "YELLOW"): OpenState {
  const state = buildState(buildEpisode({ status: "active" }));
  const ctx = buildContext({ now: night });
  const draft = new Draft(state, ctx);
  raiseEscalation(draft, ctx, {
    tier,
    source: "text",
    rule: "words",
    occasion: "in-1",
    reason: "Words in a text.",
  });
  const raised = carriedOut(state, draft.finish("raised"));
  const alert = { ...alertOf(raised), ...more };
  return { ...raised, items: new Map([...raised.items, [alert.sk, alert]]) };
}

const needs = (state: OpenState, minutes: number) =>
  reviewAlert(state, runOf(state, "escalation"), buildContext({ now: at(minutes) }));

function turned(more: Partial<Escalation>, minutes: number) {
  const state = alerted(more);
  const ctx = buildContext({ now: at(minutes) });
  const done = act(state, runOf(state, "escalation"), "go-to-next-tier", ctx);
  return { alert: alertOf(done.state), change: done.change };
}

const ladder = (pages: number, more: Partial<Escalation["readLadder"]> = {}) => ({
  readLadder: { from: night, tier: 0, pages, ...more },
});

describe("an alert that nobody has read", () => {
  it("waits half a minute for the page that its change owes, and not longer", () => {
    expect(needs(alerted(), 0.4)).toEqual({ outcome: "wait", holdUntil: at(0.5) });
    expect(needs(alerted(), 0.5)).toEqual({ outcome: "page" });
  });

  it("waits for no page that was made, nor half a minute past one that is due later", () => {
    expect(needs(alerted({ pageAttempt: 1 }), 0)).toEqual({ outcome: "page" });
    const later = ladder(0, { from: at(20) });
    expect(needs(alerted(later), 10)).toEqual({ outcome: "wait", holdUntil: at(20) });
    expect(needs(alerted(later), 20)).toEqual({ outcome: "page" });
  });

  it("reminds the first person after half an hour, and asks the next after an hour", () => {
    const once = { pageAttempt: 1, lastPagedAt: night, ...ladder(1) };
    expect(needs(alerted(once), 29)).toEqual({ outcome: "wait", holdUntil: at(30) });
    expect(needs(alerted(once), 30)).toEqual({ outcome: "page" });
    const twice = { pageAttempt: 2, lastPagedAt: at(30), ...ladder(2) };
    expect(needs(alerted(twice), 59)).toEqual({ outcome: "wait", holdUntil: at(60) });
    expect(needs(alerted(twice), 60)).toEqual({ outcome: "next-tier" });
    expect(needs(alerted({ ...twice, pageTier: 1 }), 60)).toEqual({ outcome: "page" });
  });

  it("needs nothing once it is closed", () => {
    expect(needs(alerted({ status: "closed" }), 5)).toEqual({ outcome: "closed" });
    const gone = { ...alerted(), items: new Map() };
    const run = runOf(alerted(), "escalation");
    expect(reviewAlert(gone, run, buildContext({ now: night }))).toEqual({ outcome: "closed" });
  });
});

describe("whose turn it is to read next", () => {
  const twice = { pageAttempt: 2, lastPagedAt: at(30), ...ladder(2) };

  it("the next person's, with an hour of their own; the ladder goes on, and when it rang is kept", () => {
    const { alert, change } = turned(twice, 60);
    expect(alert).toMatchObject({
      status: "open",
      pageTier: 1,
      pageTo: "backup",
      pageAttempt: 3,
      tierEndsAt: at(120),
      lastPagedAt: at(30),
      ...ladder(2),
    });
    expect(change?.audit).toMatchObject({ facts: { pageTier: 1, wasAcknowledged: false } });
  });

  const taken = {
    ...twice,
    status: "acknowledged",
    contactDueAt: at(60),
    tierEndsAt: at(60),
  } as const;
  const answered = (answer: "call-now" | "call-in-the-morning") => ({
    answers: [{ by: "avery", at: at(10), answer, callAt: at(60) }],
  });

  it.each([
    ["who took it by day and gave no answer", {}],
    ["whose answers are none", { answers: [] }],
    ["who was to call now", answered("call-now")],
  ])("the next person's after one %s, and a ladder of their own", (_who, more) => {
    const { alert, change } = turned({ ...taken, ...more }, 60);
    expect(alert).toMatchObject({
      status: "open",
      pageTier: 1,
      tierEndsAt: at(120),
      readLadder: { from: at(60), tier: 1, pages: 0 },
    });
    expect(change?.audit).toMatchObject({ facts: { wasAcknowledged: true } });
  });

  it("the first person's again where the call was put off to the morning", () => {
    const { alert } = turned({ ...taken, pageTier: 1, ...answered("call-in-the-morning") }, 60);
    expect(alert).toMatchObject({
      pageTier: 0,
      pageTo: "primary",
      readLadder: { from: at(60), tier: 0, pages: 0 },
    });
  });

  it("is nobody's who was rung where nobody was", () => {
    const { lastPagedAt: _never, ...unrung } = taken;
    expect(turned(unrung, 60).alert).not.toHaveProperty("lastPagedAt");
  });

  it("stays whose it is where somebody took it, or it is gone, since the review", () => {
    const state = alerted({ ...twice, status: "contacted" });
    const run = runOf(state, "escalation");
    const ctx = buildContext({ now: at(60) });
    expect(act(state, run, "go-to-next-tier", ctx).change).toBeUndefined();
    expect(act({ ...state, items: new Map() }, run, "go-to-next-tier", ctx).change).toBeUndefined();
  });
});

describe("the people of the program", () => {
  it("are asked in their order; past the last one it is the last one", () => {
    const program = buildProgram();
    expect(tierOf(program, 0).rota).toBe("primary");
    expect(tierOf(program, 1).rota).toBe("backup");
    expect(tierOf(program, 9)).toBe(program.safety.pageTiers.at(-1));
    const nobody = { ...program, safety: { ...program.safety, pageTiers: [] } };
    expect(tierOf(nobody, 0)).toMatchObject({ rota: "primary", acknowledgeWithinMinutes: 15 });
  });

  it("are rung more seldom from the very hour on that the program says", () => {
    const program = buildProgram();
    const safety = {
      ...program.safety,
      slowerPages: [{ afterHours: 24, repeatEveryMinutes: 60 }],
    };
    const minutes = (now: string) =>
      repeatMinutes(buildContext({ now, program: { ...program, safety } }), alertOf(alerted()), 5);
    expect(minutes(addMinutes(addHours(night, 24), -1))).toBe(5);
    expect(minutes(addHours(night, 24))).toBe(60);
  });
});

describe("an act on an alert", () => {
  const ctx = buildContext({ now: at(5), actor: clinician });
  const sk = alertOf(alerted()).sk;

  it("finds none where there is none", () => {
    const state = alerted();
    const nowhere = { escalationSk: "ESC#nowhere" };
    for (const decided of [
      acknowledgeEscalation(state, nowhere, ctx),
      recordContact(state, { ...nowhere, outcome: "not-reached" }, ctx),
      closeEscalation(state, { ...nowhere, outcome: "no-danger", reason: "None." }, ctx),
    ])
      expect(isRefusal(decided) && decided.refused).toBe("not-found");
    expect(hasTaken(state, "ESC#nowhere", "avery")).toBe(false);
  });

  it("comes too late for one that is closed, and taking it for one with contact", () => {
    const refusedOf = (status: Escalation["status"]) => {
      const decided = acknowledgeEscalation(alerted({ status }), { escalationSk: sk }, ctx);
      return isRefusal(decided) && decided.refused;
    };
    expect(refusedOf("closed")).toBe("not-now");
    expect(refusedOf("contacted")).toBe("not-now");
    const contact = recordContact(
      alerted({ status: "closed" }),
      { escalationSk: sk, outcome: "not-reached" },
      ctx,
    );
    expect(isRefusal(contact) && contact.refused).toBe("not-now");
  });

  it("is theirs who took it last, while nobody else is asked", () => {
    const acknowledgements = [
      { by: "sam", at: at(1) },
      { by: "avery", at: at(2) },
    ];
    const has = (more: Partial<Escalation>, staffId = "avery") =>
      hasTaken(alerted(more), sk, staffId);
    expect(has({ status: "acknowledged", acknowledgements })).toBe(true);
    expect(has({ status: "acknowledged", acknowledgements }, "sam")).toBe(false);
    expect(has({ status: "open", acknowledgements })).toBe(false);
    expect(has({ status: "acknowledged", acknowledgements: [] })).toBe(false);
  });

  it("leaves the hour of a call about danger as it is, and no task about something else moves", () => {
    const state = alerted({ contactDueAt: at(90) }, "RED");
    const [task] = itemsOf(state, "task");
    if (task === undefined) throw new Error("There is no task");
    const { about: _about, ...other } = { ...task, sk: "TASK#about-nothing" };
    const both = buildState(state.episode, [...state.items.values(), other]);
    const taken = carriedOut(both, acknowledgeEscalation(both, { escalationSk: sk }, ctx));
    expect(taken.items.get(task.sk)).toMatchObject({ assignedTo: "avery", dueAt: task.dueAt });
    expect(taken.items.get(other.sk)).toBe(other);
  });
});

describe("the way of an alert", () => {
  it("leads from each step to the next, and back to what it needs until it is closed", () => {
    const next = (step: string, outcome: string) => nextStep("escalation", step, outcome);
    expect(next("review-alert", "page")).toBe("page");
    expect(next("review-alert", "next-tier")).toBe("go-to-next-tier");
    expect(next("review-alert", "wait")).toBe("await-contact");
    expect(next("review-alert", "closed")).toBe("finish");
    for (const step of ["page", "go-to-next-tier", "await-contact"])
      expect(next(step, "done"), step).toBe("review-alert");
    expect(next("finish", "done")).toBe("end");
    const kinds = Object.entries(escalationSteps.steps).map(([step, { kind }]) => [step, kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      "review-alert": "review",
      page: "page",
      "go-to-next-tier": "act",
      "await-contact": "hold",
      finish: "act",
    });
  });
});
