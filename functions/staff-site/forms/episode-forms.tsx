import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isInProgram, isTerminal } from "../../../shared/care/episode/status.ts";
import { mayKeepContact } from "../../../shared/care/pathway/aftercare-hand-off.ts";
import { dispositions } from "../../../shared/care/program/program.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import { SelectField, TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { SafetyQuestion } from "./safety-question.tsx";
import type { FormState, Forms } from "./sent-form.ts";
import { type Colleague, StaffField } from "./staff-field.tsx";
import { FoldedForm } from "./staff-form.tsx";

const leaveKinds = ["hospital", "detox", "jail", "medical", "family", "vacation"] as const;
const channels = ["phone", "in-person", "text", "email", "letter"] as const;
const contactOutcomes = [
  { value: "reached", text: "Reached" },
  { value: "not-reached", text: "Not reached" },
  { value: "left-voicemail", text: "Left a voicemail" },
  { value: "left-message", text: "Left a message" },
  { value: "declined", text: "Reached, and declined" },
] as const;

/** What staff may do on a participant's page, each folded away until it is needed. */
export function EpisodeForms({
  episode,
  forms,
  staffId,
  staff,
  isPhoneUnconfirmed,
  offersWeeklyCalls,
}: {
  readonly episode: Episode;
  readonly forms: Forms;
  readonly staffId: string;
  readonly staff: readonly Colleague[];
  readonly isPhoneUnconfirmed: boolean;
  readonly offersWeeklyCalls: boolean;
}) {
  const { status } = episode;
  // What is left is written down: nobody is followed up, taken back or withdrawn.
  if (episode.disposition === "deceased") return <ContactForm state={forms("contact")} />;
  return (
    <>
      <ContactForm state={forms("contact")} />
      {isPhoneUnconfirmed ? (
        <ReasonForm
          state={forms("confirm")}
          title="Confirm the phone number"
          button="It is this person’s number"
        />
      ) : null}
      {status === "active" || status === "discharge-planning" ? (
        <LeaveForm state={forms("hold")} staffId={staffId} staff={staff} />
      ) : null}
      {status === "onhold" ? (
        <ReasonForm
          state={forms("resume")}
          title="Return from leave"
          button="Record the return"
          over="Take the person back although a group is full"
        />
      ) : null}
      {isInProgram(status) ? <DischargeForm state={forms("discharge")} /> : null}
      {status === "discharged" ? (
        <ReasonForm
          state={forms("reverse-discharge")}
          title="Reverse the discharge"
          button="Reverse it"
          over="Take the person back although a group is full"
        />
      ) : null}
      {["discharge-planning", "discharged", "aftercare"].includes(status) ? (
        <TrackForm state={forms("track")} episode={episode} offersWeeklyCalls={offersWeeklyCalls} />
      ) : null}
      {status === "aftercare" ? (
        <KeeperForm state={forms("keeper")} episode={episode} staff={staff} />
      ) : null}
      {isTerminal(status) ? null : (
        <ReasonForm state={forms("withdraw")} title="Withdrawal" button="Record the withdrawal" />
      )}
    </>
  );
}

function options(values: readonly string[]) {
  return values.map((value) => ({ value, text: capitalised(plain(value)) }));
}

type OneForm = { readonly state: FormState };

function ContactForm({ state }: OneForm) {
  return (
    <FoldedForm state={state} title="Write down a contact" button="Save">
      <ContactFields state={state} />
    </FoldedForm>
  );
}

/** What is written down of a contact: how, what came of it, the words, and whether somebody is worried. */
export function ContactFields({ state }: OneForm) {
  return (
    <>
      <SelectField {...state.field("channel")} label="By" options={options(channels)} />
      <SelectField {...state.field("outcome")} label="Outcome" options={contactOutcomes} />
      <TextArea
        {...state.field("note")}
        label="Note"
        hint="Optional"
        maxlength={2000}
        isHeading={false}
      />
      <SafetyQuestion state={state} />
    </>
  );
}

function LeaveForm({
  state,
  staffId,
  staff,
}: OneForm & { readonly staffId: string; readonly staff: readonly Colleague[] }) {
  return (
    <FoldedForm state={state} title="Leave" button="Put on leave">
      <SelectField {...state.field("kind")} label="Kind" options={options(leaveKinds)} />
      <TextField
        {...state.field("expectedReturnOn")}
        label="Expected return"
        hint="Optional"
        type="date"
      />
      <StaffField
        {...state.field("contactKeptBy", staffId)}
        label="Who keeps contact"
        staff={staff}
      />
      <Reason state={state} />
    </FoldedForm>
  );
}

function DischargeForm({ state }: OneForm) {
  return (
    <FoldedForm state={state} title="Discharge" button="Begin the discharge">
      <SelectField
        {...state.field("disposition")}
        label="How it ends"
        options={options(dispositions)}
      />
      <Reason state={state} />
    </FoldedForm>
  );
}

const tracks = {
  "program-days": "On the program’s days",
  stretched: "Further apart, while the person stays well",
  "weekly-calls": "A call each week, later every two weeks",
} as const;

function TrackForm({
  state,
  episode,
  offersWeeklyCalls,
}: OneForm & { readonly episode: Episode; readonly offersWeeklyCalls: boolean }) {
  const now = episode.aftercare?.track?.name ?? "program-days";
  const closerUntil = episode.aftercare?.closerUntil;
  const offered = (["program-days", "stretched", "weekly-calls"] as const).filter(
    (track) => track !== "weekly-calls" || offersWeeklyCalls || now === track,
  );
  return (
    <FoldedForm state={state} title="Contacts after the program" button="Save">
      <SelectField
        {...state.field("track", now)}
        label="How often"
        hint={`Now: ${closerUntil === undefined ? tracks[now].toLowerCase() : `closer together until ${closerUntil}`}`}
        options={offered.map((value) => ({ value, text: tracks[value] }))}
      />
      <Reason state={state} />
    </FoldedForm>
  );
}

function KeeperForm({
  state,
  episode,
  staff,
}: OneForm & { readonly episode: Episode; readonly staff: readonly Colleague[] }) {
  const keptBy = episode.aftercare?.keptBy?.staffId;
  return (
    <FoldedForm
      state={state}
      title={keptBy === undefined ? "Name who keeps contact" : "Somebody else keeps contact"}
      button="Save"
    >
      <StaffField
        {...state.field("keptBy", keptBy)}
        label="Who keeps contact"
        hint={`From now on the calls are theirs first, and they hear of it${keptBy === undefined ? "" : ". So does whoever has kept contact until now"}`}
        staff={staff.filter(mayKeepContact)}
        {...(keptBy === undefined ? { none: "Choose one" } : {})}
      />
      <Reason state={state} />
    </FoldedForm>
  );
}

function ReasonForm({
  state,
  title,
  button,
  over,
}: OneForm & {
  readonly title: string;
  readonly button: string;
  /** Where it brings somebody into groups: what is ticked when one is full. */
  readonly over?: string;
}) {
  return (
    <FoldedForm state={state} title={title} button={button}>
      <Reason state={state} />
      {over === undefined ? null : <Checkbox {...state.field("overCapacity")} label={over} />}
    </FoldedForm>
  );
}

function Reason({ state }: OneForm) {
  return <TextArea {...state.field("reason")} label="Reason" maxlength={1000} isHeading={false} />;
}
