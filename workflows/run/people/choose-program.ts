import { openApproval } from "../../../shared/care/approvals/open-approval.ts";
import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { isBeforeAdmission } from "../../../shared/care/episode/status.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import { actingStaff, refuseEnded } from "../../../shared/care/tasks/refuse.ts";
import { proposeAgain } from "../../intake/propose-again.ts";
import { planAnew, refuseHalfWay, type VersionContent } from "./move-version.ts";

/**
 * Puts right which program somebody is to come to: the start page, or whoever referred, chose the wrong one. What was
 * answered stays, what was planned is planned by the other program, and an admission that waits for its decision is
 * weighed by that program's rules, with what it wants to be there.
 *
 * @param state - with all messages of the episode among its items
 * @param to - the version that newcomers of that program are taken into
 */
export function chooseProgram(
  state: OpenState,
  body: { readonly reason: string },
  to: VersionContent,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const refusal =
    refuseEnded(state.episode) ?? refuseChoice(state, to) ?? refuseHalfWay(state, to, ctx);
  if (refusal !== undefined) return refusal;
  const draft = new Draft(state, ctx);
  const from = draft.episode.programId;
  const next = planAnew(draft, to, ctx);
  draft.clear("versionMove");
  proposeAgain(draft, next);
  return finishWithReason(
    draft,
    ctx,
    "program-chosen",
    { from, to: to.program.programId, name: to.program.name },
    body.reason,
  );
}

function refuseChoice(state: OpenState, { program }: VersionContent): Refusal | undefined {
  const { episode } = state;
  if (program.programId === episode.programId)
    return { refused: "already-decided", sentence: "This person is to come to that one already." };
  if (!isBeforeAdmission(episode.status))
    return {
      refused: "not-now",
      sentence:
        "Whoever is admitted goes on in the program that took them. Discharge them to the other one, and refer them there.",
    };
  if (openApproval(state, "admission-approval")?.decision !== undefined)
    return {
      refused: "not-now",
      sentence: "The admission has just been decided. Take that back first.",
    };
  return undefined;
}
