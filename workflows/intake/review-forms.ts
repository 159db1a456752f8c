import type { FormRequest } from "../../shared/care/episode/form-request.ts";
import type { ReviewStep } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { addHours, earliest } from "../../shared/care/time/instants.ts";
import { openIntakeForm } from "../../shared/questions/forms-request.ts";

const weekHours = 7 * 24;

/**
 * What the forms need now. Complete means that nothing is asked any more: everything is answered, or a
 * person decided to go on without.
 */
export const reviewForms: ReviewStep = (state, run, ctx) => {
  const { status } = state.episode;
  if (status !== "referred" && status !== "screening") return { outcome: "stop" };
  const form = openIntakeForm(state);
  if (form === undefined || isAnswered(form, state.episode.facts.answeredInstruments)) {
    return { outcome: "complete" };
  }
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const outreachAt = nextOutreachAt(form, ctx.program.intake.outreachAfterHours);
  if (outreachAt <= ctx.now) return { outcome: "unreached" };
  return {
    outcome: "wait",
    holdUntil: earliest([nextSendAt(state, run), outreachAt]) ?? outreachAt,
  };
};

function isAnswered(form: FormRequest, answered: readonly string[]): boolean {
  return form.instruments.every((instrumentId) => answered.includes(instrumentId));
}

/** First after the program's hours, then when the form's time is over, then every week until it is settled. */
export function nextOutreachAt(form: FormRequest, outreachAfterHours: number): string {
  const rounds = form.outreachRounds ?? 0;
  if (rounds === 0) return addHours(form.askedAt, outreachAfterHours);
  return addHours(form.endsAt, (rounds - 1) * weekHours);
}
