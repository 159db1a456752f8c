import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import { addStaffedMinutes } from "../care/program/staffed-time.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { type PlanRequest, planMessages } from "./plan-messages.ts";

/** Staffed minutes within which a person does what no message could: half a day. */
const callWithinStaffedMinutes = 240;

/**
 * Plans an anchor's messages; where the participant cannot be messaged a person calls instead, so that no
 * step happens in silence.
 * @param call - the sentence for the person who calls
 */
export function contactOrCall(
  draft: Draft,
  ctx: DecisionContext,
  request: PlanRequest,
  call: string,
): void {
  const result = planMessages(draft, ctx, request);
  if (result.unreachable === undefined || result.planned.length > 0) return;
  const isLanguage = result.unreachable !== "no-consented-channel";
  const lacking =
    result.unreachable === "questions-without-wording"
      ? "The questions are not published in the person's language: they are not sent."
      : "There are no reviewed messages in the person's language.";
  openTask(draft, ctx, {
    taskKind: isLanguage ? "interpreted-call" : "channel-needed",
    occurrence: `${request.anchor}-${request.occurrence}`,
    words: isLanguage
      ? `${lacking} ${call} Call with an interpreter.`
      : `No message may be sent. ${call} Reach the person as they asked.`,
    assignedFunction: "case-manager",
    dueAt: addStaffedMinutes(ctx.site, ctx.now, callWithinStaffedMinutes),
    ...(request.driverId === undefined ? {} : { driverId: request.driverId }),
    evidence: { anchor: request.anchor },
  });
}
