import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import { noteLastContact } from "../../shared/care/change/last-contact.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isClinician } from "../../shared/care/safety/clinicians.ts";
import { findEscalation } from "../../shared/care/safety/find-escalation.ts";
import { awaitClosure } from "../../shared/care/safety/move-alert.ts";

export type ContactOutcome = "spoke-with-participant" | "help-sent" | "not-reached";

/**
 * Records contact with the participant. "Not reached" is written down and keeps the clock running. A
 * clinician may confirm a match of words with it: from then on the alert locks what an alert locks.
 */
export function recordContact(
  state: OpenState,
  input: {
    readonly escalationSk: string;
    readonly outcome: ContactOutcome;
    readonly note?: string;
    /** True where a clinician has read the words and finds danger in them. */
    readonly confirmed?: true;
  },
  ctx: DecisionContext,
): Change | Refusal {
  const alert = findEscalation(state, input.escalationSk);
  if (alert === undefined || ctx.actor.kind !== "staff")
    return { refused: "not-found", sentence: "There is no such alert here." };
  if (alert.status === "closed") return { refused: "not-now", sentence: "This alert is closed." };
  if (input.confirmed === true && !isClinician(ctx.actor)) {
    return {
      refused: "not-allowed",
      sentence:
        "A match of words is confirmed by a clinician. Leave that out, or ask one to read it.",
    };
  }
  const draft = new Draft(state, ctx);
  const isContact = input.outcome !== "not-reached";
  draft.replace(alert, {
    ...(isContact ? { status: "contacted" } : {}),
    // Help is sent for danger that is real: what began as a match of words counts from now on.
    ...(input.outcome === "help-sent" || input.confirmed === true ? { confirmed: true } : {}),
    contacts: [...alert.contacts, { by: ctx.actor.staffId, at: ctx.now, outcome: input.outcome }],
  });
  if (isContact) awaitClosure(draft, alert);
  if (input.outcome === "spoke-with-participant")
    noteLastContact(draft, "spoke", { by: ctx.actor.staffId });
  return draft.finish(
    isContact ? "escalation-contact-made" : "escalation-contact-tried",
    {
      escalationId: alert.escalationId,
      outcome: input.outcome,
      ...(input.confirmed === true ? { confirmed: true } : {}),
    },
    input.note,
  );
}
