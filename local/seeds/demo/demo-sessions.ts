import type { AttendanceStatus } from "../../../shared/care/episode/attendance-status.ts";
import type { DemoPerson } from "./demo-people.ts";
import { type Day, dayNamed, daysBetween, mondayOf } from "./demo-time.ts";
import type { LocalClient } from "./local-client.ts";

/** Wall times in New York a few minutes into the sessions of both sites, one of which is two or three hours behind. */
export const markingTimes = [
  ...["09:10", "11:10", "11:25", "12:10", "12:40"],
  ...["13:25", "14:10", "14:40", "15:10", "15:30", "17:10"],
];
/** Wednesday and the weekend. */
export const daysWithoutSessions: readonly number[] = [3, 6, 7];

/** Enters the attendance that is still open up to a day, at both sites. */
export async function markSessions(
  client: LocalClient,
  day: Day,
  today: Day,
  personOf: (episodeId: string) => DemoPerson | undefined,
): Promise<void> {
  for (const siteId of ["riverside", "mesa"]) {
    const as = { role: "case-manager", siteId } as const;
    // The last session of a day in another zone begins after this hour: it is marked the next time.
    const from = day.subtract({ days: 3 });
    const sessions = await client.list(`/api/v1/sessions?from=${from}&to=${day}`, as);
    for (const session of sessions) {
      const path = `/api/v1/sessions/${encodeURIComponent(String(session.sessionId))}`;
      const rows = (await client.list(`${path}/roster`, as)).flatMap((row) => {
        const person = personOf(String(row.episodeId));
        if (person === undefined || row.attendance !== "not-yet") return [];
        const on = dayNamed(String(session.on));
        return [{ episodeId: row.episodeId, ...attendanceOf(person, on, today, session.slot) }];
      });
      if (rows.length > 0) await client.put(`${path}/attendance`, rows, as);
    }
  }
}

function attendanceOf(
  person: DemoPerson,
  day: Day,
  today: Day,
  slot: unknown,
): { readonly status: AttendanceStatus; readonly reason?: string } {
  if (person.attendance === "no-show-at-the-last" && isLastSessionDay(day, today))
    return { status: "no-show" };
  const isLastWeek = mondayOf(day).equals(mondayOf(today).subtract({ weeks: 1 }));
  if (person.attendance === "short-of-hours" && isLastWeek && slot !== "mon-group")
    return { status: "excused", reason: "A sick child at home" };
  return { status: "present" };
}

/** No session day lies between this one and the present: there is none on Wednesday and at the weekend. */
function isLastSessionDay(day: Day, today: Day): boolean {
  const days = daysBetween(day, today);
  for (let later = 1; later < days; later += 1)
    if (!daysWithoutSessions.includes(day.add({ days: later }).dayOfWeek)) return false;
  return true;
}
