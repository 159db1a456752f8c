import { stateName } from "../../../shared/care/program/us-states.ts";
import { visitModalities } from "../../../shared/care/sessions/for-one.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { stateOptions } from "./known-choices.ts";
import { OutsideLicence, readOutsideLicence } from "./outside-licence.tsx";
import type { FieldNames } from "./send-form.ts";
import type { FormState } from "./sent-form.ts";
import { type Colleague, StaffField } from "./staff-field.tsx";
import { FoldedForm } from "./staff-form.tsx";

/** The fields of the form that books a visit, by the part of the command's body. */
export const visitFields: FieldNames = {
  modality: { field: "modality", label: "Kind of visit" },
  on: { field: "on", label: "Day" },
  startTime: { field: "startTime", label: "Time" },
  durationMinutes: { field: "durationMinutes", label: "Minutes" },
  leaderId: { field: "leaderId", label: "With" },
  "place.onlineAddress": { field: "onlineAddress", label: "Online address" },
  place: { field: "room", label: "Where" },
  "repeat.times": { field: "times", label: "How many visits" },
  "repeat.everyWeeks": { field: "everyWeeks", label: "How often" },
  repeat: { field: "times", label: "How many visits" },
  stateThen: { field: "stateThen", label: "State" },
  reason: { field: "why", label: "Why" },
};

/** What the form says, as the command's body. */
export function readVisitForm(form: Form): Readonly<Record<string, unknown>> {
  const field = (name: string) => (form.get(name) ?? "").trim();
  const number = (name: string) => (field(name) === "" ? undefined : Number(field(name)));
  const given = (name: string) => (field(name) === "" ? {} : { [name]: field(name) });
  const place = { ...given("room"), ...given("onlineAddress") };
  const times = number("times") ?? 1;
  return {
    modality: field("modality"),
    on: field("on"),
    startTime: field("startTime"),
    durationMinutes: number("durationMinutes"),
    leaderId: field("leaderId"),
    ...(Object.keys(place).length === 0 ? {} : { place }),
    ...(times === 1 ? {} : { repeat: { times, everyWeeks: number("everyWeeks") } }),
    ...given("stateThen"),
    ...readOutsideLicence(form),
    ...(field("why") === "" ? {} : { reason: field("why") }),
  };
}

/** Books a visit, or a series of them. */
export function VisitForm({
  state,
  staffId,
  staff,
  homeState,
}: {
  readonly state: FormState;
  /** Who is asked for first: whoever books it. */
  readonly staffId: string;
  readonly staff: readonly Colleague[];
  /** Postal code of the state in which the person lives. */
  readonly homeState: string | undefined;
}) {
  return (
    <FoldedForm state={state} title="Book a visit" button="Book">
      <SelectField
        {...state.field("modality", "individual")}
        label="Kind of visit"
        options={visitModalities.map((one) => ({ value: one, text: capitalised(plain(one)) }))}
      />
      <TextField {...state.field("on")} label="Day" type="date" />
      <TextField {...state.field("startTime")} label="Time at the site, such as 14:00" />
      <TextField {...state.field("durationMinutes", "50")} label="Minutes" isNumber={true} />
      <StaffField {...state.field("leaderId", staffId)} label="With" staff={staff} />
      <TextField {...state.field("room")} label="Room (optional)" />
      <TextField
        {...state.field("onlineAddress")}
        label="Or the online address, beginning with https:// (optional)"
        isWide={true}
      />
      <StateThen state={state} homeState={homeState} />
      <TextField
        {...state.field("times", "1")}
        label="How many visits, where it is repeated"
        isNumber={true}
      />
      <SelectField
        {...state.field("everyWeeks", "1")}
        label="How often, where it is repeated"
        options={[1, 2, 3, 4].map((weeks) => ({
          value: String(weeks),
          text: weeks === 1 ? "Every week" : `Every ${weeks} weeks`,
        }))}
      />
      <OutsideLicence state={state} />
      <TextField {...state.field("why")} label="Why, for staff (optional)" isWide={true} />
    </FoldedForm>
  );
}

/** Where the person will be, which says whose licence counts for an online visit. */
export function StateThen({
  state,
  homeState,
}: {
  readonly state: FormState;
  readonly homeState: string | undefined;
}) {
  return (
    <SelectField
      {...state.field("stateThen")}
      label="Where the person will be, if it is online"
      options={stateOptions(
        homeState === undefined ? "Not known: ask" : `At home, ${stateName(homeState)}`,
      )}
    />
  );
}
