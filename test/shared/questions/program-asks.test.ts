import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { CheckInQuestion } from "../../../shared/care/program/program.ts";
import { checkInSk } from "../../../shared/messages/plan-check-in.ts";
import { saveAnswer, sendAnswers } from "../../../shared/questions/answer-questions.ts";
import { questionAfter, questionsOf } from "../../../shared/questions/question.ts";
import { find, opened, participant } from "../../builders/aftercare.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { buildProgram } from "../../builders/program.ts";
import { applyChange, buildContext } from "../../builders/state.ts";
import { itemsOf, openTaskOf } from "../../builders/steps.ts";

/** Questions that no code knows: a scale, days, yes or no, and the whole PHQ-9. */
const questions: readonly CheckInQuestion[] = [
  {
    id: "sleep-nights",
    text: { en: "On how many of the last 14 nights did you sleep badly?" },
    answer: { type: "days", maximum: 14 },
    actions: [
      {
        when: { atLeast: 10 },
        action: "call-within-48-hours",
        reason: "Slept badly on most nights.",
      },
    ],
  },
  {
    id: "pain",
    text: { en: "How strong was your pain?" },
    answer: { type: "scale", minimum: 0, maximum: 10 },
    actions: [],
  },
  {
    id: "ran-out-of-food",
    text: { en: "Did you run out of food?" },
    answer: { type: "yes-no" },
    actions: [{ when: { equals: true }, action: "same-day-call", reason: "Ran out of food." }],
  },
  {
    id: "mood",
    text: { en: "And your mood:" },
    answer: { type: "instrument", instrumentId: "phq-9" },
    actions: [],
  },
];
const program = buildProgram({ aftercare: { ...buildProgram().aftercare, questions } });
const ctx = buildContext({ now: "2027-01-19T16:00:00.000Z", actor: participant, program });

function answerAll(state: OpenState, answers: Readonly<Record<string, number | boolean>>) {
  let after = state;
  for (const [id, value] of Object.entries(answers)) {
    const saved = saveAnswer(after, ctx, { itemSk: checkInSk(2), id, value, submissionKey: id });
    if (isRefusal(saved)) throw new Error(`${id}: ${saved.sentence}`);
    if (saved.change !== undefined) after = applyChange(after, saved.change);
  }
  return after;
}

const well = {
  "sleep-nights": 1,
  pain: 0,
  "ran-out-of-food": false,
  ...buildAnswers("phq-9", 0),
};

describe("a check-in question that was added to a program", () => {
  it("is asked in its place, checked by its own answers, kept and acted on", () => {
    const state = opened();
    const asked = questionsOf(find(state, "check-in"), ctx);
    expect(asked.map(({ id }) => id).slice(0, 4)).toEqual([
      "sleep-nights",
      "pain",
      "ran-out-of-food",
      "phq9-1",
    ]);
    expect(questionAfter(asked, { "sleep-nights": 3 }, 1)).toBe(1);
    const wrong = { itemSk: checkInSk(2), submissionKey: "one" };
    for (const [id, value] of [
      ["sleep-nights", 15],
      ["sleep-nights", true],
      ["pain", 11],
      ["ran-out-of-food", 1],
      ["phq9-1", 4],
    ] as const) {
      const saved = saveAnswer(state, ctx, { ...wrong, id, value });
      expect(isRefusal(saved) && saved.refused, `${id} ${value}`).toBe("invalid");
    }
    const answered = answerAll(state, { ...well, "sleep-nights": 12 });
    const sent = sendAnswers(answered, ctx, { itemSk: checkInSk(2), submissionKey: "send" });
    if (isRefusal(sent) || sent.change === undefined) throw new Error("It is not sent");
    const after = applyChange(answered, sent.change);
    expect(openTaskOf(after, "check-in-call").words).toContain("Slept badly on most nights");
  });

  it("opens its call of the same day before all of it is sent", () => {
    const state = answerAll(opened(), { "ran-out-of-food": true });
    expect(openTaskOf(state, "check-in-call").words).toContain("Ran out of food");
  });
});

describe("an instrument that a program asks in a check-in", () => {
  it("raises its alert with the answer, and is scored and watched like one of a form", () => {
    const state = answerAll(opened(2), { ...well, ...buildAnswers("phq-9", 3, 3) });
    expect(itemsOf(state, "escalation")).toMatchObject([{ tier: "RED", status: "open" }]);
    const sent = sendAnswers(state, ctx, { itemSk: checkInSk(2), submissionKey: "send" });
    if (isRefusal(sent) || sent.change === undefined) throw new Error("It is not sent");
    expect(sent.isSafetyPositive).toBe(true);
    const after = applyChange(state, sent.change);
    expect(itemsOf(after, "escalation")).toHaveLength(1);
    expect(after.episode.scores).toMatchObject([
      { instrumentId: "phq-9", total: 27, occasion: "check-in-2", positive: true },
    ]);
    expect(openTaskOf(after, "clinician-review").words).toContain("PHQ-9 is 27.");
  });
});
