import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import type { ReviewResult, Reviews } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { addMinutes, earliest } from "../../shared/care/time/instants.ts";
import { outreachOf } from "./outreach-of.ts";

/** The next rung when its staffed minutes have passed; a ladder that ran out waits for a person's decision. */
function reviewLadder(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ReviewResult {
  const outreach = outreachOf(state, run);
  if (outreach === undefined || outreach.status === "reached" || outreach.status === "withdrawn")
    return { outcome: "reached" };
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const sendAt = nextSendAt(state, run);
  if (outreach.status === "decision-needed") {
    return {
      outcome: "wait",
      holdUntil: earliest([sendAt, addMinutes(ctx.now, 7 * 24 * 60)]) ?? ctx.now,
    };
  }
  if (outreach.nextRungAt > ctx.now) {
    return {
      outcome: "wait",
      holdUntil: earliest([sendAt, outreach.nextRungAt]) ?? outreach.nextRungAt,
    };
  }
  const rungs = ctx.program.outreach[outreach.ladder];
  return { outcome: outreach.nextRung < rungs.length ? "climb" : "ran-out" };
}

export const outreachReviews: Reviews = { "review-ladder": reviewLadder };
