import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode, ScoreEntry } from "../../../shared/care/episode/episode.ts";
import type { EpisodeItem, OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import { submitForm } from "../../../shared/questions/answer-form.ts";
import { saveAnswer } from "../../../shared/questions/answer-questions.ts";
import { answersOn, firstOpenQuestion, questionsOf } from "../../../shared/questions/question.ts";
import { recordAnswers } from "../../../shared/questions/record-answers.ts";
import { buildAnswers } from "../../builders/instruments.ts";
import { buildMessage } from "../../builders/message.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildState,
  putsOf,
  tuesdayMorning,
} from "../../builders/state.ts";

const formSk = "FORM#w3";

function buildForm(overrides: Partial<FormRequest> = {}): FormRequest {
  return {
    kind: "form",
    sk: formSk,
    version: 1,
    formId: "form-1",
    occasion: "w3",
    instruments: ["phq-9", "gad-7"],
    status: "asked",
    askedAt: tuesdayMorning,
    endsAt: "2027-01-18T05:00:00.000Z",
    answers: {},
    submissions: [],
    ...overrides,
  };
}

function withForm(
  form: FormRequest = buildForm(),
  episode: Partial<Episode> = {},
  more: readonly EpisodeItem[] = [],
): OpenState {
  return buildState(buildEpisode({ status: "active", ...episode }), [form, ...more]);
}

function save(state: OpenState, itemId: string, value: number, submissionKey = "one") {
  const saved = saveAnswer(state, buildContext(), {
    itemSk: formSk,
    id: itemId,
    value,
    submissionKey,
  });
  if (isRefusal(saved))
    return { refusal: saved, state, change: undefined, isSafetyPositive: false };
  const after = saved.change === undefined ? state : applyChange(state, saved.change);
  return { refusal: undefined, state: after, ...saved };
}

function escalations(state: OpenState) {
  return [...state.items.values()].filter((item) => item.kind === "escalation");
}

describe("an answer to a suicide item", () => {
  it.each([
    [1, "YELLOW", "2027-01-13T00:00:00.000Z"],
    [2, "ORANGE", "2027-01-12T20:00:00.000Z"],
    [3, "RED", "2027-01-12T17:00:00.000Z"],
  ])(
    "of %i raises %s in the change that saves it, and danger pages at once",
    (value, tier, contactDueAt) => {
      const { change, state, isSafetyPositive } = save(withForm(), "phq9-9", value);
      expect(isSafetyPositive).toBe(true);
      expect(escalations(state)).toMatchObject([{ tier, contactDueAt, status: "open" }]);
      expect(putsOf(change)[formSk]).toMatchObject({ answers: { "phq-9": { "phq9-9": value } } });
      // In staffed hours YELLOW is work in the queue.
      expect(change?.outbox.map((entry) => entry.kind).sort()).toEqual(
        tier === "YELLOW" ? ["start-driver"] : ["page", "start-driver"],
      );
    },
  );

  it("of nothing raises nothing", () => {
    const { state, isSafetyPositive } = save(withForm(), "phq9-9", 0);
    expect(isSafetyPositive).toBe(false);
    expect(escalations(state)).toEqual([]);
  });

  it("given twice raises one alert, and a higher one another", () => {
    const once = save(withForm(), "phq9-9", 1);
    const again = save(once.state, "phq9-9", 1, "two");
    expect(again.change).toBeUndefined();
    const higher = save(again.state, "phq9-9", 3, "three");
    expect(
      escalations(higher.state).map((alert) => alert.kind === "escalation" && alert.tier),
    ).toEqual(["YELLOW", "RED"]);
  });

  it("joins a clinician's assessment of the last 7 days unless it is higher", () => {
    const assessed = (at: string) => ({ lastClinicianAssessedItem9: { value: 2, at } });
    const recent = withForm(buildForm(), assessed("2027-01-06T16:00:00.000Z"));
    const joined = save(recent, "phq9-9", 2);
    expect(joined.isSafetyPositive).toBe(true);
    expect(escalations(joined.state)).toEqual([]);
    expect(escalations(save(recent, "phq9-9", 3).state)).toHaveLength(1);
    const old = withForm(buildForm(), assessed("2027-01-05T15:59:00.000Z"));
    expect(escalations(save(old, "phq9-9", 2).state)).toHaveLength(1);
  });
});

describe("a form", () => {
  it("refuses what was not asked, not offered, answered or over", () => {
    expect(save(withForm(), "weight", 1).refusal?.refused).toBe("invalid");
    expect(save(withForm(), "phq9-1", 4).refusal?.refused).toBe("invalid");
    expect(save(withForm(buildForm({ status: "answered" })), "phq9-1", 1).refusal?.refused).toBe(
      "already-decided",
    );
    expect(save(withForm(buildForm({ status: "ended" })), "phq9-1", 1).refusal?.refused).toBe(
      "not-now",
    );
    expect(
      save(withForm(buildForm({ endsAt: tuesdayMorning })), "phq9-1", 1).refusal?.refused,
    ).toBe("not-now");
    expect(save(buildState(), "phq9-1", 1).refusal?.refused).toBe("not-found");
  });

  it("shows the next open question, and knows whether it asks about safety", () => {
    const form = buildForm({ answers: { "phq-9": { "phq9-1": 0, "phq9-2": 1 } } });
    const questions = questionsOf(form, buildContext());
    expect(questions).toHaveLength(16);
    expect(firstOpenQuestion(questions, answersOn(form))).toBe(2);
    const hasSafetyItem = (instruments: readonly string[]) =>
      questionsOf(buildForm({ instruments }), buildContext()).some(({ isSafety }) => isSafety);
    expect(hasSafetyItem(["phq-9", "gad-7"])).toBe(true);
    expect(hasSafetyItem(["gad-2"])).toBe(false);
    expect(questionsOf(buildForm({ instruments: ["unknown"] }), buildContext())).toEqual([]);
  });

  it("that is sent gets a score per instrument, closes, and takes its reminders along", () => {
    const reminder = buildMessage({
      step: "measures",
      occurrence: "w3",
      linkId: "link-1",
    });
    const form = buildForm({
      answers: { "phq-9": buildAnswers("phq-9", 1), "gad-7": buildAnswers("gad-7", 2) },
    });
    const change = submitForm(withForm(form, {}, [reminder]), buildContext(), formSk);
    if (isRefusal(change)) throw new Error(change.sentence);
    expect(change.episode.scores).toMatchObject([
      { instrumentId: "phq-9", total: 8, band: "mild", positive: false, occasion: "w3" },
      { instrumentId: "gad-7", total: 14, band: "moderate", positive: true, occasion: "w3" },
    ]);
    expect(change.episode.facts.answeredInstruments).toEqual(["phq-9", "gad-7"]);
    const puts = putsOf(change);
    expect(puts[formSk]).toMatchObject({ status: "answered", answeredAt: tuesdayMorning });
    expect(puts[reminder.sk]).toMatchObject({ status: "CANCELLED", reason: "answered" });
  });

  it("with open questions is not sent", () => {
    const form = buildForm({ answers: { "phq-9": buildAnswers("phq-9", 1) } });
    const refused = submitForm(withForm(form), buildContext(), formSk);
    expect(isRefusal(refused) && refused.refused).toBe("not-now");
    const ended = submitForm(buildState(), buildContext(), formSk);
    expect(isRefusal(ended) && ended.refused).toBe("not-found");
  });
});

describe("answers that came with a referral", () => {
  const record = (
    answers: Readonly<Record<string, number>>,
    options: { instrumentId?: string; formSk?: string; state?: OpenState } = {},
  ) => {
    const draft = new Draft(options.state ?? buildState(), buildContext());
    const recorded = recordAnswers(draft, buildContext(), {
      instrumentId: options.instrumentId ?? "phq-9",
      answers,
      submissionKey: "referral-1",
      ...(options.formSk === undefined ? {} : { formSk: options.formSk }),
    });
    return { recorded, draft };
  };

  it("are scored, and a suicide answer among them pages", () => {
    const { recorded, draft } = record(buildAnswers("phq-9", 2, 1));
    expect(recorded).toEqual({ isSafetyPositive: true, isRepeat: false, total: 17 });
    expect(escalations(draft.state)).toHaveLength(1);
    expect(draft.episode.scores).toMatchObject([{ occasion: "intake", total: 17 }]);
  });

  it("come whole or not at all", () => {
    expect(record({ "phq9-1": 1 }).recorded).toMatchObject({
      refused: "invalid",
      sentence: "Answer every question, please.",
    });
  });

  it("are refused where they fit no question", () => {
    expect(record({ "phq9-1": 9 }).recorded).toMatchObject({ refused: "invalid" });
    expect(record({ weight: 1 }).recorded).toMatchObject({ refused: "invalid" });
    expect(record({}, { instrumentId: "audit" }).recorded).toMatchObject({ refused: "invalid" });
    expect(record({}, { formSk }).recorded).toMatchObject({ refused: "not-found" });
  });

  it("for a form count once, and not after it was answered", () => {
    const answers = buildAnswers("phq-9", 0);
    const repeat = withForm(buildForm({ submissions: ["referral-1"] }));
    expect(record(answers, { formSk, state: repeat }).recorded).toEqual({
      isSafetyPositive: false,
      isRepeat: true,
    });
    const answered = withForm(buildForm({ status: "answered" }));
    expect(record(answers, { formSk, state: answered }).recorded).toMatchObject({
      refused: "not-now",
    });
  });
});

describe("getting worse", () => {
  const score = (total: number, occasion: string): ScoreEntry => ({
    instrumentId: "phq-9",
    scoredAt: tuesdayMorning,
    total,
    band: "mild",
    positive: total >= 10,
    occasion,
  });

  /** What a clinician is asked when a PHQ-9 with this total follows those scores. */
  function review(value: number, scores: readonly ScoreEntry[], instrumentId = "phq-9") {
    const form = buildForm({
      instruments: [instrumentId],
      answers: { [instrumentId]: buildAnswers(instrumentId, value) },
    });
    const change = submitForm(withForm(form, { scores }), buildContext(), formSk);
    if (isRefusal(change)) throw new Error(change.sentence);
    const task = Object.values(putsOf(change)).find((item) => item.kind === "task");
    return task?.kind === "task" ? task : undefined;
  }

  it("by 6 points or more since the last PHQ-9 is reviewed by a clinician", () => {
    expect(review(1, [score(2, "intake")])).toMatchObject({
      words: "PHQ-9 rose by 6 to 8. Review the plan and the level of care.",
      assignedFunction: "clinician",
      dueAt: "2027-01-13T16:00:00.000Z",
    });
    expect(review(1, [score(3, "intake")])).toBeUndefined();
    expect(review(1, [])).toBeUndefined();
  });

  it("to 20 or more is reviewed whatever it was before", () => {
    expect(review(3, [score(22, "intake")])?.words).toContain("PHQ-9 is 24.");
    expect(review(3, [])?.words).toContain("PHQ-9 is 24. Review the plan");
  });

  it("for the second time proposes a step up, which a clinician decides", () => {
    expect(review(3, [score(21, "intake"), score(21, "w1")])).toMatchObject({
      proposal: "step-up",
    });
    expect(review(1, [score(0, "intake"), score(7, "w1"), score(2, "w2")])?.proposal).toBe(
      "step-up",
    );
    expect(review(1, [score(5, "intake"), score(2, "w1")])?.proposal).toBeUndefined();
  });

  it("is told by PHQ-9 alone", () => {
    expect(review(3, [], "gad-7")).toBeUndefined();
  });
});
