import type { Change, Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode.ts";
import type { StaffFunction } from "../program/program.ts";
import { findEscalation } from "./find-escalation.ts";

const clinicianFunctions: readonly StaffFunction[] = ["clinician", "clinical-lead", "prescriber"];

/**
 * Closes an alert. Needs contact with the participant first, and a clinician. An
 * assessed suicide item is remembered, so that the same answer does not page again within a week.
 */
export function closeEscalation(
  state: OpenState,
  input: {
    readonly escalationSk: string;
    readonly outcome: string;
    readonly reason: string;
    readonly assessedItemValue?: number;
  },
  ctx: DecisionContext,
): Change | Refusal {
  const { actor } = ctx;
  const alert = findEscalation(state, input.escalationSk);
  if (alert === undefined || actor.kind !== "staff")
    return { refused: "not-found", sentence: "There is no such alert here." };
  if (alert.status === "closed") return { refused: "not-now", sentence: "This alert is closed." };
  const isClinician = actor.functions.some((one) => clinicianFunctions.includes(one));
  if (!isClinician) {
    return {
      refused: "not-now",
      sentence: "An alert is closed by a clinician. Ask one to read it and close it.",
    };
  }
  // Nobody can be spoken with any more: the clinician closes it with the outcome, and the paging ends.
  const isContactPossible = state.episode.disposition !== "deceased";
  if (alert.status !== "contacted" && isContactPossible) {
    return {
      refused: "not-now",
      sentence: "Record contact with the participant first; an alert does not close without it.",
    };
  }
  const draft = new Draft(state, ctx);
  draft.replace(alert, {
    status: "closed",
    closure: { by: actor.staffId, at: ctx.now, outcome: input.outcome },
  });
  draft.set({
    openEscalations: draft.episode.openEscalations.filter(
      (one) => one.escalationId !== alert.escalationId,
    ),
  });
  const assessedValue =
    input.assessedItemValue ??
    (alert.trigger.source === "instrument" ? alert.trigger.value : undefined);
  if (assessedValue !== undefined) {
    draft.set({ lastClinicianAssessedItem9: { value: assessedValue, at: ctx.now } });
  }
  for (const item of draft.items()) {
    if (
      item.kind === "task" &&
      item.taskKind === "safety-follow-up" &&
      item.about?.id === alert.escalationId &&
      item.status === "open"
    ) {
      draft.replace(item, {
        status: "done",
        outcome: { code: input.outcome, recordedBy: actor.staffId, recordedAt: ctx.now },
      });
    }
  }
  return draft.finish(
    "escalation-closed",
    { escalationId: alert.escalationId, tier: alert.tier, outcome: input.outcome },
    input.reason,
  );
}
