import type { Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { Episode } from "../care/episode/episode.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import type { Instrument } from "../care/program/instrument.ts";
import { ownValue } from "../care/text/own-value.ts";
import { instantAt } from "../care/time/zoned-time.ts";
import { raiseForDeterioration, raiseForReliableWorsening } from "./deterioration.ts";
import { endMeasureDue } from "./measure-due.ts";
import { raiseForAnswers, reachedRules } from "./raise-for-answers.ts";
import { scoreInstrument } from "./score-instrument.ts";

export type AnswersToRecord = {
  /** The request they answer; none for answers that came with a referral. */
  readonly formSk?: string;
  readonly instrumentId: string;
  /** By item. Answers to a request may come one page at a time; those with a referral come whole. */
  readonly answers: Readonly<Record<string, number>>;
  /** The day on which they were given, `YYYY-MM-DD`, where that is not now. */
  readonly answeredOn?: string;
  /** One submission counts once. */
  readonly submissionKey: string;
  /** What the score is filed under where no request is answered; `intake` where nothing is said. */
  readonly occasion?: string;
};

export type RecordedAnswers = {
  /** Present once every required item has an answer. */
  readonly total?: number;
  /** True when an answer of this submission asks for the crisis page now, whether or not anybody is paged. */
  readonly isSafetyPositive: boolean;
  readonly isRepeat: boolean;
};

/** Submissions of one form that are remembered: more than it has pages. */
const rememberedSubmissions = 60;

/**
 * Records answers to an instrument, whole or a page at a time: the safety rules are applied to what this
 * very submission says, in the change at hand; the score follows when the instrument is complete. A
 * repeated submission changes nothing.
 */
export function recordAnswers(
  draft: Draft,
  ctx: DecisionContext,
  input: AnswersToRecord,
): RecordedAnswers | Refusal {
  const instrument = ownValue(ctx.instruments, input.instrumentId);
  if (instrument === undefined)
    return { refused: "invalid", sentence: "These questions are not part of the program." };
  const problem = problemWith(instrument, input.answers);
  if (problem !== undefined) return { refused: "invalid", sentence: problem };
  const isSafetyPositive = reachedRules(ctx, input.instrumentId, input.answers).length > 0;
  const form = input.formSk === undefined ? undefined : draft.item(input.formSk);
  if (input.formSk !== undefined && form?.kind !== "form") {
    return { refused: "not-found", sentence: "These questions are not asked any more." };
  }
  if (form?.kind === "form" && form.submissions.includes(input.submissionKey)) {
    return { isSafetyPositive, isRepeat: true };
  }
  if (form?.kind === "form" && form.status !== "asked") {
    return {
      refused: "not-now",
      sentence: "These questions have been answered already. Nothing else to do.",
    };
  }
  const occasion = form?.kind === "form" ? form.occasion : (input.occasion ?? "intake");
  const earlier = form?.kind === "form" ? (ownValue(form.answers, input.instrumentId) ?? {}) : {};
  const answers = { ...earlier, ...input.answers };
  const score = scoreInstrument(instrument, answers);
  if (!score.complete && form?.kind !== "form") {
    return { refused: "invalid", sentence: "Answer every question, please." };
  }
  raiseForAnswers(draft, ctx, { ...input, occasion });
  if (score.complete) {
    addScore(
      draft,
      ctx,
      input.instrumentId,
      {
        total: score.total,
        band: score.band,
        positive: score.positive,
        ...(input.answeredOn === undefined ? {} : { scoredAt: scoredAt(ctx, input.answeredOn) }),
      },
      occasion,
    );
  }
  if (form?.kind === "form") saveOnForm(draft, ctx, form, { ...input, answers });
  return { isSafetyPositive, isRepeat: false, ...(score.complete ? { total: score.total } : {}) };
}

function problemWith(
  instrument: Instrument,
  answers: Readonly<Record<string, number>>,
): string | undefined {
  for (const [itemId, value] of Object.entries(answers)) {
    const item = instrument.items.find((one) => one.itemId === itemId);
    if (item === undefined) return "An answer belongs to a question that was not asked.";
    const options = item.options ?? instrument.options;
    if (!options.some((option) => option.value === value))
      return "An answer is none of those offered.";
  }
  return undefined;
}

/** The middle of that day at the site, and never later than now. */
function scoredAt(ctx: DecisionContext, answeredOn: string): string {
  const noon = instantAt(answeredOn, "12:00", ctx.site.timeZone);
  return noon < ctx.now ? noon : ctx.now;
}

/** Puts a score on file: once for each instrument and occasion; one that got worse a clinician looks at. */
export function addScore(
  draft: Draft,
  ctx: DecisionContext,
  instrumentId: string,
  score: {
    readonly total: number;
    readonly band: string;
    readonly positive: boolean;
    /** Now, where nothing is said. */
    readonly scoredAt?: string;
  },
  occasion: string,
): void {
  const { facts, scores }: Pick<Episode, "facts" | "scores"> = draft.episode;
  const others = scores.filter(
    (one) => one.instrumentId !== instrumentId || one.occasion !== occasion,
  );
  raiseForDeterioration(draft, ctx, instrumentId, score.total, occasion);
  draft.set({
    scores: [...others, { instrumentId, scoredAt: ctx.now, ...score, occasion }],
    facts: {
      ...facts,
      answeredInstruments: [...new Set([...facts.answeredInstruments, instrumentId])],
    },
  });
  raiseForReliableWorsening(draft, ctx, instrumentId, occasion);
  endMeasureDue(draft);
}

function saveOnForm(
  draft: Draft,
  ctx: DecisionContext,
  form: FormRequest,
  input: AnswersToRecord,
): void {
  const answers = { ...form.answers, [input.instrumentId]: input.answers };
  // Answers may be on file before they are sent: an instrument counts once it has its score.
  const isComplete = form.instruments.every((instrumentId) =>
    draft.episode.scores.some(
      (score) => score.instrumentId === instrumentId && score.occasion === form.occasion,
    ),
  );
  draft.replace(form, {
    answers,
    submissions: [...form.submissions, input.submissionKey].slice(-rememberedSubmissions),
    ...(isComplete ? { status: "answered", answeredAt: ctx.now } : {}),
  });
  if (isComplete) {
    draft.cancelMessages(
      (message) => message.linkId !== undefined && isAbout(message.occurrence, form.occasion),
      "answered",
    );
  }
}

/** Messages that ask for a form carry its occasion in their key. */
function isAbout(occurrence: string, occasion: string): boolean {
  return occurrence === occasion || occurrence.startsWith(`${occasion}-`);
}
