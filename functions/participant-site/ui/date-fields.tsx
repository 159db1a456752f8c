import type { Language } from "../texts/language.ts";
import { describedBy, ErrorMessage, type FieldError, groupClass } from "./fields.tsx";

export type DatePart = {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly isYear?: boolean;
};

/** A date that people know by heart: month, day and year in fields of their own. */
export function DateFields({
  language,
  name,
  label,
  hint,
  errors,
  parts,
}: {
  readonly language: Language;
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly errors: readonly FieldError[];
  readonly parts: readonly DatePart[];
}) {
  const error = errors[0]?.text;
  const isWrong = (part: string) => errors.some((one) => one.field === part);
  return (
    <div class={groupClass(error)}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(name, hint, error)}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
          <h1 class="govuk-fieldset__heading">{label}</h1>
        </legend>
        <div id={`${name}-hint`} class="govuk-hint">
          {hint}
        </div>
        <ErrorMessage id={name} text={error} language={language} />
        <div class="govuk-date-input" id={name}>
          {parts.map((part) => (
            <div class="govuk-date-input__item">
              <div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for={part.name}>
                  {part.label}
                </label>
                <input
                  class={`govuk-input govuk-date-input__input govuk-input--width-${part.isYear === true ? "4" : "2"}${isWrong(part.name) ? " govuk-input--error" : ""}`}
                  id={part.name}
                  name={part.name}
                  type="text"
                  inputmode="numeric"
                  maxlength={4}
                  value={part.value}
                  autocomplete={`bday-${part.name.replace("birth-", "")}`}
                />
              </div>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
