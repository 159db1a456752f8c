import type { Child } from "hono/jsx";
import { kitTexts } from "../texts/kit.ts";
import type { Language } from "../texts/language.ts";

/** What is wrong with one field, in words that say what to do. */
export type FieldError = { readonly field: string; readonly text: string };

/** What is wrong with this field, in words. */
export function errorOf(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.text;
}

/** Takes the focus when the page loads, and links each problem to its field. */
export function ErrorSummary({
  errors,
  language,
}: {
  readonly errors: readonly FieldError[];
  readonly language: Language;
}) {
  if (errors.length === 0) return null;
  return (
    <div class="govuk-error-summary" tabindex={-1} autofocus={true}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">{kitTexts[language].problem}</h2>
        <div class="govuk-error-summary__body">
          <ul class="govuk-list govuk-error-summary__list">
            {errors.map((error) => (
              <li>
                <a href={`#${error.field}`}>{error.text}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

/** What is wrong with a field, above it. */
export function ErrorMessage({
  id,
  text,
  language,
}: {
  readonly id: string;
  readonly text: string | undefined;
  readonly language: Language;
}) {
  if (text === undefined) return null;
  return (
    <p id={`${id}-error`} class="govuk-error-message">
      <span class="govuk-visually-hidden">{kitTexts[language].error}</span>
      {text}
    </p>
  );
}

/** The ids of what explains a field, for `aria-describedby`. */
export function describedBy(
  id: string,
  hint: unknown,
  error: string | undefined,
): string | undefined {
  const ids = [
    hint === undefined ? undefined : `${id}-hint`,
    error === undefined ? undefined : `${id}-error`,
  ].filter((one) => one !== undefined);
  return ids.length === 0 ? undefined : ids.join(" ");
}

/** The class of the box around a field, which is marked when something is wrong with it. */
export function groupClass(error: string | undefined): string {
  return error === undefined ? "govuk-form-group" : "govuk-form-group govuk-form-group--error";
}

export type FieldProps = {
  readonly language: Language;
  readonly name: string;
  /** Where it is not the name, because several forms of a page have such a field; errors name it by this. */
  readonly id?: string;
  readonly label: string;
  readonly errors: readonly FieldError[];
  readonly hint?: Child | undefined;
  readonly value?: string | undefined;
};

export type TextFieldProps = FieldProps & {
  /** The label is the page's heading. */
  readonly isHeading?: boolean;
  readonly type?: "text" | "tel" | "email" | "date";
  readonly autocomplete?: string;
  readonly isWide?: boolean;
  readonly maxlength?: number;
  /** Brings up the digits on a phone. */
  readonly isNumber?: boolean;
};

/** A labelled field of one line, with hint and error tied to it for screen readers. */
export function TextField(props: TextFieldProps) {
  const {
    language,
    name,
    label,
    errors,
    hint,
    value,
    isHeading,
    type,
    autocomplete,
    isWide,
    maxlength,
    isNumber,
  } = props;
  const id = props.id ?? name;
  const error = errorOf(errors, id);
  const labelElement = (
    <label
      class={isHeading === true ? "govuk-label govuk-label--l" : "govuk-label govuk-label--s"}
      for={id}
    >
      {label}
    </label>
  );
  return (
    <div class={groupClass(error)}>
      {isHeading === true ? <h1 class="govuk-label-wrapper">{labelElement}</h1> : labelElement}
      {hint === undefined ? null : (
        <div id={`${id}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      <ErrorMessage id={id} text={error} language={language} />
      <input
        class={`govuk-input${isWide === true ? "" : " govuk-input--width-20"}${error === undefined ? "" : " govuk-input--error"}`}
        id={id}
        name={name}
        type={type ?? "text"}
        inputmode={isNumber === true ? "numeric" : undefined}
        value={value}
        autocomplete={autocomplete}
        maxlength={maxlength}
        spellcheck={type === "email" ? false : undefined}
        aria-describedby={describedBy(id, hint, error)}
        aria-invalid={error === undefined ? undefined : "true"}
      />
    </div>
  );
}

/**
 * A labelled field of several lines, with hint and error tied to it for screen readers. `maxlength` in
 * characters.
 */
export function TextArea({
  language,
  name,
  id = name,
  label,
  errors,
  hint,
  value,
  maxlength,
  isHeading = true,
}: FieldProps & { readonly maxlength: number; readonly isHeading?: boolean }) {
  const error = errorOf(errors, id);
  const labelElement = (
    <label class={isHeading ? "govuk-label govuk-label--l" : "govuk-label govuk-label--s"} for={id}>
      {label}
    </label>
  );
  return (
    <div class={groupClass(error)}>
      {isHeading ? <h1 class="govuk-label-wrapper">{labelElement}</h1> : labelElement}
      {hint === undefined ? null : (
        <div id={`${id}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      <ErrorMessage id={id} text={error} language={language} />
      <textarea
        class={`govuk-textarea${error === undefined ? "" : " govuk-textarea--error"}`}
        id={id}
        name={name}
        rows={4}
        maxlength={maxlength}
        aria-describedby={describedBy(id, hint, error)}
        aria-invalid={error === undefined ? undefined : "true"}
      >
        {value}
      </textarea>
    </div>
  );
}

export type SelectOption = { readonly value: string; readonly text: string };

/** A list of which one is chosen. */
export function SelectField({
  language,
  name,
  id = name,
  label,
  errors,
  hint,
  value,
  options,
}: FieldProps & { readonly options: readonly SelectOption[] }) {
  const error = errorOf(errors, id);
  return (
    <div class={groupClass(error)}>
      <label class="govuk-label govuk-label--s" for={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <div id={`${id}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      <ErrorMessage id={id} text={error} language={language} />
      <select
        class={`govuk-select${error === undefined ? "" : " govuk-select--error"}`}
        id={id}
        name={name}
        aria-describedby={describedBy(id, hint, error)}
        aria-invalid={error === undefined ? undefined : "true"}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The button that sends a form; a double click sends it once. */
export function ContinueButton({ children }: { readonly children: Child }) {
  return (
    <button type="submit" class="govuk-button" data-prevent-double-click="true">
      {children}
    </button>
  );
}
