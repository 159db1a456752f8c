import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { firstOccurrence } from "../../shared/care/episode/message.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import { endScreensToCome } from "../../shared/care/pathway/ask-for-screens.ts";
import { cancelSessions, endLadders } from "../../shared/care/pathway/end-plans.ts";
import { expectReturn } from "../../shared/care/pathway/expect-return.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { pauseServices } from "../../shared/care/services/follow-services.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { actingStaff, refuseEnded } from "../../shared/care/tasks/refuse.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { addDays, localDate } from "../../shared/care/time/zoned-time.ts";

export type LeaveRequest = {
  readonly kind: "hospital" | "detox" | "jail" | "medical" | "family" | "vacation";
  /** Local date at the site. */
  readonly expectedReturnOn?: string | undefined;
  /** Who keeps contact meanwhile. */
  readonly contactKeptBy: string;
  readonly reason: string;
};

/** Where a message may be read by others, or not at all: staff keep contact themselves. */
const withoutMessages: readonly string[] = ["hospital", "jail"];
const reviewWithinHours = 7 * 24;
const longestLeaveDays = 365;

/**
 * Puts the program on hold for a leave: sessions until the return are taken out of the plan and of the
 * expected hours, ladders end, and somebody looks at it within 7 days. In hospital or jail nothing is sent.
 */
export function startLeave(
  state: OpenState,
  body: LeaveRequest,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { status, hold } = state.episode;
  const ended = refuseEnded(state.episode);
  if (ended !== undefined) return ended;
  if (status === "onhold" && hold !== undefined) {
    return {
      refused: "already-decided",
      sentence: `The person is on leave already (${hold.kind}, since ${hold.since}). Record the return first.`,
      details: { kind: hold.kind, since: hold.since },
    };
  }
  if (status !== "active" && status !== "discharge-planning") {
    return {
      refused: "not-now",
      sentence: `Leave is for people in the program; this person is: ${statusLabels[status].toLowerCase()}.`,
      details: { status },
    };
  }
  const today = localDate(ctx.now, ctx.site.timeZone);
  if (body.expectedReturnOn !== undefined && body.expectedReturnOn < today) {
    return {
      refused: "invalid",
      sentence:
        "The expected return is in the past. Choose today or a later date, or leave it out.",
    };
  }
  if (
    body.expectedReturnOn !== undefined &&
    body.expectedReturnOn > addDays(today, longestLeaveDays)
  ) {
    return {
      refused: "invalid",
      sentence: "The expected return is more than a year away. Check the year, or leave it out.",
    };
  }
  const draft = new Draft(state, ctx);
  const paused = [...pauseServices(draft)];
  endScreensToCome(draft, ctx.now);
  draft.set({
    status: "onhold",
    hold: {
      kind: body.kind,
      since: ctx.now,
      contactKeptBy: body.contactKeptBy,
      ...(body.expectedReturnOn === undefined ? {} : { expectedReturnOn: body.expectedReturnOn }),
      ...(paused.length === 0 ? {} : { paused }),
    },
  });
  endPlansOfLeave(draft, body);
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `leave-${state.episode.version}`,
    words: "On leave: look at how the person is, when they return, and whether the place is kept.",
    assignedFunction: "clinician",
    dueAt: addHours(ctx.now, reviewWithinHours),
    evidence: { kind: body.kind, contactKeptBy: body.contactKeptBy },
  });
  expectReturn(draft, ctx, body.expectedReturnOn);
  return finishWithReason(
    draft,
    ctx,
    "leave-began",
    {
      kind: body.kind,
      ...(body.expectedReturnOn === undefined ? {} : { expectedReturnOn: body.expectedReturnOn }),
    },
    body.reason,
  );
}

function endPlansOfLeave(draft: Draft, body: LeaveRequest): void {
  const cancelledStarts = new Set<string>();
  const before = draft.items();
  // Whoever comes back earlier than that comes to what is left of the week.
  cancelSessions(draft, { until: body.expectedReturnOn, mayReturn: true });
  for (const item of before) {
    const after = draft.item(item.sk);
    if (after?.kind === "session" && after.status === "cancelled" && item.kind === "session")
      cancelledStarts.add(item.sessionId);
  }
  const isSilent = withoutMessages.includes(body.kind);
  draft.cancelMessages(
    (message) =>
      (isSilent && (message.class === "routine" || message.class === "schedule-notice")) ||
      cancelledStarts.has(firstOccurrence(message.occurrence)),
    "on-leave",
  );
  endLadders(draft, "on-leave");
}
