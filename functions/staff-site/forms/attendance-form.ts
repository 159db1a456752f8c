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
};

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
  for (const { episodeId, attendance, participant } of roster) {
    const field = (name: string) => (form.get(`${name}.${episodeId}`) ?? "").trim();
    const [status, time, reason] = [field("status"), field("time"), field("reason")];
    if (status === "" || (status === attendance && time === "" && reason === "")) continue;
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
    });
  }
  return { rows, errors };
}
