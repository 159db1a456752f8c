import type { WeekHours } from "../episode/episode.ts";
import type { Session } from "../episode/session.ts";
import { ownValue } from "../text/own-value.ts";
import { minutesBetween } from "../time/instants.ts";

type Attended = Pick<Session, "scheduledStartAt" | "scheduledEndAt"> & {
  readonly status: "present" | "late" | "left-early" | "excused" | "no-show" | "on-the-way";
  readonly arrivedAt?: string;
  readonly leftAt?: string;
};

/** The planned length of a session, in minutes. */
export function scheduledMinutes(
  session: Pick<Session, "scheduledStartAt" | "scheduledEndAt">,
): number {
  return minutesBetween(session.scheduledStartAt, session.scheduledEndAt);
}

/** Minutes attended, never more than scheduled; nobody who was absent has any. */
export function attendedMinutes(attended: Attended): number {
  if (
    attended.status === "excused" ||
    attended.status === "no-show" ||
    attended.status === "on-the-way"
  )
    return 0;
  const from = later(attended.arrivedAt ?? attended.scheduledStartAt, attended.scheduledStartAt);
  const to = earlier(attended.leftAt ?? attended.scheduledEndAt, attended.scheduledEndAt);
  return Math.max(0, Math.round(minutesBetween(from, to)));
}

function later(left: string, right: string): string {
  return left > right ? left : right;
}

function earlier(left: string, right: string): string {
  return left < right ? left : right;
}

/** The week with a session's minutes of one day changed by a difference; hours are kept by day and week. */
export function withMinutes(
  weeks: readonly WeekHours[],
  week: number,
  on: string,
  differenceMinutes: number,
): WeekHours[] {
  return weeks.map((one) =>
    one.week !== week
      ? one
      : {
          ...one,
          attendedMinutes: one.attendedMinutes + differenceMinutes,
          byDay: { ...one.byDay, [on]: (ownValue(one.byDay, on) ?? 0) + differenceMinutes },
        },
  );
}

/** Minutes as staff read them: hours with at most one decimal. */
export function hoursLabel(minutes: number): string {
  const hours = Math.round((minutes / 60) * 10) / 10;
  return `${hours} h`;
}
