import { describe, expect, it } from "vitest";
import { aftercareSteps } from "../../shared/domain/aftercare/aftercare-steps.ts";
import {
  answerCheckIn,
  type CheckInToAnswer,
} from "../../shared/domain/aftercare/answer-check-in.ts";
import { checkInSk } from "../../shared/domain/aftercare/plan-check-in.ts";
import { saveCheckInAnswer } from "../../shared/domain/aftercare/save-check-in-answer.ts";
import { isRefusal } from "../../shared/domain/change/change.ts";
import type { DecisionContext } from "../../shared/domain/change/context.ts";
import type {
  CareTask,
  CheckIn,
  Driver,
  Episode,
  EpisodeItem,
  Message,
  OpenState,
} from "../../shared/domain/episode/episode.ts";
import { localTime } from "../../shared/domain/time/zoned-time.ts";
import { driverSk } from "../../shared/domain/workflows/drivers.ts";
import { stepTable } from "../../shared/domain/workflows/step-table.ts";
import { buildAnswers } from "../builders/instruments.ts";
import { buildProgram, buildSite } from "../builders/program.ts";
import {
  applyChange,
  buildContext,
  buildDriver,
  buildEpisode,
  buildState,
  caseManager,
  episodeId,
  putsOf,
} from "../builders/state.ts";

/** Discharged on a Tuesday; the check-in of day 7 opens on the Tuesday after, at 08:00 in New York. */
const dischargedAt = "2027-01-12T20:00:00.000Z";
const dayOne = "2027-01-13T13:00:00.000Z";
const daySeven = "2027-01-19T13:00:00.000Z";

const participant = { kind: "participant", participantId: "p" } as const;

function buildCheckIn(overrides: Partial<CheckIn> = {}): CheckIn {
  const number = overrides.number ?? 2;
  return {
    kind: "check-in",
    sk: checkInSk(number),
    version: 1,
    checkInId: `check-in-${number}`,
    number,
    checkInKind: number === 1 ? "staff-call" : "check-in",
    status: "planned",
    dueAt: number === 1 ? dayOne : daySeven,
    answers: {},
    reasons: [],
    submissions: [],
    ...overrides,
  };
}

function driverOf(number: number): Driver {
  return buildDriver("aftercare", `${episodeId}-c${number}`, { data: { number } });
}

function inAftercare(items: readonly EpisodeItem[], episode: Partial<Episode> = {}): OpenState {
  return buildState(
    buildEpisode({ status: "aftercare", dischargedAt, disposition: "completed", ...episode }),
    items,
  );
}

/** Runs one act or review of the workflow; acts are applied as the store would apply them. */
function take(state: OpenState, step: string, number: number, ctx: DecisionContext) {
  const act = aftercareSteps.acts[step];
  const review = aftercareSteps.reviews[step];
  const result = act?.(state, driverOf(number), ctx) ?? review?.(state, driverOf(number), ctx);
  if (result === undefined) throw new Error(`There is no step ${step}`);
  const change = "change" in result ? result.change : undefined;
  return {
    outcome: result.outcome,
    holdUntil: "holdUntil" in result ? result.holdUntil : undefined,
    change,
    state: change === undefined ? state : applyChange(state, change),
  };
}

/** A check-in that has been opened at 08:00 on its day, with its messages. */
function opened(number = 2, episode: Partial<Episode> = {}, more: readonly EpisodeItem[] = []) {
  const now = number === 1 ? dayOne : daySeven;
  const ctx = buildContext({ now });
  return take(
    inAftercare([buildCheckIn({ number }), ...more], episode),
    "open-check-in",
    number,
    ctx,
  ).state;
}

const fine = { ...buildAnswers("phq-2", 0), "wants-call": false };

function answer(
  state: OpenState,
  input: Partial<CheckInToAnswer> = {},
  ctx: Partial<DecisionContext> = {},
) {
  const context = buildContext({ now: "2027-01-19T16:00:00.000Z", actor: participant, ...ctx });
  const result = answerCheckIn(state, context, {
    checkInSk: checkInSk(2),
    answers: fine,
    submissionKey: "one",
    ...input,
  });
  if (isRefusal(result)) return { refusal: result, change: undefined, state };
  return { refusal: undefined, change: result, state: applyChange(state, result) };
}

function find<Kind extends EpisodeItem["kind"]>(
  state: OpenState,
  kind: Kind,
  matches: (item: Extract<EpisodeItem, { kind: Kind }>) => boolean = () => true,
) {
  return [...state.items.values()].find(
    (item): item is Extract<EpisodeItem, { kind: Kind }> =>
      item.kind === kind && matches(item as Extract<EpisodeItem, { kind: Kind }>),
  );
}

const task = (state: OpenState, taskKind: CareTask["taskKind"]) =>
  find(state, "task", (item) => item.taskKind === taskKind);

describe("opening a check-in", () => {
  it("is a call by staff the first time, within 72 hours of the discharge, and sends nothing", () => {
    const state = opened(1);
    const call = task(state, "aftercare-call");
    expect(call?.words).toContain("First call after the discharge");
    expect(call?.priority).toBe("urgent");
    expect(call?.dueAt && call.dueAt <= "2027-01-15T20:00:00.000Z").toBe(true);
    expect(find(state, "message")).toBeUndefined();
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

  it("tells staff when the consent to follow-up was taken back", () => {
    const consents = {
      ...buildEpisode().consents,
      aftercare: { grantedAt: dischargedAt, withdrawnAt: dayOne },
    };
    const state = opened(2, { consents });
    expect(find(state, "message")).toBeUndefined();
    expect(task(state, "aftercare-call")?.words).toContain("took back the consent");
  });

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

describe("answering a check-in", () => {
  it("stores the answers, scores the screens and cancels what would still ask", () => {
    const { state, change } = answer(opened());
    expect(find(state, "check-in")).toMatchObject({ status: "answered", action: "none" });
    expect(change?.episode.scores).toMatchObject([
      { instrumentId: "phq-2", total: 0, positive: false, occasion: "check-in-2" },
    ]);
    const messages = Object.values(putsOf(change)).filter((item) => item.kind === "message");
    expect(messages.map((item) => item.kind === "message" && item.status)).toEqual([
      "CANCELLED",
      "CANCELLED",
    ]);
    expect(task(state, "check-in-call")).toBeUndefined();
  });

  it("asks for a call within 48 hours after a positive screen, with the reason in words", () => {
    const { state } = answer(opened(), {
      answers: { ...fine, ...buildAnswers("phq-2", 2) },
    });
    expect(task(state, "check-in-call")).toMatchObject({
      words: "Call within 48 hours, after check-in 2. PHQ-2 is 3 or more.",
      dueAt: "2027-01-21T16:00:00.000Z",
      priority: "normal",
    });
  });

  it("lets the highest action win, and keeps every reason", () => {
    const { state } = answer(opened(), {
      answers: { ...buildAnswers("phq-2", 3), "wants-call": true },
    });
    expect(find(state, "check-in")?.action).toBe("same-day-call");
    expect(task(state, "check-in-call")).toMatchObject({
      words: "Call today, after check-in 2. Asked for a call. PHQ-2 is 3 or more.",
      dueAt: "2027-01-19T23:00:00.000Z",
      priority: "urgent",
    });
  });

  it("asks the on-call where a call is due today and nobody is staffed any more", () => {
    const { state, change } = answer(
      opened(),
      { answers: { ...fine, "wants-call": true } },
      { now: "2027-01-23T16:00:00.000Z" },
    );
    expect(find(state, "escalation")).toMatchObject({
      tier: "YELLOW",
      trigger: { source: "check-in" },
    });
    expect(change?.effects.some((effect) => effect.kind === "page")).toBe(true);
  });

  it("pages in the same change when somebody writes words of crisis, and keeps the words out of care state", () => {
    const { state, change } = answer(opened(), { words: "some days I want to die" });
    expect(find(state, "escalation")).toMatchObject({ tier: "RED", confirmed: false });
    expect(change?.effects.some((effect) => effect.kind === "page")).toBe(true);
    expect(task(state, "inbound-reply")?.words).toContain("Read it");
    expect(change?.identityPuts).toHaveLength(1);
    expect(JSON.stringify([change?.puts, change?.audit, change?.effects])).not.toContain(
      "want to die",
    );
  });

  it("pages for a suicide item where a program asks one", () => {
    const program = buildProgram();
    const [question] = program.aftercare.questions;
    const asked = {
      ...program,
      aftercare: {
        ...program.aftercare,
        questions: [
          {
            ...(question as NonNullable<typeof question>),
            id: "phq-9",
            answer: { type: "instrument", instrumentId: "phq-9" } as const,
          },
        ],
      },
    };
    const { state, change } = answer(
      opened(),
      { answers: buildAnswers("phq-9", 0, 2) },
      { program: asked },
    );
    expect(find(state, "escalation")?.tier).toBe("ORANGE");
    expect(find(state, "check-in")?.action).toBe("same-day-call");
    expect(change?.audit.facts.isSafetyPositive).toBe(true);
  });

  it.each([
    ["an answer nobody offered", { ...fine, "phq2-1": 7 }, "none of those offered"],
    ["a word where yes or no was asked", { ...fine, "wants-call": 1 }, "none of those offered"],
    ["a question that was not asked", { ...fine, weight: 80 }, "was not asked"],
    ["a question left out", { "wants-call": false }, "Answer every question"],
  ])("refuses %s and writes nothing", (_what, answers, sentence) => {
    const { refusal } = answer(opened(), { answers });
    expect(refusal?.refused).toBe("invalid");
    expect(refusal?.sentence).toContain(sentence);
  });

  it("lets staff leave out on the phone what was not asked, but not everything", () => {
    const onPhone = { actor: caseManager };
    const { state } = answer(opened(), { answers: { "wants-call": false } }, onPhone);
    expect(find(state, "check-in")?.status).toBe("answered");
    expect(answer(opened(), { answers: {} }, onPhone).refusal?.sentence).toContain("at least one");
  });

  it("counts one submission once and one answer per check-in", () => {
    const { state } = answer(opened());
    expect(answer(state).refusal).toMatchObject({
      refused: "already-decided",
      details: { isRepeat: true },
    });
    expect(answer(state, { submissionKey: "two" }).refusal?.details).toEqual({ isRepeat: false });
  });

  it("refuses a late answer by link with a sentence, but takes it from staff on the phone", () => {
    const late = { now: "2027-01-26T13:00:00.000Z" };
    expect(answer(opened(), {}, late).refusal?.sentence).toContain(
      "time for this check-in is over",
    );
    expect(answer(opened(), {}, { ...late, actor: caseManager }).refusal).toBeUndefined();
  });

  it("refuses one that is not open yet, was cancelled, or does not exist", () => {
    const refused = (items: readonly EpisodeItem[]) => answer(inAftercare(items)).refusal?.refused;
    expect(refused([buildCheckIn()])).toBe("not-now");
    expect(refused([buildCheckIn({ status: "cancelled" })])).toBe("not-now");
    expect(refused([])).toBe("not-found");
  });

  it("ends the call that was to ask", () => {
    const state = opened(1);
    const { change } = answer(
      state,
      { checkInSk: checkInSk(1) },
      { now: dayOne, actor: caseManager },
    );
    const done = Object.values(putsOf(change)).find(
      (item) => item.kind === "task" && item.taskKind === "aftercare-call",
    );
    expect(done).toMatchObject({
      status: "done",
      outcome: { code: "answered", recordedBy: "casey" },
    });
  });
});

describe("answering question by question", () => {
  function saveOne(
    state: OpenState,
    id: string,
    value: number | boolean,
    options: { key?: string; now?: string; program?: DecisionContext["program"] } = {},
  ) {
    const ctx = buildContext({
      now: options.now ?? "2027-01-19T16:00:00.000Z",
      actor: participant,
      ...(options.program === undefined ? {} : { program: options.program }),
    });
    const saved = saveCheckInAnswer(state, ctx, {
      checkInSk: checkInSk(2),
      id,
      value,
      submissionKey: options.key ?? "one",
    });
    if (isRefusal(saved)) return { refusal: saved, state, saved: undefined };
    const after = saved.change === undefined ? state : applyChange(state, saved.change);
    return { refusal: undefined, state: after, saved };
  }

  it("keeps each answer, and all of them are there to be sent", () => {
    const one = saveOne(opened(), "phq2-1", 0);
    const two = saveOne(one.state, "phq2-2", 1, { key: "two" });
    const three = saveOne(two.state, "wants-call", true, { key: "three" });
    const checkIn = find(three.state, "check-in");
    expect(checkIn).toMatchObject({
      status: "open",
      answers: { "phq2-1": 0, "phq2-2": 1, "wants-call": true },
    });
    const sent = answer(three.state, { answers: checkIn?.answers ?? {} });
    expect(find(sent.state, "check-in")).toMatchObject({ action: "same-day-call" });
  });

  it("saves the same answer once", () => {
    const one = saveOne(opened(), "phq2-1", 2);
    expect(saveOne(one.state, "phq2-1", 2).saved?.change).toBeUndefined();
    expect(saveOne(one.state, "phq2-1", 1, { key: "two" }).saved?.change).toBeDefined();
  });

  it("pages for a suicide answer before anything is sent, and once in all", () => {
    const program = buildProgram();
    const questions = [
      {
        id: "phq-9",
        text: { en: "How often?" },
        answer: { type: "instrument", instrumentId: "phq-9" },
        actions: [],
      },
    ] as const;
    const asking = { ...program, aftercare: { ...program.aftercare, questions } };
    const saved = saveOne(opened(), "phq9-9", 3, { program: asking });
    expect(saved.saved?.isSafetyPositive).toBe(true);
    expect(find(saved.state, "escalation")).toMatchObject({ tier: "RED" });
    const sent = answer(saved.state, { answers: buildAnswers("phq-9", 0, 3) }, { program: asking });
    const alerts = [...sent.state.items.values()].filter((item) => item.kind === "escalation");
    expect(alerts).toHaveLength(1);
  });

  it("refuses what was not asked, not offered, answered, over or unknown", () => {
    expect(saveOne(opened(), "weight", 1).refusal?.refused).toBe("invalid");
    expect(saveOne(opened(), "phq2-1", 9).refusal?.refused).toBe("invalid");
    expect(saveOne(answer(opened()).state, "phq2-1", 1).refusal?.refused).toBe("already-decided");
    const late = { now: "2027-01-26T13:00:00.000Z" };
    expect(saveOne(opened(), "phq2-1", 1, late).refusal?.refused).toBe("not-now");
    expect(saveOne(inAftercare([]), "phq2-1", 1).refusal?.refused).toBe("not-found");
  });
});

describe("taking an answer into the pathway", () => {
  const ctx = buildContext({ now: "2027-01-19T16:01:00.000Z" });

  it("starts the count of missed contacts over and leaves the check-in behind", () => {
    const { state } = answer(opened(2, { unreachedContacts: 1 }));
    const assessed = take(state, "assess-answer", 2, ctx);
    expect(assessed.state.episode.unreachedContacts).toBe(0);
    expect(find(assessed.state, "check-in")).toBeUndefined();
    expect(take(assessed.state, "assess-answer", 2, ctx).change).toBeUndefined();
  });

  it("asks a clinician about a step up when a screen is positive twice running", () => {
    const positive = { ...fine, ...buildAnswers("phq-2", 2) };
    const scores = [
      {
        instrumentId: "phq-2",
        scoredAt: dayOne,
        total: 4,
        band: "positive",
        positive: true,
        occasion: "check-in-1",
      },
    ];
    const again = answer(opened(2, { scores }), { answers: positive });
    const review = task(take(again.state, "assess-answer", 2, ctx).state, "clinician-review");
    expect(review?.words).toBe(
      "PHQ-2 is positive for the second time running. Review whether a step up in care is needed.",
    );
    const once = answer(opened(), { answers: positive });
    expect(
      task(take(once.state, "assess-answer", 2, ctx).state, "clinician-review"),
    ).toBeUndefined();
  });

  it("asks a clinician about a step up after a week of use on most days", () => {
    const program = buildProgram();
    const days = {
      id: "use-days",
      text: { en: "On how many days?" },
      answer: { type: "days", maximum: 7 },
      actions: [
        { when: { atLeast: 1 }, action: "call-within-48-hours", reason: "Any use." },
        { when: { atLeast: 4 }, action: "same-day-call", reason: "Use on 4 or more days." },
      ],
    } as const;
    const withDays = {
      program: { ...program, aftercare: { ...program.aftercare, questions: [days] } },
    };
    const review = (value: number) => {
      const { state } = answer(opened(), { answers: { "use-days": value } }, withDays);
      const assessed = take(state, "assess-answer", 2, { ...ctx, ...withDays });
      return task(assessed.state, "clinician-review")?.words;
    };
    expect(review(5)).toContain("Use on 4 or more days.");
    expect(review(2)).toBeUndefined();
  });
});

describe("a missed check-in", () => {
  const over = buildContext({ now: "2027-01-26T13:00:00.000Z" });

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
    expect(next.state.items.get(driverSk("aftercare", `${episodeId}-c3`))).toMatchObject({
      status: "dormant",
      startAt: "2027-02-11T13:00:00.000Z",
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

  it("lets the ladder take over from a call that nobody made", () => {
    const missed = take(opened(1), "record-missed", 1, buildContext({ now: daySeven }));
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

  it("chases nobody who took back the consent: a person is asked to close", () => {
    const consents = {
      ...buildEpisode().consents,
      aftercare: { grantedAt: dischargedAt, withdrawnAt: dayOne },
    };
    const missed = take(opened(2, { consents }), "record-missed", 2, over);
    expect(find(missed.state, "outreach")).toBeUndefined();
    const next = take(missed.state, "plan-next", 2, over);
    expect(next.outcome).toBe("propose-closing");
    expect(task(next.state, "closing-approval")?.words).toContain("took back the consent");
  });
});

describe("closing the aftercare", () => {
  const now = "2028-01-12T15:00:00.000Z";
  const ctx = buildContext({ now });
  const proposed = () => take(inAftercare([]), "plan-next", 3, ctx);

  function decided(decision: "approved" | "rejected", state = proposed().state): OpenState {
    const approval = task(state, "closing-approval") as CareTask;
    const made = {
      decision,
      decidedBy: "casey",
      decidedAt: now,
      reason: "Agreed with the person.",
      effectiveAt: "2028-01-12T15:00:30.000Z",
    };
    return {
      ...state,
      items: new Map([...state.items, [approval.sk, { ...approval, decision: made }]]),
    };
  }

  it("is proposed to a person after the last check-in", () => {
    expect(proposed().outcome).toBe("propose-closing");
    expect(task(proposed().state, "closing-approval")).toMatchObject({
      isApproval: true,
      proposal: "close",
      dueAt: "2028-01-13T15:00:00.000Z",
    });
  });

  it("waits for the person's decision and passes it on when it is overdue; no timer closes", () => {
    const { state } = proposed();
    expect(take(state, "review-closing", 3, ctx)).toMatchObject({
      outcome: "wait",
      holdUntil: "2028-01-13T15:00:00.000Z",
    });
    const later = buildContext({ now: "2028-01-13T15:00:00.000Z" });
    expect(take(state, "review-closing", 3, later).outcome).toBe("overdue");
    expect(take(state, "escalate-closing-decision", 3, ctx).change).toBeUndefined();
    const escalated = take(state, "escalate-closing-decision", 3, later);
    expect(task(escalated.state, "closing-approval")?.assignedFunction).toBe("clinical-lead");
    expect(escalated.state.episode.status).toBe("aftercare");
  });

  it("closes half a minute after the approval, with a last message and nothing left to do", () => {
    const state = decided("approved");
    expect(take(state, "review-closing", 3, ctx)).toMatchObject({ outcome: "wait" });
    const rested = buildContext({ now: "2028-01-12T15:00:30.000Z" });
    expect(take(state, "review-closing", 3, rested).outcome).toBe("closed");
    const closed = take(state, "finish", 3, rested);
    expect(closed.state.episode).toMatchObject({ status: "closed", closedAt: rested.now });
    expect(closed.change?.audit.facts.decidedBy).toBe("casey");
    expect(take(closed.state, "review-closing", 3, rested).outcome).toBe("send");
    expect(take(closed.state, "finish", 3, rested).change).toBeUndefined();
    const quiet = { ...closed.state, items: new Map() };
    expect(take(quiet, "review-closing", 3, rested).outcome).toBe("stop");
  });

  it("holds the last message of an evening for the morning before it stops", () => {
    const evening = buildContext({ now: "2028-01-13T02:00:00.000Z" });
    const closed = take(decided("approved"), "finish", 3, evening);
    const review = take(closed.state, "review-closing", 3, evening);
    expect(review.outcome).toBe("wait");
    expect(review.holdUntil && review.holdUntil >= "2028-01-13T14:00:00.000Z").toBe(true);
  });

  it("waits while a serious alert is open, although a person has approved", () => {
    const state = decided("approved");
    const alerted = {
      ...state,
      episode: { ...state.episode, openEscalations: [{ escalationId: "e", tier: "RED" as const }] },
    };
    const rested = buildContext({ now: "2028-01-12T15:01:00.000Z" });
    expect(take(alerted, "review-closing", 3, rested).outcome).toBe("wait");
  });

  it("asks again after a month where a person chose to keep in touch", () => {
    const state = decided("rejected");
    const soon = buildContext({ now: "2028-01-20T15:00:00.000Z" });
    expect(take(state, "review-closing", 3, soon)).toMatchObject({
      outcome: "wait",
      holdUntil: "2028-02-11T15:00:00.000Z",
    });
    expect(take(state, "escalate-closing-decision", 3, soon).change).toBeUndefined();
    const month = buildContext({ now: "2028-02-11T15:00:00.000Z" });
    expect(take(state, "review-closing", 3, month).outcome).toBe("overdue");
    const again = task(
      take(state, "escalate-closing-decision", 3, month).state,
      "closing-approval",
    );
    expect(again).toMatchObject({ status: "open" });
    expect(again?.decision).toBeUndefined();
  });

  it("puts a question again that got lost", () => {
    const state = inAftercare([]);
    expect(take(state, "review-closing", 3, ctx).outcome).toBe("overdue");
    expect(
      task(take(state, "escalate-closing-decision", 3, ctx).state, "closing-approval"),
    ).toBeDefined();
  });

  it("stops when the person has left in the meantime", () => {
    const left = inAftercare([], { status: "withdrawn" });
    expect(take(left, "review-closing", 3, ctx).outcome).toBe("stop");
    expect(take(left, "escalate-closing-decision", 3, ctx).outcome).toBe("done");
    expect(take(left, "plan-next", 3, ctx).outcome).toBe("planned");
  });
});

describe("the steps of aftercare", () => {
  it("have a rule for every act and review of the table, and none besides", () => {
    const steps = Object.entries(stepTable.aftercare.steps);
    const named = (kind: string) =>
      steps.filter(([, step]) => step.kind === kind).map(([name]) => name);
    expect(Object.keys(aftercareSteps.acts).sort()).toEqual(named("act").sort());
    expect(Object.keys(aftercareSteps.reviews).sort()).toEqual(named("review").sort());
  });

  it("plan the first contact within its hours even when the site is closed for long", () => {
    const closures = ["13", "14", "15", "18"].map((day) => ({
      on: `2027-01-${day}`,
      words: "closed",
    }));
    const ctx = buildContext({ now: dischargedAt, site: buildSite({ closures }) });
    const { state } = take(inAftercare([]), "plan-next", 0, ctx);
    expect(find(state, "check-in")?.dueAt).toBe("2027-01-15T20:00:00.000Z");
  });
});
