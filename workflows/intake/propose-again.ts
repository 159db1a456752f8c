import { openApproval } from "../../shared/care/approvals/open-approval.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import { withMissing } from "../../shared/care/pathway/admission-needs.ts";
import { admissionEvidence, isPriority } from "./assess.ts";
import { proposeAdmission } from "./suitability.ts";

/**
 * Weighs an admission that waits for its decision once more, with what staff have learned since: whoever has read it
 * before is told that it has changed. One that has been decided, or put on the waiting list, stays as it is.
 */
export function proposeAgain(draft: Draft, ctx: DecisionContext): void {
  const approval = openApproval(draft.state, "admission-approval");
  if (approval === undefined || approval.decision !== undefined) return;
  if (draft.episode.status !== "assessed") {
    draft.replace(approval, { evidence: withMissing(approval.evidence, draft.episode, ctx) });
    return;
  }
  const suitability = proposeAdmission(draft.episode, ctx);
  draft.replace(approval, {
    words: suitability.words.join(" "),
    proposal: suitability.proposal,
    ...(isPriority(draft.episode) ? { priority: "urgent" } : {}),
    evidence: withMissing(admissionEvidence(draft.episode, suitability.rules), draft.episode, ctx),
  });
}
