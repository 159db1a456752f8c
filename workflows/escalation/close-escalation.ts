import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Escalation } from "../../shared/care/episode/escalation.ts";
import { isAboutItem9 } from "../../shared/care/safety/assessed-item.ts";
import { isClinician } from "../../shared/care/safety/clinicians.ts";
import { findEscalation } from "../../shared/care/safety/find-escalation.ts";
import { endAlert, noDanger } from "../../shared/care/safety/move-alert.ts";

/**
 * Closes an alert. Needs contact with the participant first, and a clinician. An
 * assessed suicide item is remembered, so that the same answer does not page again within a week.
 *
 * A match of words that no clinician has confirmed is theirs to dismiss: whoever has read the words and
 * finds no danger in them closes the alert as `no-danger`, without a call about it. Where the words speak of
 * an act under way, the first clinician's reading is kept and everything goes on, paging included; a second
 * clinician who agrees closes it.
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
  if (!isClinician(actor)) {
    return {
      refused: "not-now",
      sentence: "An alert is closed by a clinician. Ask one to read it and close it.",
    };
  }
  if (alert.status !== "contacted" && !mayCloseWithoutContact(state, alert, input.outcome)) {
    return {
      refused: "not-now",
      sentence: "Record contact with the participant first; an alert does not close without it.",
    };
  }
  const draft = new Draft(state, ctx);
  if (needsSecondReading(state, alert, actor.staffId)) {
    const readings = alert.readings ?? [];
    // What stands there is theirs: another's reading would not need a second one.
    if (readings.length > 0) {
      return {
        refused: "not-now",
        sentence:
          "Your reading is recorded. The words speak of an act under way: speak with the participant, send help, or ask a second clinician to read them and close the alert.",
      };
    }
    draft.replace(alert, { readings: [...readings, { by: actor.staffId, at: ctx.now }] });
    const facts = { escalationId: alert.escalationId, tier: alert.tier, outcome: input.outcome };
    return draft.finish("escalation-read-no-danger", facts, input.reason);
  }
  endAlert(draft, alert, { by: actor.staffId, at: ctx.now, outcome: input.outcome });
  const { source, rule, value } = alert.trigger;
  const assessedValue =
    input.assessedItemValue ?? (source === "instrument" && isAboutItem9(rule) ? value : undefined);
  if (assessedValue !== undefined) {
    draft.set({ lastClinicianAssessedItem9: { value: assessedValue, at: ctx.now } });
  }
  return draft.finish(
    "escalation-closed",
    { escalationId: alert.escalationId, tier: alert.tier, outcome: input.outcome },
    input.reason,
  );
}

/** Words of an act under way are no one clinician's to dismiss without contact; after a death they are. */
function needsSecondReading(state: OpenState, alert: Escalation, staffId: string): boolean {
  if (alert.isActUnderWay !== true || alert.status === "contacted") return false;
  if (state.episode.disposition === "deceased") return false;
  return !(alert.readings ?? []).some(({ by }) => by !== staffId);
}

/** After a death nobody can be spoken with; words that a clinician has read and that mean something else need no call. */
function mayCloseWithoutContact(state: OpenState, alert: Escalation, outcome: string): boolean {
  if (state.episode.disposition === "deceased") return true;
  return !alert.confirmed && outcome === noDanger;
}
