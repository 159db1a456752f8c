import type { Child } from "hono/jsx";
import { commonTexts } from "../texts/common.ts";
import type { Language } from "../texts/language.ts";

/** What is wrong with one field, in words that say what to do. */
export type FieldError = { readonly field: string; readonly text: string };

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
        <h2 class="govuk-error-summary__title">{commonTexts[language].problem}</h2>
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

function ErrorMessage({
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
      <span class="govuk-visually-hidden">{commonTexts[language].error}</span>
      {text}
    </p>
  );
}

function describedBy(id: string, hint: unknown, error: string | undefined): string | undefined {
  const ids = [
    hint === undefined ? undefined : `${id}-hint`,
    error === undefined ? undefined : `${id}-error`,
  ].filter((one) => one !== undefined);
  return ids.length === 0 ? undefined : ids.join(" ");
}

function groupClass(error: string | undefined): string {
  return error === undefined ? "govuk-form-group" : "govuk-form-group govuk-form-group--error";
}

export type FieldProps = {
  readonly language: Language;
  /** Name and id of the field. */
  readonly name: string;
  readonly label: string;
  readonly errors: readonly FieldError[];
  readonly hint?: Child | undefined;
  readonly value?: string | undefined;
};

export type TextFieldProps = FieldProps & {
  /** The label is the page's heading. */
  readonly isHeading?: boolean;
  readonly type?: "text" | "tel" | "email";
  readonly autocomplete?: string;
  readonly isWide?: boolean;
  readonly maxlength?: number;
  /** Brings up the digits on a phone. */
  readonly isNumber?: boolean;
};

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
  const error = errorOf(errors, name);
  const labelElement = (
    <label
      class={isHeading === true ? "govuk-label govuk-label--l" : "govuk-label govuk-label--s"}
      for={name}
    >
      {label}
    </label>
  );
  return (
    <div class={groupClass(error)}>
      {isHeading === true ? <h1 class="govuk-label-wrapper">{labelElement}</h1> : labelElement}
      {hint === undefined ? null : (
        <div id={`${name}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      <ErrorMessage id={name} text={error} language={language} />
      <input
        class={`govuk-input${isWide === true ? "" : " govuk-input--width-20"}${error === undefined ? "" : " govuk-input--error"}`}
        id={name}
        name={name}
        type={type ?? "text"}
        inputmode={isNumber === true ? "numeric" : undefined}
        value={value}
        autocomplete={autocomplete}
        maxlength={maxlength}
        spellcheck={type === "email" ? false : undefined}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error === undefined ? undefined : "true"}
      />
    </div>
  );
}

export function TextArea({
  language,
  name,
  label,
  errors,
  hint,
  value,
  maxlength,
  isHeading = true,
}: FieldProps & { readonly maxlength: number; readonly isHeading?: boolean }) {
  const error = errorOf(errors, name);
  const labelElement = (
    <label
      class={isHeading ? "govuk-label govuk-label--l" : "govuk-label govuk-label--s"}
      for={name}
    >
      {label}
    </label>
  );
  return (
    <div class={groupClass(error)}>
      {isHeading ? <h1 class="govuk-label-wrapper">{labelElement}</h1> : labelElement}
      <div id={`${name}-hint`} class="govuk-hint">
        {hint}
      </div>
      <ErrorMessage id={name} text={error} language={language} />
      <textarea
        class={`govuk-textarea${error === undefined ? "" : " govuk-textarea--error"}`}
        id={name}
        name={name}
        rows={4}
        maxlength={maxlength}
        aria-describedby={describedBy(name, hint, error)}
        aria-invalid={error === undefined ? undefined : "true"}
      >
        {value}
      </textarea>
    </div>
  );
}

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
  const error = errorOf(errors, name);
  return (
    <div class={groupClass(error)}>
      <fieldset
        class="govuk-fieldset"
        aria-describedby={describedBy(name, hint, error)}
        lang={lang}
      >
        <legend
          class={`govuk-fieldset__legend ${props.isHeading === false ? "govuk-fieldset__legend--m" : "govuk-fieldset__legend--l"}`}
        >
          {lead}
          {props.isHeading === false ? label : <h1 class="govuk-fieldset__heading">{label}</h1>}
        </legend>
        {hint === undefined ? null : (
          <div id={`${name}-hint`} class="govuk-hint">
            {hint}
          </div>
        )}
        <ErrorMessage id={name} text={error} language={language} />
        <div class="govuk-radios">
          {options.map((option, index) => {
            // The error summary links to the first answer.
            const id = index === 0 ? name : `${name}-${index + 1}`;
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

export function ContinueButton({ children }: { readonly children: Child }) {
  return (
    <button type="submit" class="govuk-button" data-prevent-double-click="true">
      {children}
    </button>
  );
}

export type SummaryRow = {
  readonly key: string;
  readonly value: Child;
  readonly changeHref?: string | undefined;
  readonly lang?: string | undefined;
};

export function SummaryList({
  rows,
  changeWord,
}: {
  readonly rows: readonly SummaryRow[];
  readonly changeWord: string;
}) {
  return (
    <dl class="govuk-summary-list">
      {rows.map((row) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key" lang={row.lang}>
            {row.key}
          </dt>
          <dd class="govuk-summary-list__value" lang={row.lang}>
            {row.value}
          </dd>
          <dd class="govuk-summary-list__actions">
            {row.changeHref === undefined ? null : (
              <a class="govuk-link" href={row.changeHref}>
                {changeWord}
                <span class="govuk-visually-hidden"> {row.key}</span>
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
