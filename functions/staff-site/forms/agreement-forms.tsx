import { onlyByTheirOwnStart } from "../../../shared/care/contact-points/decide-contact-point.ts";
import type { Policy } from "../../../shared/care/program/policy.ts";
import type { Person, Reach } from "../../../shared/staff/people/read-person.ts";
import { SelectField, TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { dateInZone } from "../ui/times.ts";
import { ConsentFields } from "./consent-fields.tsx";
import type { Forms } from "./sent-form.ts";
import { FoldedForm } from "./staff-form.tsx";

/** What the person agrees to be sent, and whether a number or address may be used at all. */
export function AgreementForms({
  forms,
  person,
  policy,
}: {
  readonly forms: Forms;
  readonly person: Person;
  readonly policy: Policy;
}) {
  const { episode, phone, email } = person;
  const consent = forms("consent");
  const reach = forms("reach-state");
  const channels = [
    ...(episode.reach.sms === undefined ? [] : [{ value: "sms", text: "The phone number" }]),
    ...(episode.reach.email === undefined ? [] : [{ value: "email", text: "The email address" }]),
  ];
  return (
    <>
      <FoldedForm state={consent} title="What they agree to be sent" button="Write it down">
        <ConsentFields state={consent} episode={episode} policy={policy} />
        <SelectField
          {...consent.field("how", "phone")}
          label="How they said it"
          options={[
            { value: "phone", text: "On the phone" },
            { value: "paper", text: "On paper" },
            { value: "in-person", text: "In person" },
          ]}
        />
        <TextField
          {...consent.field("witness")}
          label="Witness"
          hint="On paper or in person: who saw it signed or heard it. Your own name where it was only you."
          maxlength={120}
        />
        <TextArea
          {...consent.field("reason")}
          label="Note"
          hint="Optional"
          maxlength={1000}
          isHeading={false}
        />
      </FoldedForm>
      {channels.length === 0 ? null : (
        <FoldedForm
          state={reach}
          title="Close or open a number or address"
          button="Save what was said"
        >
          <StopNote what="The phone number" point={phone} zone={episode.timeZone} />
          <StopNote what="The email address" point={email} zone={episode.timeZone} />
          <SelectField {...reach.field("channel")} label="Which" options={channels} />
          <SelectField
            {...reach.field("what")}
            label="What was said"
            options={[
              {
                value: "confirm",
                text: "It is this person’s, and they want messages there: confirm it, or open it again",
              },
              { value: "asked-for-no-more", text: "They want no more messages there" },
              { value: "somebody-elses", text: "It belongs to somebody else" },
            ]}
          />
          <TextArea {...reach.field("reason")} label="Reason" maxlength={1000} isHeading={false} />
        </FoldedForm>
      )}
    </>
  );
}

/** Says what staff cannot take back, and who can. */
function StopNote({
  what,
  point,
  zone,
}: {
  readonly what: string;
  readonly point: Reach | undefined;
  readonly zone: string;
}) {
  if (point?.stopped === undefined) return null;
  const isTheirs = onlyByTheirOwnStart.includes(point.stopped.how);
  return (
    <p>
      {what} was closed on {dateInZone(point.stopped.at, zone)}: no more messages are wanted there.{" "}
      {isTheirs
        ? "Only they can open it again, by texting START from it: the carrier has noted it, too."
        : "Where they say that they want them again, open it here."}
    </p>
  );
}
