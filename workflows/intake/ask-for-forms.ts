import { Draft } from "../../shared/care/change/draft.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { contactOrCall } from "../../shared/messages/contact-or-call.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { intakeFormSk, intakeFormsToAsk } from "../../shared/questions/forms-request.ts";

/**
 * Asks for the intake's instruments that have no answers yet, with the reminders that follow. What came
 * with the referral is not asked again; under 18 staff ask everything.
 */
export const askForForms: ActStep = (state, run, ctx) => {
  const { episode } = state;
  // The review that follows sees the end and stops.
  if (isTerminal(episode.status)) return { outcome: "asked" };
  const draft = new Draft(state, ctx);
  if (episode.status === "referred") draft.set({ status: "screening" });
  const instruments = intakeFormsToAsk(episode, ctx);
  if (episode.facts.under18 || instruments.length === 0) {
    return {
      outcome: "nothing-to-ask",
      change: draft.finish("forms-not-asked", { under18: episode.facts.under18 }),
    };
  }
  const endsAt = addHours(ctx.now, ctx.program.intake.formsWindowDays * 24);
  draft.add({
    kind: "form",
    sk: intakeFormSk,
    version: 1,
    formId: ctx.newId(),
    occasion: "intake",
    instruments,
    status: "asked",
    askedAt: ctx.now,
    endsAt,
    answers: {},
    submissions: [],
  });
  const request = {
    anchor: "forms-asked",
    anchorAt: ctx.now,
    driverId: run.driverId,
    occurrence: "intake",
    circumstances: ["reminder"],
    link: { itemSk: intakeFormSk, opensAt: ctx.now, endsAt },
  } as const;
  // A referral by others already has its first call, on which forms can be done.
  if (episode.source === "self") contactOrCall(draft, ctx, request, "Do the forms on this call.");
  else planMessages(draft, ctx, request);
  return {
    outcome: "asked",
    change: draft.finish("forms-asked", { instruments: instruments.join(" ") }),
  };
};
