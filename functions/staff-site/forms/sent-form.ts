import type { Form } from "../../../shared/web/http/read-form.ts";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";

/** A form whose fields stand in it again: because it was refused, or because its session had ended. */
export type SentForm = {
  /** Which of the page's forms. */
  readonly name: string;
  readonly fields: Form;
  readonly errors: readonly FieldError[];
  /** True where it was never carried out: its key still stands for it. */
  readonly isKept: boolean;
};

/** What a page draws one of its forms with. */
export type FormState = {
  readonly name: string;
  /** The Idempotency-Key: a second click does nothing twice. */
  readonly key: string;
  /** Says whose form it is, and of which page. */
  readonly seal: string;
  readonly isSent: boolean;
  /** What the kit's parts draw a field from. */
  readonly field: (
    name: string,
    given?: string,
  ) => {
    readonly language: "en";
    readonly name: string;
    readonly id: string;
    readonly value: string;
    readonly errors: readonly FieldError[];
  };
};

/** Makes the states of a page's forms. */
export type Forms = (name: string) => FormState;

/** @param base - the seal of the page, and a new key that each form makes its own */
export function pageForms(
  base: { readonly key: string; readonly seal: string },
  sent: SentForm | undefined,
): Forms {
  return (name) => {
    const own = sent?.name === name ? sent : undefined;
    const keptKey = own?.isKept === true ? own.fields.get("key") : undefined;
    return {
      name,
      key: keptKey ?? `${base.key}-${name}`,
      seal: base.seal,
      isSent: own !== undefined,
      field: (field, given = "") => ({
        language: "en",
        name: field,
        id: fieldId(name, field),
        value: own?.fields.get(field) ?? given,
        errors: own?.errors ?? [],
      }),
    };
  };
}

/** The id of a field on a page that holds several forms, made of letters, digits and hyphens. */
export function fieldId(form: string, field: string): string {
  return `${form}-${field}`.replaceAll(/[^A-Za-z0-9-]/g, "-");
}
