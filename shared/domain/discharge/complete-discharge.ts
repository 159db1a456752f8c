import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { cancelSessions, cancelTasks, endRequests } from "../commands/end-plans.ts";
import { contactOrCall } from "../intake/contact-or-call.ts";
import type { Disposition } from "../program/program.ts";
import { endDrivers } from "../workflows/drivers.ts";

/** Endings after which no farewell is sent: the message would lie where it should not be read. */
const withoutFarewell: readonly Disposition[] = ["deceased", "incarcerated", "hospitalised"];

/**
 * Carries out a discharge: the phase, the end of the program's plans, and the farewell. The caller has
 * taken any leave off the episode.
 * @param driverId - the workflow that sends the farewell
 */
export function completeDischarge(
  draft: Draft,
  ctx: DecisionContext,
  input: {
    readonly disposition: Disposition;
    readonly driverId: string;
    readonly occurrence: string;
  },
): void {
  const isDeceased = input.disposition === "deceased";
  draft.cancelMessages(
    (message) => isDeceased || message.class === "routine" || message.class === "schedule-notice",
    isDeceased ? "deceased" : "discharged",
  );
  endRequests(draft);
  cancelSessions(draft, { mayReturn: !isDeceased });
  cancelTasks(draft);
  endDrivers(
    draft,
    (driver) => driver.workflow !== "escalation" && driver.driverId !== input.driverId,
  );
  draft.set({
    status: "discharged",
    dischargedAt: ctx.now,
    disposition: input.disposition,
    unreachedContacts: 0,
  });
  if (withoutFarewell.includes(input.disposition)) return;
  contactOrCall(
    draft,
    ctx,
    {
      anchor: "discharge-approved",
      anchorAt: ctx.now,
      driverId: input.driverId,
      occurrence: input.occurrence,
    },
    "Say goodbye, and when the first follow-up call comes.",
  );
}
