import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { EpisodeItem, OpenState } from "../../../shared/care/episode/episode-item.ts";
import { checkInSk } from "../../../shared/messages/plan-check-in.ts";
import { saveAnswer } from "../../../shared/questions/answer-questions.ts";
import {
  answer,
  buildCheckIn,
  dayOne,
  find,
  fine,
  inAftercare,
  opened,
  participant,
  task,
} from "../../builders/aftercare.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { buildProgram } from "../../builders/program.ts";
import { applyChange, buildContext, caseManager, putsOf } from "../../builders/state.ts";

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
      // Two hours before staffing ends: a clinician still has time for it that day.
      dueAt: "2027-01-19T21:00:00.000Z",
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
    expect(change?.outbox.some((entry) => entry.kind === "page")).toBe(true);
  });

  it("pages in the same change when somebody writes words of crisis, and keeps the words out of care state", () => {
    const { state, change } = answer(opened(), { words: "some days I want to die" });
    expect(find(state, "escalation")).toMatchObject({ tier: "RED", confirmed: false });
    expect(change?.outbox.some((entry) => entry.kind === "page")).toBe(true);
    expect(task(state, "inbound-reply")?.words).toContain("Read it");
    expect(change?.identityPuts).toHaveLength(1);
    expect(JSON.stringify([change?.puts, change?.audit, change?.outbox])).not.toContain(
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
    const saved = saveAnswer(state, ctx, {
      itemSk: checkInSk(2),
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
