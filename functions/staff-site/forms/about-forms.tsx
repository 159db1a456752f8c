// Long because it is one list: a short form for each group of facts about a person.

import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { SelectField, TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { zoneName } from "../ui/times.ts";
import { CorrectionForm, type Group, given } from "./about-form-parts.tsx";
import { choices, commonLanguages, phoneKindOptions, stateOptions } from "./known-choices.ts";
import type { FormState } from "./sent-form.ts";

const commonZones = [
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "Pacific/Honolulu",
  "America/Puerto_Rico",
];

/** One short form for each group of facts, folded away until it is needed. */
export function CorrectionForms({ forms, facts }: Group) {
  const group = { forms, facts };
  return (
    <>
      <NameForm {...group} />
      <BirthForm {...group} />
      <PhoneForm {...group} />
      <EmailForm {...group} />
      <ReachForm {...group} />
      <HomeForm {...group} />
      <LanguageForm {...group} />
      <AccessForm {...group} />
      <EmergencyForm {...group} />
      <ReferralForm {...group} />
    </>
  );
}

function NameForm({ forms, facts }: Group) {
  const state = forms("names");
  return (
    <CorrectionForm
      state={state}
      title="Names and pronouns"
      facts={facts}
      fields={["given", "family", "preferredName", "pronouns"]}
    >
      <TextField {...given(state, facts, "given")} label="Given name" maxlength={100} />
      <TextField {...given(state, facts, "family")} label="Family name" maxlength={100} />
      <TextField
        {...given(state, facts, "preferredName")}
        label="Preferred name"
        hint="What they are called on pages and calls. Leave empty where it is the given name."
        maxlength={100}
      />
      <TextField {...given(state, facts, "pronouns")} label="Pronouns" maxlength={40} />
    </CorrectionForm>
  );
}

function BirthForm({ forms, facts }: Group) {
  const state = forms("birth");
  return (
    <CorrectionForm
      state={state}
      title="Birth date and record number"
      facts={facts}
      fields={["birthDate", "recordNumber"]}
    >
      <TextField {...given(state, facts, "birthDate")} label="Birth date" type="date" />
      <TextField {...given(state, facts, "recordNumber")} label="Record number" maxlength={60} />
    </CorrectionForm>
  );
}

/** Who gave a number or address, and what is so of the one before. */
function GivenBy({ state }: { readonly state: FormState }) {
  return (
    <>
      <SelectField
        {...state.field("givenBy", "participant")}
        label="Who gave it"
        hint="What they agreed to stands only for what they gave themselves."
        options={[
          { value: "participant", text: "The person themselves" },
          { value: "someone-else", text: "Somebody else" },
        ]}
      />
      <SelectField
        {...state.field("former")}
        label="The one before"
        options={[
          { value: "", text: "Nothing is known about it" },
          { value: "no-longer-used", text: "Is no longer used" },
          { value: "somebody-elses", text: "Belongs to somebody else" },
        ]}
      />
    </>
  );
}

function PhoneForm({ forms, facts }: Group) {
  const state = forms("phone");
  return (
    <CorrectionForm state={state} title="Phone" facts={facts} fields={["phone", "phoneKind"]}>
      <TextField
        {...given(state, facts, "phone")}
        label="Phone number"
        hint="A US number as it is written, one from elsewhere with + and its country code. Leave empty where they have none."
        type="tel"
      />
      <SelectField
        {...state.field("phoneKind", facts.phoneKind === "" ? "own" : facts.phoneKind)}
        label="Whose phone it is"
        options={phoneKindOptions()}
      />
      <GivenBy state={state} />
    </CorrectionForm>
  );
}

function EmailForm({ forms, facts }: Group) {
  const state = forms("email");
  return (
    <CorrectionForm state={state} title="Email" facts={facts} fields={["email"]}>
      <TextField
        {...given(state, facts, "email")}
        label="Email address"
        hint="Leave empty where they have none."
        type="email"
        isWide
      />
      <GivenBy state={state} />
    </CorrectionForm>
  );
}

function ReachForm({ forms, facts }: Group) {
  const state = forms("reach");
  return (
    <CorrectionForm
      state={state}
      title="Safe times, and other ways to reach them"
      facts={facts}
      fields={["safeTimes", "reachBy"]}
    >
      <TextArea
        {...given(state, facts, "safeTimes")}
        label="When it is safe to ring"
        hint="And what to beware of: who else may answer, what not to say."
        maxlength={300}
        isHeading={false}
      />
      <TextArea
        {...given(state, facts, "reachBy")}
        label="How to reach them without a phone or an email"
        maxlength={300}
        isHeading={false}
      />
    </CorrectionForm>
  );
}

function HomeForm({ forms, facts }: Group) {
  const state = forms("home");
  return (
    <CorrectionForm state={state} title="Home" facts={facts} fields={["homeAddress", "homeState"]}>
      <p class="quiet">
        Where help would be sent to during an online session, and whose licence counts there. Empty
        both where nobody knows it.
      </p>
      <TextField
        {...given(state, facts, "homeAddress")}
        label="Home address"
        maxlength={200}
        isWide={true}
      />
      <SelectField
        {...given(state, facts, "homeState")}
        label="State"
        options={stateOptions("Not known")}
      />
    </CorrectionForm>
  );
}

function LanguageForm({ forms, facts }: Group) {
  const state = forms("language");
  return (
    <CorrectionForm
      state={state}
      title="Language, interpreter and time zone"
      facts={facts}
      fields={["language", "interpreter", "timeZone"]}
    >
      <SelectField
        {...given(state, facts, "language")}
        label="Language"
        options={[
          ...choices(commonLanguages, facts.language, languageWords),
          { value: "other", text: "Another language" },
        ]}
      />
      <TextField
        {...state.field("otherLanguage")}
        label="Another language, by its tag"
        hint="Such as uk for Ukrainian or es-MX. Only where it is not in the list."
        maxlength={35}
      />
      <SelectField
        {...given(state, facts, "interpreter")}
        label="Interpreter"
        options={[
          { value: "no", text: "Not needed" },
          { value: "yes", text: "Needed" },
        ]}
      />
      <SelectField
        {...given(state, facts, "timeZone")}
        label="Time zone"
        hint="Where the person is: messages go in their hours."
        options={choices(commonZones, facts.timeZone, zoneName)}
      />
    </CorrectionForm>
  );
}

function AccessForm({ forms, facts }: Group) {
  const state = forms("access");
  return (
    <CorrectionForm state={state} title="Access needs" facts={facts} fields={["accessNeeds"]}>
      <TextArea
        {...given(state, facts, "accessNeeds")}
        label="What they need to take part"
        maxlength={500}
        isHeading={false}
      />
    </CorrectionForm>
  );
}

function EmergencyForm({ forms, facts }: Group) {
  const state = forms("emergency");
  return (
    <CorrectionForm
      state={state}
      title="Emergency contact"
      facts={facts}
      fields={["contactName", "contactRelationship", "contactPhone"]}
    >
      <p class="quiet">
        Whom to ring in an emergency. It is no release: nothing is told them about the care. Empty
        all three where there is nobody.
      </p>
      <TextField {...given(state, facts, "contactName")} label="Name" maxlength={120} />
      <TextField
        {...given(state, facts, "contactRelationship")}
        label="Who they are to the person"
        hint="Optional"
        maxlength={60}
      />
      <TextField {...given(state, facts, "contactPhone")} label="Their phone" type="tel" />
    </CorrectionForm>
  );
}

const knownOrNot = [
  { value: "", text: "Not known" },
  { value: "yes", text: "Yes" },
  { value: "no", text: "No" },
];

function ReferralForm({ forms, facts }: Group) {
  const state = forms("referral");
  return (
    <CorrectionForm
      state={state}
      title="Pregnancy, injecting and higher care"
      facts={facts}
      fields={["pregnant", "injects", "recentHigherCareOn"]}
    >
      <p class="quiet">
        What an admission is decided by, and who is first when a place is free. A nurse reviews
        withdrawal and medication where somebody is pregnant or injects.
      </p>
      <SelectField {...given(state, facts, "pregnant")} label="Pregnant" options={knownOrNot} />
      <SelectField {...given(state, facts, "injects")} label="Injects drugs" options={knownOrNot} />
      <TextField
        {...given(state, facts, "recentHigherCareOn")}
        label="Last day of hospital, detox or other higher care"
        hint="Leave empty where there was none."
        type="date"
      />
    </CorrectionForm>
  );
}
