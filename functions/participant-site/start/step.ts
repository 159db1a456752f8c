import type { Child } from "hono/jsx";
import type { Policy } from "../../../shared/care/program/policy.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { isUnsafeLine, isUnsafeWords, trimmed } from "../../../shared/care/text/normalise-text.ts";
import type { ProgramChoice } from "../../../shared/store/program-choices.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";
import type { Language } from "../../../shared/web/texts/language.ts";
import type { DraftField, DraftValues } from "./draft.ts";

/** What every page of the form may look at. */
export type StepContext = {
  readonly language: Language;
  /** The sites that take new people. */
  readonly sites: readonly Site[];
  /** The programs that take new people at the chosen site. */
  readonly programs: readonly ProgramChoice[];
  readonly policy: Policy;
  /** Local date where the chosen site is, `YYYY-MM-DD`. */
  readonly today: string;
};

export type StepView = StepContext & {
  readonly values: DraftValues;
  readonly errors: readonly FieldError[];
  /** The fields as they were just sent, to show them again beside their errors. */
  readonly sent?: Form | undefined;
};

export type StepRow = { readonly key: string; readonly value: string };

export type StepInput =
  | {
      readonly values: DraftValues;
      /** Earlier answers that no longer hold. */
      readonly forget?: readonly DraftField[];
    }
  | { readonly errors: readonly FieldError[] };

/** One page of the form: one question. */
export type Step = {
  /** Last part of its address. */
  readonly name: string;
  /** What it fills in. */
  readonly fields: readonly DraftField[];
  /** Names of its form's fields. */
  readonly inputs: readonly string[];
  readonly isAsked: (values: DraftValues, ctx: StepContext) => boolean;
  /** What was sent, as it is kept, or what is wrong with it. */
  readonly read: (form: Form, ctx: StepContext, values: DraftValues) => StepInput;
  readonly title: (view: StepContext) => string;
  readonly render: (view: StepView) => Child;
  /** How it reads before it is sent. */
  readonly rows: (values: DraftValues, ctx: StepContext) => readonly StepRow[];
};

/** The trimmed text of a field; `undefined` where it holds what cannot be shown or is too long. */
export function lineOf(form: Form, field: string, maximum: number): string | undefined {
  const text = trimmed(form.get(field) ?? "");
  return isUnsafeLine(text) || text.length > maximum ? undefined : text;
}

/** The same for text of several lines. */
export function wordsOf(form: Form, field: string, maximum: number): string | undefined {
  const text = trimmed((form.get(field) ?? "").replaceAll("\r\n", "\n"));
  return isUnsafeWords(text) || text.length > maximum ? undefined : text;
}

/** What a field shows: what was just sent, else what is kept. */
export function shown(view: StepView, field: DraftField): string | undefined {
  return view.sent?.get(field) ?? view.values[field];
}
