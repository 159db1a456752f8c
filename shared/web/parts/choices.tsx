import type { Child } from "hono/jsx";
import { describedBy, ErrorMessage, errorOf, type FieldProps, groupClass } from "./fields.tsx";

export type RadioOption = {
  readonly value: string;
  readonly text: string;
  readonly lang?: string | undefined;
  readonly hint?: string | undefined;
};

/** One question with its answers; nothing is chosen beforehand unless it was answered already. */
export function Radios(
  props: FieldProps & {
    readonly options: readonly RadioOption[];
    /** Above the question, read as part of it. */
    readonly lead?: Child;
    readonly isHeading?: boolean;
    readonly lang?: string | undefined;
  },
) {
  const { language, name, label, errors, hint, value, options, lead, lang } = props;
  const ownId = props.id ?? name;
  const error = errorOf(errors, ownId);
  return (
    <div class={groupClass(error)}>
      <fieldset
        class="govuk-fieldset"
        aria-describedby={describedBy(ownId, hint, error)}
        lang={lang}
      >
        <legend
          class={`govuk-fieldset__legend ${props.isHeading === false ? "govuk-fieldset__legend--m" : "govuk-fieldset__legend--l"}`}
        >
          {lead}
          {props.isHeading === false ? label : <h1 class="govuk-fieldset__heading">{label}</h1>}
        </legend>
        {hint === undefined ? null : (
          <div id={`${ownId}-hint`} class="govuk-hint">
            {hint}
          </div>
        )}
        <ErrorMessage id={ownId} text={error} language={language} />
        <div class="govuk-radios">
          {options.map((option, index) => {
            // The error summary links to the first answer.
            const id = index === 0 ? ownId : `${ownId}-${index + 1}`;
            return (
              <div class="govuk-radios__item">
                <input
                  class="govuk-radios__input"
                  id={id}
                  name={name}
                  type="radio"
                  value={option.value}
                  checked={value === option.value}
                />
                <label class="govuk-label govuk-radios__label" for={id} lang={option.lang}>
                  {option.text}
                </label>
                {option.hint === undefined ? null : (
                  <div class="govuk-hint govuk-radios__hint">{option.hint}</div>
                )}
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
}

/** One box to tick, among other fields. */
export function Checkbox({
  name,
  id = name,
  label,
  value,
}: Pick<FieldProps, "name" | "id" | "label" | "value">) {
  return (
    <div class="govuk-form-group">
      <div class="govuk-checkboxes">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            id={id}
            name={name}
            type="checkbox"
            value="yes"
            checked={value === "yes"}
          />
          <label class="govuk-label govuk-checkboxes__label" for={id}>
            {label}
          </label>
        </div>
      </div>
    </div>
  );
}

/** One box that is not ticked beforehand. */
export function Agreement({
  name,
  label,
  heading,
  hint,
  isChecked,
  children,
}: {
  readonly name: string;
  readonly label: string;
  readonly heading: string;
  readonly hint: Child;
  readonly isChecked: boolean;
  readonly children?: Child;
}) {
  return (
    <div class="govuk-form-group">
      <fieldset class="govuk-fieldset" aria-describedby={`${name}-hint`}>
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--l">
          <h1 class="govuk-fieldset__heading">{heading}</h1>
        </legend>
        <div id={`${name}-hint`} class="govuk-hint">
          {hint}
        </div>
        {children}
        <div class="govuk-checkboxes">
          <div class="govuk-checkboxes__item">
            <input
              class="govuk-checkboxes__input"
              id={name}
              name={name}
              type="checkbox"
              value="yes"
              checked={isChecked}
            />
            <label class="govuk-label govuk-checkboxes__label" for={name}>
              {label}
            </label>
          </div>
        </div>
      </fieldset>
    </div>
  );
}
