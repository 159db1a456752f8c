import { instantAt } from "../../../shared/care/time/zoned-time.ts";
import type { RosterRow } from "../../../shared/staff/sessions/group-sessions.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";
import { fieldId } from "./sent-form.ts";

export type AttendanceEntry = {
  readonly episodeId: string;
  readonly status: string;
  readonly arrivedAt?: string;
  readonly leftAt?: string;
  readonly reason?: string;
  readonly mood?: number;
  readonly safetyConcern?: boolean;
};

/** What can be said of somebody's safety in the round, as the form names it. */
export const safetyOptions = [
  ["", "Not asked"],
  ["fine", "No concern"],
  ["worried", "Worried: raise an alert"],
] as const;

/** The option that stands there for what is entered. */
export function safetyValue(isWorried: boolean | undefined): string {
  return isWorried === undefined ? "" : isWorried ? "worried" : "fine";
}

/**
 * What the form of a session says that is new, and what cannot be read.
 * @param on - local date of the session
 * @param zone - the time zone its times are in
 */
export function readRoster(
  roster: readonly RosterRow[],
  form: Form,
  on: string,
  zone: string,
): { readonly rows: readonly AttendanceEntry[]; readonly errors: readonly FieldError[] } {
  const rows: AttendanceEntry[] = [];
  const errors: FieldError[] = [];
  for (const row of roster) {
    const { episodeId, attendance, participant } = row;
    const field = (name: string) => (form.get(`${name}.${episodeId}`) ?? "").trim();
    const [status, time, reason] = [field("status"), field("time"), field("reason")];
    const round = readRound(row, field("mood"), field("safety"));
    if ((status === "" || status === "not-yet") && round.isSaid)
      errors.push({
        field: fieldId("attendance", `status.${episodeId}`),
        text: `Choose the attendance of ${participant}, too: the round is of whoever is there`,
      });
    if (round.isWrong)
      errors.push({
        field: fieldId("attendance", `mood.${episodeId}`),
        text: `Enter the mood of ${participant} as a whole number from 0 to 10`,
      });
    const isUnchanged = status === attendance && time === "" && reason === "" && !round.isSaid;
    if (status === "" || isUnchanged) continue;
    const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
    if (time !== "" && !isTime)
      errors.push({
        field: fieldId("attendance", `time.${episodeId}`),
        text: `Enter the time ${participant} arrived or left as hours and minutes, such as 09:40`,
      });
    const at = isTime ? instantAt(on, time, zone) : undefined;
    rows.push({
      episodeId,
      status,
      ...(at !== undefined && status === "late" ? { arrivedAt: at } : {}),
      ...(at !== undefined && status === "left-early" ? { leftAt: at } : {}),
      ...(reason === "" ? {} : { reason }),
      ...round.said,
    });
  }
  return { rows, errors };
}

/** What the form says of the round that does not stand there yet. */
function readRound(row: RosterRow, mood: string, safety: string) {
  const isWrong = !/^(|\d|10)$/.test(mood);
  const number = mood === "" || isWrong || Number(mood) === row.mood ? undefined : Number(mood);
  const concern = safety === "" ? undefined : safety === "worried";
  const isNewConcern = concern !== undefined && concern !== row.safetyConcern;
  return {
    isWrong,
    isSaid: number !== undefined || isNewConcern,
    said: {
      ...(number === undefined ? {} : { mood: number }),
      ...(isNewConcern ? { safetyConcern: concern } : {}),
    },
  };
}
