import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import { beforeFirstGroup } from "../../shared/care/pathway/before-first-group.ts";
import type { Correction, Fact } from "../../shared/care/people/correction.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { findTask, openTask } from "../../shared/care/tasks/open-task.ts";
import { openWithdrawalReview } from "./assess.ts";
import { proposeAgain } from "./propose-again.ts";

const beforeTheProgram = ["assessed", "waiting"];
const inTheProgram = ["active", "onhold", "discharge-planning"];

const referralFacts = ["pregnant", "injects", "recentHigherCareOn"] as const;

/**
 * Puts right what a referral said beside who somebody is: admission and priority go by it.
 *
 * @param facts - those of the correction that differ from what is on record
 */
export function setReferralFacts(
  draft: Draft,
  ctx: DecisionContext,
  correction: Correction,
  facts: readonly Fact[],
): void {
  const put = referralFacts.filter((fact) => facts.includes(fact));
  for (const fact of put) {
    const { [fact]: _was, ...others } = draft.episode.facts;
    const is = correction[fact];
    draft.set({ facts: { ...others, ...(is == null ? {} : { [fact]: is }) } });
  }
  if (put.length > 0 && !isTerminal(draft.episode.status)) followReferralFacts(draft, ctx);
}

/**
 * What follows where pregnancy, injecting or recent higher care were put right: an admission that waits for its decision
 * is weighed anew, and a nurse's review is asked for, or not any more.
 */
function followReferralFacts(draft: Draft, ctx: DecisionContext): void {
  const { status, facts } = draft.episode;
  proposeAgain(draft, ctx);
  const isForNurse = facts.pregnant === true || facts.injects === true;
  const review = findTask(draft, "clinician-review", beforeFirstGroup);
  if (!isForNurse && review !== undefined) endTask(draft, review, "superseded");
  if (!isForNurse) return;
  if (beforeTheProgram.includes(status)) openWithdrawalReview(draft, ctx);
  if (inTheProgram.includes(status) && review?.status !== "open")
    openTask(draft, ctx, {
      taskKind: "clinician-review",
      occurrence: `referral-facts-v${draft.episode.version}`,
      words:
        "Put right since the admission: pregnant, or injects. A nurse or prescriber reviews withdrawal and medication.",
      assignedFunction: "nurse",
      priority: "urgent",
      evidence: { pregnant: facts.pregnant === true, injects: facts.injects === true },
    });
}
