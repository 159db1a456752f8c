import { type Change, isRefusal, type Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { FormRequest } from "../care/episode/form-request.ts";
import { isTerminal } from "../care/episode/status.ts";
import { lookAtAdmissionAgain } from "../care/pathway/admission-needs.ts";
import { screenThatAsks } from "../care/program/staff-screen.ts";
import { actingStaff } from "../care/tasks/refuse.ts";
import { ownValue } from "../care/text/own-value.ts";
import { recordAnswers } from "./record-answers.ts";
import { scoreInstrument } from "./score-instrument.ts";

export const measureModes = ["in-person", "phone", "interpreter", "paper"] as const;

export type StaffAnswers = {
  readonly instrumentId: string;
  /** By item. Everything that must be answered is there. */
  readonly answers: Readonly<Record<string, number>>;
  /** How it was asked. */
  readonly mode: (typeof measureModes)[number];
};

/**
 * Records the answers to an instrument that a member of staff asked, in whatever language. They answer the request
 * that is open for it, where there is one, and raise whatever the same answers by link would raise.
 *
 * @param submissionKey - of the staff's call: the same call twice counts once
 */
export function recordMeasure(
  state: OpenState,
  { instrumentId, answers, mode }: StaffAnswers,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  if (isTerminal(state.episode.status))
    return { refused: "not-now", sentence: "This episode has ended: nothing is measured in it." };
  const instrument = ownValue(ctx.instruments, instrumentId);
  if (instrument === undefined)
    return { refused: "invalid", sentence: "These questions are not part of the program." };
  const screen = screenThatAsks(ctx.program, instrumentId);
  if (screen !== undefined)
    return {
      refused: "invalid",
      sentence: `These questions are asked under "${screen.title}". Enter the answers there.`,
      details: { screenId: screen.screenId },
    };
  const score = scoreInstrument(instrument, answers);
  if (!score.complete)
    return {
      refused: "invalid",
      sentence: "Enter an answer to every question that must be answered.",
      details: { missing: score.missing.join(" ") },
    };
  const form = openRequest(state, ctx, instrumentId);
  const draft = new Draft(state, ctx);
  const measureId = ctx.newId();
  const recorded = recordAnswers(draft, ctx, {
    ...(form === undefined ? {} : { formSk: form.sk }),
    instrumentId,
    answers,
    submissionKey: `staff-${measureId}`,
    occasion: `staff-${measureId}`,
  });
  if (isRefusal(recorded)) return recorded;
  lookAtAdmissionAgain(draft, ctx);
  return draft.finish("measure-recorded", {
    instrumentId,
    mode,
    total: score.total,
    ...(form === undefined ? {} : { occasion: form.occasion }),
  });
}

/** The request that these answers answer. */
function openRequest(
  state: OpenState,
  { now }: DecisionContext,
  instrumentId: string,
): FormRequest | undefined {
  for (const item of state.items.values()) {
    if (item.kind !== "form" || item.status !== "asked" || item.endsAt <= now) continue;
    if (item.instruments.includes(instrumentId)) return item;
  }
  return undefined;
}
