import type { ReviewStep } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { addHours, earliest } from "../../shared/care/time/instants.ts";

/** Hours in which a discharge can be reversed; aftercare begins when they are over. */
export const reversalHours = 24;

/** Sends the farewell, and leaves the discharge open for as long as it can be reversed. */
export const reviewFarewell: ReviewStep = (state, run, ctx) => {
  const { dischargedAt, status } = state.episode;
  if (status !== "discharged" || dischargedAt === undefined) return { outcome: "finished" };
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const final = addHours(dischargedAt, reversalHours);
  if (final <= ctx.now && nextSendAt(state, run) === undefined) return { outcome: "finished" };
  const wakes = [final > ctx.now ? final : undefined, nextSendAt(state, run)];
  return { outcome: "wait", holdUntil: earliest(wakes) ?? final };
};
