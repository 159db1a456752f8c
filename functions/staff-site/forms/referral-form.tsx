// Long because it is one page's form, as it is filled in from top to bottom during a call.
import type { Child } from "hono/jsx";
import { agreements, consentTextKeys } from "../../../shared/care/people/consent-record.ts";
import type { Policy } from "../../../shared/care/program/policy.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import {
  SelectField,
  type SelectOption,
  TextArea,
  TextField,
} from "../../../shared/web/parts/fields.tsx";
import { Card } from "../ui/parts.tsx";
import { choices, commonLanguages, phoneKindOptions } from "./known-choices.ts";
import type { callers } from "./read-referral-form.ts";
import type { FormState } from "./sent-form.ts";
import { StaffForm } from "./staff-form.tsx";

const callerWords: Readonly<Record<(typeof callers)[number], string>> = {
  person: "The person themself",
  service: "A hospital, clinic or other service",
  family: "Family, or somebody close to them",
  other: "Somebody else",
};

const afterKinds: Readonly<Record<string, string>> = {
  inpatient: "Inpatient care",
  "emergency-department": "An emergency department",
  detox: "Detox",
  residential: "Residential care",
  "crisis-care": "Crisis care",
  outpatient: "Outpatient care",
  "primary-care": "Primary care",
  court: "A court",
  other: "Something else",
};

/** What can be agreed to before somebody is in the program. */
const askedFirst = agreements.filter((one) => one !== "aftercare");
const agreementWords = { sms: "Texts", email: "Emails", voicemail: "Voicemail" } as const;

type Props = {
  readonly state: FormState;
  readonly policy: Policy;
  readonly offered: readonly SelectOption[];
  /** The questions about records that are perhaps of the same person, where there are any. */
  readonly likely: Child;
};

/** All that a first call says, on one page: the minimum above, the rest folded away. */
export function ReferralForm({ state, policy, offered, likely }: Props) {
  return (
    <StaffForm state={state} isCard={false}>
      {likely}
      <div class="columns">
        <div>
          <WhoRings state={state} offered={offered} />
          <WhoItIs state={state} />
        </div>
        <div>
          <WhatIsSaid state={state} />
          <WhatIsAgreed state={state} policy={policy} />
          <MoreFacts state={state} />
        </div>
      </div>
      <div class="buttons">
        <button type="submit" data-prevent-double-click="true">
          Take the referral
        </button>
      </div>
    </StaffForm>
  );
}

function WhoRings({ state, offered }: Pick<Props, "state" | "offered">) {
  const [only] = offered;
  return (
    <Card>
      <h2>Who it comes from</h2>
      <SelectField
        {...state.field("caller")}
        label="Who is calling or writing"
        options={[
          { value: "", text: "Choose" },
          ...Object.entries(callerWords).map(([value, text]) => ({ value, text })),
        ]}
      />
      <TextField
        {...state.field("callerName")}
        label="Their name"
        hint="Leave this and the next two empty where it is the person themself."
        maxlength={120}
      />
      <TextField
        {...state.field("callerFrom")}
        label="Where they work, or who they are to the person"
        maxlength={60}
      />
      <TextField {...state.field("callerPhone")} label="Their number" type="tel" />
      <SelectField
        {...state.field("place", offered.length === 1 ? only?.value : "")}
        label="Site and program"
        options={offered.length === 1 ? offered : [{ value: "", text: "Choose" }, ...offered]}
      />
    </Card>
  );
}

function WhoItIs({ state }: Pick<Props, "state">) {
  return (
    <Card>
      <h2>Who it is about</h2>
      <TextField {...state.field("given")} label="Given name" maxlength={100} />
      <TextField {...state.field("family")} label="Family name" maxlength={100} />
      <TextField
        {...state.field("birthDate")}
        label="Birth date"
        hint="Leave empty where nobody knows it: it is asked on the first call."
        type="date"
      />
      <TextField
        {...state.field("phone")}
        label="Phone number"
        hint="A US number as it is written, one from elsewhere with + and its country code. Leave empty where they have none."
        type="tel"
      />
      <SelectField
        {...state.field("phoneKind", "own")}
        label="Whose phone it is"
        options={phoneKindOptions()}
      />
      <TextArea
        {...state.field("reachBy")}
        label="How else to reach them"
        hint="Asked for where there is neither a phone nor an email: through the ward, at a shelter, on Mondays at the clinic."
        maxlength={300}
        isHeading={false}
      />
      <SelectField
        {...state.field("language", "en")}
        label="Language"
        options={[
          ...choices(commonLanguages, "", languageWords),
          { value: "other", text: "Another language" },
        ]}
      />
      <TextField
        {...state.field("otherLanguage")}
        label="Another language, by its tag"
        hint="Such as uk for Ukrainian. Only where it is not in the list."
        maxlength={35}
      />
      <SelectField
        {...state.field("interpreter", "no")}
        label="Interpreter"
        options={[
          { value: "no", text: "Not needed" },
          { value: "yes", text: "Needed" },
        ]}
      />
    </Card>
  );
}

function WhatIsSaid({ state }: Pick<Props, "state">) {
  return (
    <Card>
      <h2>What is said</h2>
      <TextArea
        {...state.field("reason")}
        label="Why now"
        hint="In the caller’s own words. Words of danger are read, here and below."
        maxlength={2000}
        isHeading={false}
      />
      <Radios
        {...state.field("safetyAsked")}
        label="Safety"
        hint="Suicide, harm to somebody else, an overdose, danger at home, withdrawal."
        isHeading={false}
        options={[
          { value: "nothing", text: "Asked: nothing was said" },
          { value: "said", text: "Something was said, and I am not worried" },
          { value: "concern", text: "I am worried: alert a clinician now" },
          { value: "not-asked", text: "Not asked" },
        ]}
      />
      <TextArea
        {...state.field("safety")}
        label="What was said about it"
        hint="Word for word, where something was said."
        maxlength={1000}
        isHeading={false}
      />
    </Card>
  );
}

function WhatIsAgreed({ state, policy }: Pick<Props, "state" | "policy">) {
  return (
    <Card>
      <h2>What the person agrees to</h2>
      <p class="quiet">
        Only what the person says themself counts, and nothing before they were read the words.
        Without it nothing is sent, and somebody calls.
      </p>
      {askedFirst.map((one) => (
        <>
          <Wordings
            texts={ownValue(policy.legalText, consentTextKeys[one]) ?? {}}
            of={agreementWords[one]}
          />
          <SelectField
            {...state.field(`consent.${one}`)}
            label={agreementWords[one]}
            options={[
              { value: "", text: "Not asked yet" },
              { value: "given", text: "Agrees" },
              { value: "takenBack", text: "Does not agree" },
            ]}
          />
        </>
      ))}
      <SelectField
        {...state.field("how", "phone")}
        label="How they said it"
        options={[
          { value: "phone", text: "On the phone" },
          { value: "paper", text: "On paper" },
          { value: "in-person", text: "In person" },
        ]}
      />
      <TextField
        {...state.field("witness")}
        label="Witness"
        hint="Who else heard it, such as the interpreter. On paper or in person always: your own name where it was only you."
        maxlength={120}
      />
    </Card>
  );
}

/** The words to read out, in each language that has them. */
function Wordings({
  texts,
  of,
}: {
  readonly texts: Readonly<Record<string, string>>;
  readonly of: string;
}) {
  return (
    <details>
      <summary>Words to read out: {of.toLowerCase()}</summary>
      {Object.entries(texts).map(([tag, text]) => (
        <blockquote lang={tag}>{text}</blockquote>
      ))}
    </details>
  );
}

const yesNo: readonly SelectOption[] = [
  { value: "", text: "Not said" },
  { value: "yes", text: "Yes" },
  { value: "no", text: "No" },
];

const moreFields = [
  "preferredName",
  "email",
  "recordNumber",
  "afterKind",
  "facility",
  "dischargedOn",
  "pregnant",
  "injects",
  "availability",
  "accessNeeds",
];

function MoreFacts({ state }: Pick<Props, "state">) {
  const isFilled = moreFields.some((name) => {
    const { value, errors, id } = state.field(name);
    return value !== "" || errors.some(({ field }) => field === id);
  });
  return (
    <Card>
      <details open={isFilled}>
        <summary>More, where it was said</summary>
        <TextField {...state.field("preferredName")} label="Preferred name" maxlength={100} />
        <TextField {...state.field("email")} label="Email address" type="email" isWide />
        <TextField {...state.field("recordNumber")} label="Record number" maxlength={60} />
        <SelectField
          {...state.field("afterKind")}
          label="Comes from"
          hint="Somebody who leaves higher care is decided on first."
          options={[
            { value: "", text: "Not said" },
            ...Object.entries(afterKinds).map(([value, text]) => ({ value, text })),
          ]}
        />
        <TextField {...state.field("facility")} label="Name of the place" maxlength={160} />
        <TextField
          {...state.field("dischargedOn")}
          label="Day of leaving there"
          hint="Leave empty where they are still there."
          type="date"
        />
        <SelectField {...state.field("pregnant")} label="Pregnant" options={yesNo} />
        <SelectField {...state.field("injects")} label="Injects drugs" options={yesNo} />
        <TextArea
          {...state.field("availability")}
          label="When they can come"
          maxlength={500}
          isHeading={false}
        />
        <TextArea
          {...state.field("accessNeeds")}
          label="What they need to take part"
          maxlength={500}
          isHeading={false}
        />
      </details>
    </Card>
  );
}
