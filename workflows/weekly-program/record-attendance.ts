// Long because it is one decision: what one entry of attendance says, what stands in its way, and what it sets off or takes back.

import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import { noteLastContact } from "../../shared/care/change/last-contact.ts";
import type { AttendanceStatus } from "../../shared/care/episode/attendance-status.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Outreach } from "../../shared/care/episode/outreach.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { dropWelfareDecision, endLadder } from "../../shared/care/ladders/move-ladder.ts";
import { attendanceCorrected, startOutreach } from "../../shared/care/ladders/start-outreach.ts";
import { askForWelfareToday } from "../../shared/care/ladders/welfare-today.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import {
  followSessionAttended,
  followSessionMissed,
} from "../../shared/care/services/follow-services.ts";
import { attendedMinutes, withMinutes } from "../../shared/care/sessions/hours.ts";
import {
  forgetNoShow,
  laddersOfEarlier,
  missedOnSameDay,
  rememberNoShow,
} from "../../shared/care/sessions/no-shows.ts";
import { topicOfSession } from "../../shared/care/sessions/topic-of.ts";
import { endTask } from "../../shared/care/tasks/end-task.ts";
import { findTask } from "../../shared/care/tasks/open-task.ts";
import { staffMark } from "../../shared/care/text/staff-mark.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import { followForecast } from "./follow-forecast.ts";
import {
  addsRoundOnly,
  hearRound,
  problemWithRound,
  type Round,
  roundAfter,
  seenStatuses,
} from "./mood-round.ts";
import { keepPresence, type Presence, problemWithPresence } from "./online-presence.ts";

export type AttendanceInput = {
  readonly status: AttendanceStatus;
  readonly arrivedAt?: string;
  readonly leftAt?: string;
  /** Needed for a correction; kept apart from care state. */
  readonly reason?: string;
  /** Where the person is who comes online; kept apart from care state, but for the state. */
  readonly presence?: Presence;
} & Round;

const opensMinutesBefore = 30;
const correctableDays = 30;
/** What can be said of a session only once it has begun. */
const afterBegin: readonly AttendanceStatus[] = ["no-show", "late", "left-early"];

/**
 * Records what a person saw: who came, late, left early, is excused, did not come, is on the way. A
 * no-show starts the outreach ladder; nothing else does. A correction within 30 days, with a reason,
 * recomputes day and week and withdraws what the first entry set off. The mood and safety round of the session may
 * be said with it or later; a concern raises an alert.
 *
 * @param session - may be closed already: the caller reads it
 * @param attended - of a correction to a missed session: the others of the same service to which the person came
 */
export function recordAttendance(
  state: OpenState,
  session: Session,
  input: AttendanceInput,
  ctx: DecisionContext,
  attended?: readonly Session[],
): Change | Refusal {
  const problem = problemWith(state, session, input, ctx);
  if (problem !== undefined) return problem;
  const { actor } = ctx;
  if (actor.kind !== "staff")
    return { refused: "not-allowed", sentence: "Attendance is entered by staff." };
  const draft = new Draft(state, ctx);
  const before = session.attendance;
  const round = roundAfter(before, input);
  hearRound(draft, ctx, session, round);
  const facts = { sessionId: session.sessionId, on: session.on, slot: session.slot };
  if (before !== undefined && addsRoundOnly(before, input)) {
    draft.replace(session, { attendance: { ...before, ...round } });
    return finishWithReason(draft, ctx, "round-recorded", facts, input.reason);
  }
  const presence = keepPresence(draft, ctx, session, input);
  const minutes = attendedMinutes({ ...session, ...input });
  const topic = seenStatuses.includes(input.status)
    ? topicOfSession(ctx.program.services, session)
    : undefined;
  draft.replace(session, {
    // On the way is no result yet: the session stays open for one.
    status: input.status === "on-the-way" ? "planned" : "closed",
    attendance: {
      status: input.status,
      attendedMinutes: minutes,
      recordedBy: actor.staffId,
      recordedAt: ctx.now,
      corrections:
        before === undefined || before.status === "on-the-way" ? 0 : before.corrections + 1,
      ...(input.arrivedAt === undefined ? {} : { arrivedAt: input.arrivedAt }),
      ...(input.leftAt === undefined ? {} : { leftAt: input.leftAt }),
      ...presence,
      ...round,
      ...(topic === undefined ? {} : { topic }),
    },
  });
  if (session.counts) {
    const difference = minutes - (before?.attendedMinutes ?? 0);
    draft.set({ weeks: withMinutes(draft.episode.weeks, session.week, session.on, difference) });
    withdrawHoursReview(draft, ctx, session.week);
    followForecast(draft, ctx, session.week);
  }
  draft.project({
    kind: "seat",
    groupSessionId: session.groupSessionId,
    sessionSk: session.sk,
    attendance: input.status,
  });
  closeReminderTask(draft, session, actor.staffId);
  if (!seenStatuses.includes(input.status)) followSessionMissed(draft, ctx, session, attended);
  if (input.status === "no-show") {
    rememberNoShow(draft, session);
    if (ladderOfDay(draft, session) === undefined) startLadder(draft, ctx, session);
    const ladder = ladderOfDay(draft, session);
    if (ladder !== undefined) askForWelfareToday(draft, ctx, session, ladder);
  } else {
    takeBackNoShow(draft, ctx, session);
    // Whoever is there has been reached: nobody is rung up, or sent to see them, about an earlier day.
    if (seenStatuses.includes(input.status)) {
      followSessionAttended(draft, session);
      noteLastContact(draft, "came", { at: input.arrivedAt ?? session.scheduledStartAt });
      for (const ladder of laddersOfEarlier(draft, session)) endLadder(draft, ladder, "reached");
    }
  }
  return finishWithReason(
    draft,
    ctx,
    before === undefined ? "attendance-recorded" : "attendance-corrected",
    {
      ...facts,
      status: input.status,
      minutes,
      ...(presence.online === undefined ? {} : { onlineState: presence.online.state }),
      ...(presence.online?.isOutsideLicence === true ? { outsideLicence: true } : {}),
      ...(before === undefined ? {} : { before: before.status }),
    },
    input.reason,
  );
}

function problemWith(
  state: OpenState,
  session: Session,
  input: AttendanceInput,
  ctx: DecisionContext,
): Refusal | undefined {
  if (session.status === "cancelled")
    return {
      refused: "not-now",
      sentence:
        session.cancelledFor === "site-closed"
          ? `The site is closed on ${session.on}: nobody was expected.`
          : session.cancelledFor === "by-program"
            ? "The session was cancelled: nobody was expected."
            : "This session was cancelled for this person.",
    };
  if (ctx.now < addMinutes(session.scheduledStartAt, -opensMinutesBefore)) {
    return { refused: "not-now", sentence: "Attendance opens 30 minutes before the session." };
  }
  if (ctx.now < session.scheduledStartAt && afterBegin.includes(input.status)) {
    return {
      refused: "not-now",
      sentence: `The session begins at ${session.scheduledStartAt}. Nobody has missed it, come late or left before that.`,
    };
  }
  const isRoundOnly = addsRoundOnly(session.attendance, input);
  if (
    session.attendance !== undefined &&
    session.attendance.status !== "on-the-way" &&
    !isRoundOnly
  ) {
    if (ctx.now > addMinutes(session.scheduledEndAt, correctableDays * 24 * 60)) {
      return {
        refused: "not-now",
        sentence: "Attendance can be corrected for 30 days; that time is over.",
      };
    }
    if (input.reason === undefined || input.reason.trim() === "") {
      const { status, recordedBy } = session.attendance;
      return {
        refused: "invalid",
        sentence: `Entered already, by ${staffMark(recordedBy)}. A correction needs a reason.`,
        details: { status, recordedBy },
      };
    }
  }
  const round = problemWithRound(input);
  if (round !== undefined) return round;
  const place = isRoundOnly ? undefined : problemWithPresence(session, input, ctx);
  if (place !== undefined) return place;
  const time = isRoundOnly ? undefined : problemWithTimes(session, input, ctx.now);
  if (time !== undefined) return { refused: "invalid", sentence: time };
  if (state.episode.admittedOn === undefined)
    return { refused: "not-now", sentence: "This person has not been admitted." };
  return undefined;
}

/** @returns what is wrong with the times of arriving and leaving, as a sentence */
function problemWithTimes(
  session: Session,
  { status, arrivedAt, leftAt }: AttendanceInput,
  now: string,
): string | undefined {
  for (const at of [arrivedAt, leftAt]) {
    if (at === undefined) continue;
    if (!isOnDayOf(session, at))
      return `The times of arriving and leaving must be on the day of the session, ${session.on}.`;
    if (Date.parse(at) > Date.parse(now))
      return "The times of arriving and leaving cannot be later than now.";
  }
  if (status === "late" && arrivedAt === undefined)
    return "Say when the person arrived: who came late has the hours from then on.";
  if (status === "left-early" && leftAt === undefined)
    return "Say when the person left: who left early has the hours until then.";
  if (arrivedAt !== undefined && Date.parse(arrivedAt) >= Date.parse(session.scheduledEndAt))
    return `The session ended at ${session.scheduledEndAt}: who arrived then was not in it.`;
  if (leftAt !== undefined && Date.parse(leftAt) <= Date.parse(session.scheduledStartAt))
    return `The session began at ${session.scheduledStartAt}: who left before was not in it.`;
  if (
    arrivedAt !== undefined &&
    leftAt !== undefined &&
    Date.parse(leftAt) <= Date.parse(arrivedAt)
  )
    return "The time of leaving must be after the time of arriving.";
  return undefined;
}

/** True for an instant of the session's own day, where the session is. */
function isOnDayOf(session: Session, at: string): boolean {
  return !Number.isNaN(Date.parse(at)) && localDate(at, session.timeZone) === session.on;
}

/** Two sessions missed on one day are one missed day: one ladder. The day is the session's, not the entry's. */
function ladderOfDay(draft: Draft, session: Session): Outreach | undefined {
  const missed = [session, ...missedOnSameDay(draft, session)];
  return draft
    .items()
    .find(
      (item): item is Outreach =>
        item.kind === "outreach" &&
        item.ladder === "missedSession" &&
        item.status === "climbing" &&
        missed.some((noShow) => noShow.sessionId === item.about.id),
    );
}

function startLadder(
  draft: Draft,
  ctx: DecisionContext,
  { sessionId, on }: Pick<Session, "sessionId" | "on">,
): void {
  const about = { type: "session", id: sessionId, on } as const;
  startOutreach(draft, ctx, { ladder: "missedSession", about });
}

/**
 * What a no-show set off ends when it is corrected. Another session of that day that was missed had joined
 * its ladder: it gets one of its own, or nobody would call about it.
 */
function takeBackNoShow(draft: Draft, ctx: DecisionContext, session: Session): void {
  forgetNoShow(draft, session);
  if (!withdrawOutreach(draft, session)) return;
  const still = missedOnSameDay(draft, session).at(-1);
  if (still !== undefined) startLadder(draft, ctx, { sessionId: still.sessionId, on: session.on });
}

/** @returns true when a ladder was being climbed, or had run out */
function withdrawOutreach(draft: Draft, session: Session): boolean {
  let isWithdrawn = false;
  for (const item of draft.items()) {
    if (
      item.kind === "outreach" &&
      item.about.id === session.sessionId &&
      (item.status === "climbing" || item.status === "decision-needed")
    ) {
      draft.replace(item, { status: "withdrawn", outcome: attendanceCorrected });
      dropWelfareDecision(draft, item);
      isWithdrawn = true;
    }
  }
  return isWithdrawn;
}

/** A correction after which the week is not short any more takes back the question about its hours. */
function withdrawHoursReview(draft: Draft, ctx: DecisionContext, week: number): void {
  const hours = draft.episode.weeks.find((one) => one.week === week);
  const task = findTask(draft, "hours-review", `w${week}`);
  if (hours === undefined || task?.status !== "open") return;
  if (hours.attendedMinutes < ctx.program.weeklyHours.minimumHours * 60) return;
  endTask(draft, task, "has-come");
  // Two short weeks in a row were asked about: with one of them made good, they are not two.
  for (const occurrence of [`w${week}`, `w${week + 1}`]) {
    const review = findTask(draft, "level-of-care-review", occurrence);
    if (review?.status === "open") endTask(draft, review, "has-come");
  }
}

function closeReminderTask(draft: Draft, session: Session, staffId: string): void {
  for (const item of draft.items()) {
    if (
      item.kind === "task" &&
      item.taskKind === "mark-attendance" &&
      item.about?.id === session.sessionId &&
      item.status === "open"
    ) {
      draft.replace(item, {
        status: "done",
        outcome: { code: "marked", recordedBy: staffId, recordedAt: draft.now },
      });
    }
  }
}
