import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import { continueProgram } from "../../shared/care/pathway/continue-program.ts";
import { isDischargeUnderWay } from "../../shared/care/pathway/start-discharge.ts";
import { addStaffedMinutes } from "../../shared/care/program/staffed-time.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { askForServicesAfterLeave } from "../../shared/care/services/follow-services.ts";
import { askAboutLicences } from "../../shared/care/sessions/ask-about-licences.ts";
import { bringBackSessions } from "../../shared/care/sessions/bring-back-sessions.ts";
import { firstSessionFrom } from "../../shared/care/sessions/first-session.ts";
import {
  type GroupPlaces,
  refuseFull,
  refusePlaces,
} from "../../shared/care/sessions/full-groups.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { actingStaff, refuseEnded } from "../../shared/care/tasks/refuse.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import { itemKeys } from "../../shared/keys/keys.ts";
import { remindAnew } from "./open-week.ts";
import { takeBackNotices } from "./tell-of-sessions.ts";

const rescreenWithinStaffedMinutes = 480;

/**
 * Takes somebody back from leave. A clinician asks the suicide and withdrawal screens again and the
 * coverage is checked; the program goes on with the week under way, or the next one.
 *
 * @param places - how many others are expected in the groups that the person comes back to, where they have a number of
 * places
 */
export function endLeave(
  state: OpenState,
  body: { readonly reason: string; readonly isOverCapacity?: boolean | undefined },
  ctx: DecisionContext,
  places: readonly GroupPlaces[] = [],
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { status, hold } = state.episode;
  const ended = refuseEnded(state.episode);
  if (ended !== undefined) return ended;
  if (status !== "onhold") {
    return {
      refused: "not-now",
      sentence: `The person is not on leave (${statusLabels[status].toLowerCase()}).`,
      details: { status },
    };
  }
  const full = refusePlaces(places, body.isOverCapacity);
  if (full !== undefined) return full;
  const draft = new Draft(state, ctx);
  draft.clear("hold");
  const isDischarge = isDischargeUnderWay(draft);
  draft.set({ status: isDischarge ? "discharge-planning" : "active" });
  endTasksOfLeave(draft);
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `return-${state.episode.version}`,
    words:
      "Back from leave: ask the suicide and withdrawal screens again, and check the coverage, before the first group.",
    assignedFunction: "clinician",
    dueAt: rescreenDueAt(ctx),
    priority: "urgent",
    evidence: { kind: hold?.kind ?? "unknown" },
  });
  const back = bringBackSessions(draft);
  if (!isDischarge) continueProgram(draft, ctx);
  followSchedule(draft, ctx, back);
  if (!isDischarge && hold !== undefined) askForServicesAfterLeave(draft, ctx, hold);
  const sessions = draft.items().filter((item) => item.kind === "session");
  askAboutLicences(draft, ctx, sessions, { wasSaid: false });
  return finishWithReason(
    draft,
    ctx,
    "leave-ended",
    {
      kind: hold?.kind ?? "unknown",
      ...(refuseFull(places, false) === undefined ? {} : { overCapacity: true }),
    },
    body.reason,
  );
}

/** What is planned again is as the schedule has it by now, and reminded of as other sessions are. */
function followSchedule(draft: Draft, ctx: DecisionContext, back: readonly Session[]): void {
  if (back.length === 0) return;
  // One that the schedule had moved into the leave was to be called off; the reminder says when it is.
  for (const session of back) takeBackNotices(draft, ctx, session);
  draft.owe({
    kind: "apply",
    episodeId: draft.episode.episodeId,
    command: {
      type: "site-day-changed",
      on: localDate(ctx.now, ctx.site.timeZone),
      sessionSks: back.map(({ sk }) => sk),
    },
  });
  remindAnew(draft, ctx, back);
}

/** Before the first group to come, and within a staffed day where that is later. */
function rescreenDueAt({ program, site, now }: DecisionContext): string {
  const withinDay = addStaffedMinutes(site, now, rescreenWithinStaffedMinutes);
  const first = firstSessionFrom(program, site, now)?.scheduledStartAt ?? withinDay;
  return first < withinDay ? first : withinDay;
}

function endTasksOfLeave(draft: Draft): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.status !== "open") continue;
    if (item.sk.startsWith(itemKeys.task("clinician-review", "leave-")))
      endTask(draft, item, "superseded");
    if (item.taskKind === "leave-return") endTask(draft, item, "has-come");
  }
}
