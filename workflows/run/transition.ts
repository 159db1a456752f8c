import { admitWithout, offeredWays } from "../../shared/care/approvals/approval-kinds.ts";
import { decideApproval } from "../../shared/care/approvals/decide-approval.ts";
import { openApproval } from "../../shared/care/approvals/open-approval.ts";
import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import type { Disposition } from "../../shared/care/program/program.ts";
import { actingStaff, refuseEnded } from "../../shared/care/tasks/refuse.ts";
import { discharge } from "../discharge/discharge.ts";
import { reverseDischarge } from "../discharge/reverse-discharge.ts";

export type TransitionRequest = {
  readonly to: "discharge" | "admit" | "reverse-discharge";
  readonly disposition?: Disposition | undefined;
  readonly reason: string;
};

/** Moves somebody along the pathway because a person says so, with a reason. */
export function transition(
  state: OpenState,
  body: TransitionRequest,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const ended = refuseEnded(state.episode);
  if (ended !== undefined) return ended;
  switch (body.to) {
    case "discharge":
      return discharge(state, body, ctx, staff.staffId);
    case "admit":
      return admit(state, body, ctx);
    case "reverse-discharge":
      return reverseDischarge(state, body, ctx);
  }
}

/** Decides the admission that is on the table, under the rules of that approval. */
function admit(state: OpenState, body: TransitionRequest, ctx: DecisionContext): Change | Refusal {
  const { status } = state.episode;
  const approval = openApproval(state, "admission-approval");
  if (status !== "waiting" && status !== "assessed") {
    return {
      refused: "not-now",
      sentence: `Admission follows the assessment; this person is: ${statusLabels[status].toLowerCase()}.`,
      details: { status },
    };
  }
  if (approval === undefined) {
    return {
      refused: "not-now",
      sentence: "The admission is not on the table yet. Try again in a moment.",
    };
  }
  return decideApproval(
    state,
    {
      taskSk: approval.sk,
      decision: "approved",
      reason: body.reason,
      version: approval.version,
      choice: offeredWays(approval).some(({ choice }) => choice === admitWithout)
        ? admitWithout
        : "admit",
    },
    ctx,
  );
}
