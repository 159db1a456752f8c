import { phoneLabel } from "../../../shared/care/contact-points/contact-point.ts";
import { attendanceStatuses } from "../../../shared/care/episode/attendance-status.ts";
import { type OwnPayerDay, payerDayWords } from "../../../shared/care/sessions/payer-days.ts";
import type { RosterRow } from "../../../shared/staff/sessions/group-sessions.ts";
import { attendanceAsWords, capitalised } from "../../../shared/staff/words/timeline-words.ts";
import { safetyOptions, safetyValue } from "./attendance-form.ts";
import { stateOptions } from "./known-choices.ts";
import type { FormState } from "./sent-form.ts";

/** Where somebody is who comes online, from the record until it is entered. */
function PlaceCells({ row, state }: { readonly row: RosterRow; readonly state: FormState }) {
  const { episodeId: id, participant, presence, onRecord } = row;
  const known = presence ?? onRecord;
  if (known === undefined)
    return (
      <>
        <td />
        <td />
        <td />
      </>
    );
  const address = state.field(`address.${id}`, known.address ?? "");
  const where = state.field(`state.${id}`, known.state ?? "");
  const callback = state.field(
    `callback.${id}`,
    known.callback === undefined ? "" : phoneLabel(known.callback),
  );
  const problem = address.errors.find(({ field }) => field === address.id)?.text;
  return (
    <>
      <td>
        {problem === undefined ? null : (
          <p class="govuk-error-message" id={`${address.id}-error`}>
            {problem}
          </p>
        )}
        <input
          type="text"
          name={address.name}
          id={address.id}
          value={address.value}
          maxlength={200}
          aria-label={`Where ${participant} is`}
          aria-invalid={problem === undefined ? undefined : "true"}
          aria-describedby={problem === undefined ? undefined : `${address.id}-error`}
        />
      </td>
      <td>
        <select name={where.name} id={where.id} aria-label={`State in which ${participant} is`}>
          {stateOptions("Not known").map(({ value, text }) => (
            <option value={value} selected={value === where.value}>
              {text}
            </option>
          ))}
        </select>
        {row.outsideLicence === true ? (
          <p class="quiet">No licence of the leader is on record there.</p>
        ) : null}
      </td>
      <td>
        <input
          type="tel"
          name={callback.name}
          id={callback.id}
          value={callback.value}
          aria-label={`Number to call ${participant} back`}
        />
      </td>
    </>
  );
}

/** One person in the form of a session: who came and when, the mood and safety round, why it is corrected. */
export function RosterLine({
  row,
  day,
  isAllPresent,
  isOnline,
  state,
}: {
  readonly row: RosterRow;
  /** How the day stands for a payer who pays by the day, where something is entered. */
  readonly day?: OwnPayerDay | undefined;
  readonly isAllPresent: boolean;
  /** Somebody comes to the session online: where each of them is stands beside it. */
  readonly isOnline: boolean;
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
        {row.isElsewhere === true ? (
          <>
            {row.participant} <div class="quiet">At another site by now</div>
          </>
        ) : (
          <a href={`/staff/episodes/${id}`}>{row.participant}</a>
        )}
        {day === undefined ? null : (
          <div class={day.state === "does-not-count" ? "late" : "quiet"}>
            {capitalised(
              day.payer === undefined ? payerDayWords(day) : `${day.payer}: ${payerDayWords(day)}`,
            )}
          </div>
        )}
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
      {isOnline ? <PlaceCells row={row} state={state} /> : null}
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
