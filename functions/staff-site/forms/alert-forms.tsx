import type { Escalation } from "../../../shared/care/episode/escalation.ts";
import { isAboutItem9 } from "../../../shared/care/safety/assessed-item.ts";
import { contactOutcomeWords } from "../../../shared/staff/words/work-words.ts";
import { Checkbox, Radios } from "../../../shared/web/parts/choices.tsx";
import { SelectField, TextArea } from "../../../shared/web/parts/fields.tsx";
import type { FormState } from "./sent-form.ts";
import { StaffForm } from "./staff-form.tsx";

const contactOutcomes = ["spoke-with-participant", "help-sent", "not-reached"] as const;
export const closings = [
  { value: "safe-with-plan", words: "Safe, with a safety plan" },
  { value: "higher-care", words: "Moved to a higher level of care" },
  { value: "emergency-care", words: "Emergency care" },
  { value: "no-danger", words: "No danger: the words or answer meant something else" },
] as const;

/** The form by which somebody takes an alert: paging stops, the clock to contact runs on. */
export function TakeForm({ state }: { readonly state: FormState }) {
  return (
    <StaffForm state={state}>
      <p>Take it when you are the one who calls now. Paging stops; the clock to contact runs on.</p>
      <div class="buttons">
        <button type="submit">Take this alert</button>
      </div>
    </StaffForm>
  );
}

/** The two answers of whoever has read an alert that does not ring like danger. */
export function ReadingForm({ state }: { readonly state: FormState }) {
  return (
    <StaffForm state={state}>
      <p>
        Read it, then say when the person is called. Nobody is paged again until that call is late.
      </p>
      <div class="buttons">
        <button type="submit" name="answer" value="call-now">
          I call now
        </button>
        <button type="submit" class="second" name="answer" value="call-in-the-morning">
          Call in the morning
        </button>
      </div>
    </StaffForm>
  );
}

type AlertForm = { readonly state: FormState; readonly alert: Escalation };

/** The form by which a contact with the person, or a try, is recorded on an alert. */
export function ContactForm({ state, alert }: AlertForm) {
  return (
    <StaffForm state={state}>
      <Radios
        {...state.field("outcome")}
        label="Contact with the person"
        isHeading={false}
        options={contactOutcomes.map((value) => ({ value, text: contactOutcomeWords(value) }))}
      />
      <TextArea
        {...state.field("note")}
        label="Note"
        hint="Optional"
        maxlength={2000}
        isHeading={false}
      />
      {alert.confirmed ? null : (
        <Checkbox
          {...state.field("confirmed")}
          label="I am a clinician and have read the words: they mean danger"
        />
      )}
      <div class="buttons">
        <button type="submit">Record contact</button>
      </div>
    </StaffForm>
  );
}

/** @param props.isTheirs - whether it is for this member of staff to close alerts */
export function ClosureForm({
  state,
  alert,
  isTheirs,
}: AlertForm & { readonly isTheirs: boolean }) {
  // Words that mean something else need no call; everything else needs contact first.
  const choices =
    alert.status === "contacted"
      ? closings
      : closings.filter(({ value }) => value === "no-danger" && !alert.confirmed);
  if (choices.length === 0) return null;
  if (!isTheirs) return <p class="card">A clinician closes this alert.</p>;
  const isFirstReading =
    alert.isActUnderWay === true &&
    alert.status !== "contacted" &&
    (alert.readings ?? []).length === 0;
  return (
    <StaffForm state={state}>
      <Radios
        {...state.field("outcome")}
        label="Close the alert"
        isHeading={false}
        options={choices.map(({ value, words }) => ({ value, text: words }))}
      />
      {alert.trigger.source === "instrument" && isAboutItem9(alert.trigger.rule) ? (
        <SelectField
          {...state.field("assessed")}
          label="What you assessed the answer to be"
          hint="The same answer does not page again for 7 days."
          options={[
            { value: "", text: "As answered" },
            ...[0, 1, 2, 3].map((value) => ({ value: String(value), text: String(value) })),
          ]}
        />
      ) : null}
      <TextArea {...state.field("note")} label="What was done" maxlength={1000} isHeading={false} />
      <div class="buttons">
        <button type="submit">
          {isFirstReading ? "Record that I find no danger" : "Close the alert"}
        </button>
      </div>
    </StaffForm>
  );
}
