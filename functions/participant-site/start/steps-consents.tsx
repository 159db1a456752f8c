import { phoneLabel } from "../../../shared/care/contact-points/contact-point.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { Agreement } from "../../../shared/web/parts/choices.tsx";
import type { Language } from "../../../shared/web/texts/language.ts";
import { inLanguage } from "../../../shared/web/texts/language.ts";
import { formTexts } from "../texts/intake-form.ts";
import type { DraftField, DraftValues } from "./draft.ts";
import type { Step, StepContext } from "./step.ts";

type ConsentField = Extract<DraftField, `${string}Consent`>;

/** The wording that people agree to is the policy's own: the version that is kept with the consent. */
function wording(ctx: StepContext, key: string): { readonly text: string; readonly lang: string } {
  const found = inLanguage(ownValue(ctx.policy.legalText, key) ?? {}, ctx.language);
  return { text: found.text, lang: found.language };
}

/** One consent on a page of its own, with a box that is not ticked beforehand. */
function consentStep(input: {
  readonly name: string;
  readonly field: ConsentField;
  readonly of: "phone" | "email";
  readonly address: (values: DraftValues) => string;
}): Step {
  const { name, field, of } = input;
  const texts = (language: Language) => formTexts[language][field];
  return {
    name,
    fields: [field],
    inputs: [field],
    isAsked: (values) => (values[of] ?? "") !== "",
    read: (form, { language }) => {
      const sent = form.get(field);
      if (sent !== undefined && sent !== "yes")
        return { errors: [{ field, text: texts(language).wrong }] };
      return { values: { [field]: sent === "yes" ? "yes" : "no" } };
    },
    title: ({ language }) => texts(language).title,
    render: (view) => {
      const legal = wording(view, field);
      const warning = wording(view, "unencryptedWarning");
      return (
        <Agreement
          name={field}
          heading={texts(view.language).title}
          label={legal.text}
          hint={texts(view.language).hint(input.address(view.values))}
          isChecked={view.values[field] === "yes"}
        >
          {field === "voicemailConsent" ? null : (
            <p class="govuk-body" lang={warning.lang}>
              {warning.text}
            </p>
          )}
        </Agreement>
      );
    },
    rows: (values, { language }) => [
      {
        key: texts(language).row,
        value: values[field] === "yes" ? formTexts[language].agreed : formTexts[language].notAgreed,
      },
    ],
  };
}

/** The participant's own word, one for each way of writing; leaving a box empty is fine. */
export const stepsConsents: readonly Step[] = [
  consentStep({
    name: "texts",
    field: "smsConsent",
    of: "phone",
    address: (values) => phoneLabel(values.phone ?? ""),
  }),
  consentStep({
    name: "emails",
    field: "emailConsent",
    of: "email",
    address: (values) => values.email ?? "",
  }),
  consentStep({
    name: "voicemail",
    field: "voicemailConsent",
    of: "phone",
    address: (values) => phoneLabel(values.phone ?? ""),
  }),
];
