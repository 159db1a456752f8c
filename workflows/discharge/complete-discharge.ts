import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import {
  cancelSessions,
  cancelTasks,
  cancelTasksAfterDeath,
  endRequests,
} from "../../shared/care/pathway/end-plans.ts";
import { askAboutHandOff } from "../../shared/care/pathway/hand-off.ts";
import type { Disposition } from "../../shared/care/program/program.ts";
import { endRuns } from "../../shared/care/runs/workflow-runs.ts";
import { wantsNoFollowUp } from "../../shared/messages/consent.ts";
import { contactOrCall } from "../../shared/messages/plan-messages.ts";

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
  if (isDeceased) cancelTasksAfterDeath(draft);
  else cancelTasks(draft);
  endRuns(draft, (run) => run.workflow !== "escalation" && run.driverId !== input.driverId);
  draft.set({
    status: "discharged",
    dischargedAt: ctx.now,
    disposition: input.disposition,
    unreachedContacts: 0,
  });
  askAboutHandOff(draft, ctx, input.disposition);
  if (withoutFarewell.includes(input.disposition)) return;
  // Who wants no follow-up is promised no call.
  const isLast = wantsNoFollowUp(draft.episode);
  contactOrCall(
    draft,
    ctx,
    {
      anchor: "discharge-approved",
      anchorAt: ctx.now,
      driverId: input.driverId,
      occurrence: input.occurrence,
      circumstances: [isLast ? "no-follow-up" : "follow-up-wanted"],
    },
    isLast
      ? "Say goodbye, and that they may call at any time: they want no follow-up."
      : "Say goodbye, and when the first follow-up call comes.",
  );
}
