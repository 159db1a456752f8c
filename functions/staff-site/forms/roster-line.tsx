import { attendanceStatuses } from "../../../shared/care/episode/attendance-status.ts";
import type { RosterRow } from "../../../shared/staff/sessions/group-sessions.ts";
import { attendanceAsWords, capitalised } from "../../../shared/staff/words/timeline-words.ts";
import { safetyOptions, safetyValue } from "./attendance-form.ts";
import type { FormState } from "./sent-form.ts";

/** One person in the form of a session: who came and when, the mood and safety round, why it is corrected. */
export function RosterLine({
  row,
  isAllPresent,
  state,
}: {
  readonly row: RosterRow;
  readonly isAllPresent: boolean;
  readonly state: FormState;
}) {
  const id = row.episodeId;
  const known = row.attendance === "not-yet" && isAllPresent ? "present" : row.attendance;
  const status = state.field(`status.${id}`, known);
  const time = state.field(`time.${id}`);
  const reason = state.field(`reason.${id}`);
  const mood = state.field(`mood.${id}`, row.mood === undefined ? "" : String(row.mood));
  const isMoodWrong = mood.errors.some(({ field }) => field === mood.id);
  const safety = state.field(`safety.${id}`, safetyValue(row.safetyConcern));
  const problem = time.errors.find(({ field }) => field === time.id)?.text;
  return (
    <tr>
      <th scope="row">
        <a href={`/staff/episodes/${id}`}>{row.participant}</a>
      </th>
      <td>
        <select name={status.name} id={status.id} aria-label={`Attendance of ${row.participant}`}>
          <option value="">Not entered yet</option>
          {attendanceStatuses.map((one) => (
            <option value={one} selected={one === status.value}>
              {capitalised(attendanceAsWords(one))}
            </option>
          ))}
        </select>
      </td>
      <td>
        {problem === undefined ? null : (
          <p class="govuk-error-message" id={`${time.id}-error`}>
            {problem}
          </p>
        )}
        <input
          type="time"
          name={time.name}
          id={time.id}
          value={time.value}
          aria-label={`Time ${row.participant} arrived or left`}
          aria-invalid={problem === undefined ? undefined : "true"}
          aria-describedby={problem === undefined ? undefined : `${time.id}-error`}
        />
      </td>
      <td>
        <input
          type="number"
          min="0"
          max="10"
          inputmode="numeric"
          name={mood.name}
          id={mood.id}
          value={mood.value}
          aria-label={`Mood of ${row.participant}, from 0 to 10`}
          aria-invalid={isMoodWrong ? "true" : undefined}
        />
      </td>
      <td>
        <select name={safety.name} id={safety.id} aria-label={`Safety of ${row.participant}`}>
          {safetyOptions.map(([value, text]) => (
            <option value={value} selected={value === safety.value}>
              {text}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          type="text"
          name={reason.name}
          id={reason.id}
          value={reason.value}
          maxlength={500}
          aria-label={`Reason of the correction for ${row.participant}`}
        />
      </td>
    </tr>
  );
}
