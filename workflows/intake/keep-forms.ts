import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { InstrumentAnswers } from "../../shared/care/people/intake-request.ts";
import { endOfNextStaffedDay } from "../../shared/care/program/staffed-time.ts";
import { findWorstPhrase } from "../../shared/care/safety/find-crisis-phrase.ts";
import { raiseForWords } from "../../shared/care/safety/raise-for-words.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { keys } from "../../shared/keys/keys.ts";
import { raiseForAnswers, reachedRules } from "../../shared/questions/raise-for-answers.ts";
import type { ReadResponses } from "../../shared/questions/read-responses.ts";

export type KeptForms = Pick<ReadResponses, "unscored" | "problems" | "kept" | "words">;

const longestWords = 400;

/**
 * Keeps the forms of a referral that could not be taken as they are: their answers in words, and a task for a
 * clinician that says what does not fit. The highest answer to a safety question raises its alert, and words
 * of crisis anywhere in a form raise theirs, in this very change.
 * @param scored - sets that have raised their own alerts; the same alert is not raised twice
 * @returns whether what came asks for the crisis page
 */
export function keepForms(
  draft: Draft,
  ctx: DecisionContext,
  forms: KeptForms,
  scored: readonly InstrumentAnswers[],
): boolean {
  const found = findWorstPhrase(ctx.policy, forms.words);
  const isKept = forms.problems.length > 0 || found !== undefined;
  const noteId = isKept ? ctx.newId() : undefined;
  if (noteId !== undefined) {
    draft.identity({
      ...keys.note(draft.episode.episodeId, noteId),
      attributes: {
        kind: "note",
        source: "form",
        text: [forms.kept, ...(found === undefined ? [] : unseen(forms))].join("\n").trim(),
        at: ctx.now,
      },
    });
  }
  if (noteId !== undefined && forms.problems.length > 0) openReview(draft, ctx, forms, noteId);
  let isSafetyPositive = false;
  for (const { instrumentId, answers } of highest(forms.unscored)) {
    const [reached] = reachedRules(ctx, instrumentId, answers);
    if (reached === undefined) continue;
    isSafetyPositive = true;
    const isRaised = scored.some(
      (set) =>
        set.instrumentId === instrumentId &&
        reachedRules(ctx, instrumentId, set.answers)[0]?.tier === reached.tier,
    );
    if (isRaised) continue;
    raiseForAnswers(draft, ctx, {
      instrumentId,
      answers,
      occasion: "intake",
      submissionKey: "referral-unscored",
    });
  }
  if (found === undefined || noteId === undefined) return isSafetyPositive;
  raiseForWords(draft, ctx, {
    occasion: "referral-forms",
    ...found,
    source: "text",
    about: noteId,
    where: "Words in a form that came with the referral",
  });
  return true;
}

function openReview(draft: Draft, ctx: DecisionContext, forms: KeptForms, noteId: string): void {
  const said = forms.problems.map(({ path, problem }) => {
    const form = Number(path.split(".")[1]) + 1;
    return `Form ${form} ${problem}.`;
  });
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: "referral-forms",
    words: `Read the forms that came with the referral. ${said.join(" ")}`.slice(0, longestWords),
    assignedFunction: "clinician",
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    about: { type: "note", id: noteId },
  });
}

/** Words of forms that are not kept whole. */
function unseen({ kept, words }: KeptForms): readonly string[] {
  return words.filter((text) => !kept.includes(text));
}

/** One set for each instrument: of several answers to a question the highest. */
function highest(sets: readonly InstrumentAnswers[]): readonly InstrumentAnswers[] {
  const byInstrument = new Map<string, Map<string, number>>();
  for (const { instrumentId, answers } of sets) {
    const known = byInstrument.get(instrumentId) ?? new Map<string, number>();
    for (const [itemId, value] of Object.entries(answers))
      known.set(itemId, Math.max(known.get(itemId) ?? value, value));
    byInstrument.set(instrumentId, known);
  }
  return [...byInstrument].map(([instrumentId, answers]) => ({
    instrumentId,
    answers: Object.fromEntries(answers),
  }));
}
