import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { actingStaff, findTaskBySk, refuseEnded } from "../tasks/refuse.ts";
import { staffMark } from "../text/staff-mark.ts";
import { restSeconds } from "./decide-approval.ts";

/** Takes a decision back while it rests: nothing has followed from it and nothing was sent. */
export function retractDecision(
  state: OpenState,
  command: { readonly taskSk: string },
  ctx: DecisionContext,
): Change | Refusal {
  const found = findTaskBySk(state, command.taskSk);
  if (isRefusal(found)) return found;
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const ended = refuseEnded(state.episode);
  if (ended !== undefined) return ended;
  const { decision, ...undecided } = found;
  if (decision === undefined) {
    return { refused: "not-now", sentence: "There is no decision to take back." };
  }
  if (decision.decidedBy !== staff.staffId) {
    return {
      refused: "not-now",
      sentence: `Only ${staffMark(decision.decidedBy)} can take this decision back.`,
      details: { decidedBy: decision.decidedBy },
    };
  }
  if (found.status !== "open" || ctx.now >= decision.effectiveAt) {
    return {
      refused: "not-now",
      sentence: `A decision can be taken back for ${restSeconds} seconds. This one has taken effect.`,
      details: { effectiveAt: decision.effectiveAt },
    };
  }
  const draft = new Draft(state, ctx);
  draft.replace(undecided, {});
  return draft.finish("decision-retracted", { taskId: found.taskId, was: decision.decision });
}
