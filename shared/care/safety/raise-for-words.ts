import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { isStaffed } from "../program/staffed-time.ts";
import { findTask, openTask } from "../tasks/open-task.ts";
import { addMinutes } from "../time/instants.ts";
import { tierOfWords } from "./find-crisis-phrase.ts";
import { raiseEscalation, type SafetyConcern } from "./raise-escalation.ts";

/** Minutes within which a clinician reads words that may mean danger (a default that a clinician signs off). */
const readWithinMinutes = 60;

export type WordsOfConcern = Pick<SafetyConcern, "source" | "rule" | "about" | "occasion"> & {
  /** Where the words are, as a sentence begins: "Words in a text". */
  readonly where: string;
};

/**
 * What follows when the crisis screen found something. Words that speak of danger page at once, and lock
 * nothing until a clinician confirms them. Words that only may mean danger ring nobody while the site is
 * staffed: a clinician has them at the head of the list and reads them within the hour, and the on-call is
 * paged where nobody did. Outside those hours the on-call reads them.
 * @returns false where the same words were taken before
 */
export function raiseForWords(draft: Draft, ctx: DecisionContext, words: WordsOfConcern): boolean {
  const { rule, occasion, source, about, where } = words;
  const tier = tierOfWords(ctx.policy, rule);
  const isRead = tier === "YELLOW";
  if (isRead && isStaffed(ctx.site, ctx.now)) return openReading(draft, ctx, words);
  const raised = raiseEscalation(draft, ctx, {
    occasion,
    rule,
    tier,
    source,
    reason: `${where} may speak of danger. Read ${isRead ? "them, then say whether to call now or in the morning" : "them and speak with the person"}.`,
    confirmed: false,
    ...(about === undefined ? {} : { about }),
  });
  return raised.outcome === "raised";
}

function openReading(
  draft: Draft,
  ctx: DecisionContext,
  { rule, occasion, about, where }: WordsOfConcern,
): boolean {
  const occurrence = `words-${occasion}`;
  if (findTask(draft, "clinician-review", occurrence) !== undefined) return false;
  const dueAt = addMinutes(ctx.now, readWithinMinutes);
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence,
    words: `${where} may speak of danger. Read them now, and say with the outcome if you are worried.`,
    assignedFunction: "clinician",
    dueAt,
    priority: "safety",
    evidence: { rule },
    ...(about === undefined ? {} : { about: { type: "note", id: about } }),
    // The next to hear of it is the on-call.
    owed: { tier: "YELLOW", occurrence, steps: [{ to: "clinical-lead", at: dueAt }] },
  });
  return true;
}
