import type { AuditFact, Change } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { screenWords } from "./find-crisis-phrase.ts";
import { recordNote } from "./record-note.ts";

/**
 * Closes a decision that a member of staff gave a reason for, after the crisis screen has read the reason:
 * it reads every text (a default that a clinician signs off). Words of crisis in a reason come from somebody who knows
 * the person and decides about them at this moment, so that a clinician reads them on the next staffed day
 * and nobody is rung; whoever is worried says so where that is asked.
 * @param action - past tense, as in the audit trail
 */
export function finishWithReason(
  draft: Draft,
  ctx: DecisionContext,
  action: string,
  facts: Readonly<Record<string, AuditFact>>,
  reason: string | undefined,
): Change {
  screenReason(draft, ctx, action, reason);
  return draft.finish(action, facts, reason);
}

/** Has the crisis screen read a reason that is kept elsewhere than beside the decision. */
export function screenReason(
  draft: Draft,
  ctx: DecisionContext,
  action: string,
  reason: string | undefined,
): void {
  const screened = reason === undefined ? undefined : screenWords(ctx.policy, reason);
  if (screened?.rule !== undefined || screened?.isDenied === true)
    recordNote(draft, ctx, { note: reason, safetyConcern: false }, action);
}
