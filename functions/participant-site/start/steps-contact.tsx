import {
  isOwnNumber,
  phoneLabel,
  readOwnPhone,
  withoutInvisibleMarks,
} from "../../../shared/care/contact-points/contact-point.ts";
import { emailField } from "../../../shared/contracts/intake-request.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import { TextArea, TextField } from "../../../shared/web/parts/fields.tsx";
import { formTexts } from "../texts/intake-form.ts";
import { type Step, shown, wordsOf } from "./step.ts";

const phoneKinds = ["own", "shared", "work", "held-by-staff"] as const;
const longestEmail = 254;
const longestReachBy = 200;

const phoneStep: Step = {
  name: "phone",
  fields: ["phone"],
  inputs: ["phone"],
  isAsked: () => true,
  read(form, { language, sites }, values) {
    const t = formTexts[language].phone;
    const wrong = (text: string) => ({ errors: [{ field: "phone", text }] });
    const text = form.get("phone") ?? "";
    if (withoutInvisibleMarks(text).trim() === "") return { values: { phone: "" } };
    const reading = readOwnPhone(text, "us");
    if (reading.problem === "extension") return wrong(t.extension(reading.extension));
    if (reading.problem !== undefined) return wrong(t.problems[reading.problem]);
    const { phone } = reading;
    if (isOwnNumber(sites, phone)) return wrong(t.own);
    // What was agreed for one number does not hold for another.
    return phone === values.phone
      ? { values: { phone } }
      : {
          values: { phone },
          forget: ["phoneKind", "smsConsent", "voicemailConsent"],
        };
  },
  title: ({ language }) => formTexts[language].phone.title,
  render: (view) => {
    const t = formTexts[view.language].phone;
    const kept = view.values.phone;
    return (
      <TextField
        language={view.language}
        name="phone"
        label={t.title}
        hint={t.hint}
        isHeading
        type="tel"
        errors={view.errors}
        value={view.sent?.get("phone") ?? (kept === undefined ? undefined : phoneLabel(kept))}
        autocomplete="tel"
        maxlength={40}
      />
    );
  },
  rows: (values, { language }) => [
    { key: formTexts[language].phone.row, value: phoneLabel(values.phone ?? "") },
  ],
};

const phoneKind: Step = {
  name: "phone-kind",
  fields: ["phoneKind"],
  inputs: ["phoneKind"],
  isAsked: (values) => hasPhone(values),
  read(form, { language }) {
    const kind = phoneKinds.find((one) => one === form.get("phoneKind"));
    if (kind !== undefined) return { values: { phoneKind: kind } };
    return { errors: [{ field: "phoneKind", text: formTexts[language].phoneKind.missing }] };
  },
  title: ({ language }) => formTexts[language].phoneKind.title,
  render: (view) => {
    const t = formTexts[view.language].phoneKind;
    return (
      <Radios
        language={view.language}
        name="phoneKind"
        label={t.title}
        hint={t.hint}
        errors={view.errors}
        value={shown(view, "phoneKind")}
        options={phoneKinds.map((kind) => ({ value: kind, text: t.kinds[kind] }))}
      />
    );
  },
  rows: (values, { language }) => {
    const t = formTexts[language].phoneKind;
    const kind = phoneKinds.find((one) => one === values.phoneKind);
    return [{ key: t.title, value: kind === undefined ? "" : t.kinds[kind] }];
  },
};

const emailStep: Step = {
  name: "email",
  fields: ["email"],
  inputs: ["email"],
  isAsked: () => true,
  read(form, { language }, values) {
    const text = form.get("email") ?? "";
    if (withoutInvisibleMarks(text).trim() === "") return { values: { email: "" } };
    const email = emailField.safeParse(text).data;
    if (email === undefined)
      return { errors: [{ field: "email", text: formTexts[language].email.wrong }] };
    return email === values.email
      ? { values: { email } }
      : { values: { email }, forget: ["emailConsent"] };
  },
  title: ({ language }) => formTexts[language].email.title,
  render: (view) => {
    const t = formTexts[view.language].email;
    return (
      <TextField
        language={view.language}
        name="email"
        label={t.title}
        hint={t.hint}
        isHeading
        isWide
        type="email"
        errors={view.errors}
        value={shown(view, "email")}
        autocomplete="email"
        maxlength={longestEmail}
      />
    );
  },
  rows: (values, { language }) => [
    { key: formTexts[language].email.row, value: values.email ?? "" },
  ],
};

const reachBy: Step = {
  name: "reach-you",
  fields: ["reachBy"],
  inputs: ["reachBy"],
  isAsked: (values) => values.phone === "" && values.email === "",
  read(form, { language }) {
    const t = formTexts[language].reachBy;
    const text = wordsOf(form, "reachBy", longestReachBy);
    if (text !== undefined && text !== "") return { values: { reachBy: text } };
    const problem = text === undefined ? formTexts[language].tooLong(longestReachBy) : t.missing;
    return { errors: [{ field: "reachBy", text: problem }] };
  },
  title: ({ language }) => formTexts[language].reachBy.title,
  render: (view) => {
    const t = formTexts[view.language].reachBy;
    return (
      <TextArea
        language={view.language}
        name="reachBy"
        label={t.title}
        hint={t.hint}
        errors={view.errors}
        value={shown(view, "reachBy")}
        maxlength={longestReachBy}
      />
    );
  },
  rows: (values, { language }) => [
    { key: formTexts[language].reachBy.row, value: values.reachBy ?? "" },
  ],
};

function hasPhone(values: { readonly phone?: string }): boolean {
  return values.phone !== undefined && values.phone !== "";
}

/** How to reach the person: at least one way. */
export const stepsContact: readonly Step[] = [phoneStep, phoneKind, emailStep, reachBy];
