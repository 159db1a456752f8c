import type { Form } from "../../../shared/web/http/read-form.ts";
import { SelectField, TextField } from "../../../shared/web/parts/fields.tsx";
import { OutsideLicence, readOutsideLicence } from "./outside-licence.tsx";
import type { FieldNames } from "./send-form.ts";
import type { FormState, Forms } from "./sent-form.ts";
import { type Colleague, StaffField } from "./staff-field.tsx";
import { FoldedForm } from "./staff-form.tsx";
import { StateThen } from "./visit-forms.tsx";

/** The fields of the forms that change a session of the timetable, by the part of the command's body. */
export const timetableFields: FieldNames = {
  words: { field: "words", label: "Why" },
  "moveTo.on": { field: "on", label: "New day" },
  "moveTo.startTime": { field: "startTime", label: "New time" },
  "place.room": { field: "room", label: "Room" },
  "place.onlineAddress": { field: "onlineAddress", label: "Online address" },
  place: { field: "room", label: "Where" },
  leaderId: { field: "leaderId", label: "Leader" },
  coLeaderId: { field: "coLeaderId", label: "Co-leader" },
  stateThen: { field: "stateThen", label: "State" },
};

/** What one of the forms says, as the command's body. */
export function readTimetableForm(form: Form): Readonly<Record<string, unknown>> {
  const field = (name: string) => (form.get(name) ?? "").trim();
  const given = (name: string) => (field(name) === "" ? {} : { [name]: field(name) });
  const which = {
    andFollowing: field("which") === "following",
    words: field("words"),
    ...readOutsideLicence(form),
  };
  switch (field("form")) {
    case "cancel":
      return { ...which, isCancelled: true };
    case "move":
      return { ...which, moveTo: { on: field("on"), startTime: field("startTime") } };
    case "place":
      return { ...which, ...placeOf(given("room"), given("onlineAddress"), given("stateThen")) };
    default:
      return { ...which, ...given("leaderId"), ...given("coLeaderId") };
  }
}

/** Where it is to be; where only the state of the person changes, the place stays. */
function placeOf(
  room: Readonly<Record<string, string>>,
  address: Readonly<Record<string, string>>,
  state: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const place = { ...room, ...address };
  const isStateOnly = Object.keys(place).length === 0 && Object.keys(state).length > 0;
  return { ...state, ...(isStateOnly ? {} : { place }) };
}

/** Cancel, move, another place, another leader: folded away until one of them is needed. */
export function TimetableForms({
  forms,
  on,
  startTime,
  isVisit = false,
  isForOne = isVisit,
  homeState,
  staff,
}: {
  readonly forms: Forms;
  /** The session as it is: local date and wall time. */
  readonly on: string;
  readonly startTime: string;
  /** A visit of one person, with one member of staff, in whichever week. */
  readonly isVisit?: boolean;
  /** The usual time of visits of one person each: who holds them is said for each. */
  readonly isForOne?: boolean;
  /** Postal code of the state in which the person of a visit lives. */
  readonly homeState?: string | undefined;
  readonly staff: readonly Colleague[];
}) {
  const tell = isVisit ? "tell the person" : "tell everybody";
  const [cancel, move, place, leader] = [
    forms("cancel"),
    forms("move"),
    forms("place"),
    forms("leader"),
  ];
  return (
    <>
      <FoldedForm state={cancel} title="Cancel it" button={`Cancel and ${tell}`}>
        <Which state={cancel} />
      </FoldedForm>
      <FoldedForm state={move} title="Move it" button={`Move and ${tell}`}>
        <TextField
          {...move.field("on", on)}
          label={isVisit ? "New day" : "New day, in the same week"}
          type="date"
        />
        <TextField
          {...move.field("startTime", startTime)}
          label="New time at the site, such as 13:00"
        />
        <OutsideLicence state={move} />
        <Which state={move} />
      </FoldedForm>
      <FoldedForm state={place} title="Put it online, or in a room" button="Save the place">
        <TextField {...place.field("room")} label="Room" />
        <TextField
          {...place.field("onlineAddress")}
          label="Or the online address, beginning with https://"
          isWide={true}
        />
        {isVisit ? <StateThen state={place} homeState={homeState} /> : null}
        <p class="quiet">
          Whoever is expected is told when it goes online or comes back to the site; a room stands
          on the page of their week.
        </p>
        <OutsideLicence state={place} />
        <Which state={place} />
      </FoldedForm>
      {isForOne && !isVisit ? null : (
        <FoldedForm state={leader} title="Give it another leader" button="Save the leader">
          <StaffField {...leader.field("leaderId")} label="Who leads" staff={staff} />
          {isVisit ? null : (
            <StaffField
              {...leader.field("coLeaderId")}
              label="Who leads with them (optional)"
              staff={staff}
              none="Nobody"
            />
          )}
          <p class="quiet">Nobody is written to: the session is held as it was.</p>
          <OutsideLicence state={leader} />
          <Which state={leader} />
        </FoldedForm>
      )}
    </>
  );
}

function Which({ state }: { readonly state: FormState }) {
  return (
    <>
      <SelectField
        {...state.field("which", "one")}
        label="Which sessions"
        options={[
          { value: "one", text: "This one only" },
          { value: "following", text: "This one and all that follow" },
        ]}
      />
      <TextField {...state.field("words")} label="Why, for staff" isWide={true} />
    </>
  );
}
