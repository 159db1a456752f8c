import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { isStaffed } from "../program/staffed-time.ts";
import { findTask, openTask } from "../tasks/open-task.ts";
import { addMinutes } from "../time/instants.ts";
import { overheardCode, tierOfWords } from "./find-crisis-phrase.ts";
import { raiseEscalation, type SafetyConcern } from "./raise-escalation.ts";

/** Minutes within which a clinician reads words that may mean danger (a default that a clinician signs off). */
const readWithinMinutes = 60;

export type WordsOfConcern = Pick<SafetyConcern, "source" | "rule" | "about" | "occasion"> & {
  /** Where the words are, as a sentence begins: "Words in a text". */
  readonly where: string;
  /** True where the writer says beside danger that another listens or reads along. */
  readonly isOverheard?: boolean;
};

/** What whoever reads the words of somebody who is not alone is told. */
export const notAloneWords =
  "Somebody may be listening or reading along: texts and emails are held until this is done. Reach them only in a way that is safe, say nothing of care before they are alone, leave no voicemail, and note safe times and whose phone it is on their page.";

/**
 * What follows when the crisis screen found something. Words that speak of danger page at once, and lock
 * nothing until a clinician confirms them. Words that only may mean danger ring nobody while the site is
 * staffed: a clinician has them at the head of the list and reads them within the hour, and the on-call is
 * paged where nobody did. Outside those hours the on-call reads them.
 * Where another listens or reads along, nothing is sent to the person by itself until a clinician is done with the words.
 * @returns false where the same words were taken before
 */
export function raiseForWords(draft: Draft, ctx: DecisionContext, words: WordsOfConcern): boolean {
  const { rule, occasion, source, about, where } = words;
  const isAlone = rule !== overheardCode && words.isOverheard !== true;
  if (!isAlone) holdForCompany(draft, occasion);
  const tier = tierOfWords(ctx.policy, rule);
  const isRead = tier === "YELLOW";
  if (isRead && isStaffed(ctx.site, ctx.now)) return openReading(draft, ctx, words);
  const raised = raiseEscalation(draft, ctx, {
    occasion,
    rule,
    tier,
    source,
    reason: `${where} may speak of danger. Read ${isRead ? "them, then say whether to call now or in the morning" : "them and speak with the person"}.${isAlone ? "" : ` ${notAloneWords}`}`,
    confirmed: false,
    ...(about === undefined ? {} : { about }),
  });
  return raised.outcome === "raised";
}

/**
 * Holds what would be sent to the person by itself, since another may listen or read along.
 * @param occasion - of the alert or the reading that ends it when a clinician is done with it
 */
export function holdForCompany(draft: Draft, occasion: string): void {
  draft.set({ notAlone: { occasion, since: draft.now } });
}

function openReading(
  draft: Draft,
  ctx: DecisionContext,
  { rule, occasion, about, where, isOverheard }: WordsOfConcern,
): boolean {
  const occurrence = `words-${occasion}`;
  if (findTask(draft, "clinician-review", occurrence) !== undefined) return false;
  const dueAt = addMinutes(ctx.now, readWithinMinutes);
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence,
    words:
      rule === overheardCode || isOverheard === true
        ? `${where} say that the person is not alone. Read them now, and say with the outcome if you are worried. ${notAloneWords}`
        : `${where} may speak of danger. Read them now, and say with the outcome if you are worried.`,
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
