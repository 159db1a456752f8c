import type { Language } from "../texts/language.ts";
import { describedBy, ErrorMessage, errorOf, type FieldError, groupClass } from "./fields.tsx";

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
  return (
    <div class={groupClass(errors[0]?.text)}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(name, hint, undefined)}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
          <h1 class="govuk-fieldset__heading">{label}</h1>
        </legend>
        <div id={`${name}-hint`} class="govuk-hint">
          {hint}
        </div>
        {errors.map((error) => (
          <ErrorMessage id={error.field} text={error.text} language={language} />
        ))}
        <div class="govuk-date-input" id={name}>
          {parts.map((part) => {
            const error = errorOf(errors, part.name);
            return (
              <div class="govuk-date-input__item">
                <div class="govuk-form-group">
                  <label class="govuk-label govuk-date-input__label" for={part.name}>
                    {part.label}
                  </label>
                  <input
                    class={`govuk-input govuk-date-input__input govuk-input--width-${part.isYear === true ? "4" : "2"}${error === undefined ? "" : " govuk-input--error"}`}
                    id={part.name}
                    name={part.name}
                    type="text"
                    inputmode="numeric"
                    maxlength={4}
                    value={part.value}
                    autocomplete={`bday-${part.name.replace("birth-", "")}`}
                    aria-describedby={describedBy(part.name, undefined, error)}
                    aria-invalid={error === undefined ? undefined : "true"}
                  />
                </div>
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
}
