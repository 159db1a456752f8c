import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { continueProgram } from "../../shared/care/pathway/continue-program.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { bringBackSessions } from "../../shared/care/sessions/bring-back-sessions.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { reversalHours } from "./review-farewell.ts";

/** Takes a discharge back within its hours: the person is in the program again, and somebody tells them. */
export function reverseDischarge(
  state: OpenState,
  body: { readonly reason: string },
  ctx: DecisionContext,
): Change | Refusal {
  const { status, dischargedAt, disposition, version } = state.episode;
  if (disposition === "deceased")
    return {
      refused: "not-now",
      sentence:
        "A death is on record, which is no discharge to reverse. Where it was recorded by mistake, a clinician or a supervisor puts it right on the page about this person.",
    };
  if (status !== "discharged" || dischargedAt === undefined) {
    return {
      refused: "not-now",
      sentence:
        status === "aftercare"
          ? `A discharge can be reversed for ${reversalHours} hours; that time is over. A new referral starts again.`
          : "There is no discharge to reverse.",
      details: { status },
    };
  }
  if (ctx.now >= addHours(dischargedAt, reversalHours)) {
    return {
      refused: "not-now",
      sentence: `A discharge can be reversed for ${reversalHours} hours; that time is over. A new referral starts again.`,
      details: { dischargedAt },
    };
  }
  const draft = new Draft(state, ctx);
  draft.clear("dischargedAt", "disposition");
  draft.set({ status: "active" });
  if (draft.episode.aftercare !== undefined) {
    // The visit was that of a discharge which did not happen.
    const { firstVisitOn: _firstVisitOn, ...aftercare } = draft.episode.aftercare;
    draft.set({ aftercare });
  }
  draft.cancelMessages((message) => message.class === "routine", "discharge-reversed");
  // Nobody was handed over.
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "hand-off") endTask(draft, item, "superseded");
  openTask(draft, ctx, {
    taskKind: "first-contact-call",
    occurrence: `reversal-${version}`,
    words:
      "The discharge was reversed. Call the person: the place is kept; agree on the next visit.",
  });
  bringBackSessions(draft);
  continueProgram(draft, ctx);
  return finishWithReason(
    draft,
    ctx,
    "discharge-reversed",
    { was: disposition ?? "unknown" },
    body.reason,
  );
}
