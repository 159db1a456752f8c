import { readPhone } from "../../../shared/care/contact-points/contact-point.ts";
import { attendanceStatuses } from "../../../shared/care/episode/attendance-status.ts";
import { instantAt } from "../../../shared/care/time/zoned-time.ts";
import type { RosterRow } from "../../../shared/staff/sessions/group-sessions.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";
import { seenStatuses } from "../../../workflows/weekly-program/mood-round.ts";
import { fieldId } from "./sent-form.ts";

export type AttendanceEntry = {
  readonly episodeId: string;
  readonly status: string;
  readonly arrivedAt?: string;
  readonly leftAt?: string;
  readonly reason?: string;
  readonly mood?: number;
  readonly safetyConcern?: boolean;
  readonly presence?: {
    readonly address: string;
    readonly state: string;
    readonly callback: string;
  };
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
    const place = readPlace(row, status, {
      address: field("address"),
      state: field("state"),
      callback: field("callback"),
    });
    if (place.missing.length > 0)
      errors.push({
        field: fieldId("attendance", `address.${episodeId}`),
        text: `Say of ${participant}, who comes online: ${place.missing.join(", ")}`,
      });
    const isUnchanged =
      status === attendance && time === "" && reason === "" && !round.isSaid && !place.isNew;
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
      ...(place.isNew ? { presence: place.said } : {}),
    });
  }
  return { rows, errors };
}

/** Where somebody is who comes online, as the form says it, and what is missing of it. */
function readPlace(row: RosterRow, status: string, said: NonNullable<AttendanceEntry["presence"]>) {
  const isThere = attendanceStatuses.some((one) => one === status && seenStatuses.includes(one));
  const was = row.presence;
  if (!isThere || (row.isOnline !== true && was === undefined))
    return { missing: [], isNew: false, said };
  const callback = readPhone(said.callback, "us").phone;
  const missing = [
    ...(said.address === "" ? ["where they are"] : []),
    ...(said.state === "" ? ["in which state"] : []),
    ...(callback === undefined ? ["the number to call back, as +1 212 555 0123"] : []),
  ];
  const place = { ...said, callback: callback ?? said.callback };
  const isNew =
    place.address !== was?.address || place.state !== was.state || place.callback !== was.callback;
  return { missing, isNew: isNew && missing.length === 0, said: place };
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
