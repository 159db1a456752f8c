import type { Form } from "../../../shared/web/http/read-form.ts";
import type { FieldError } from "../../../shared/web/parts/fields.tsx";
import type { DraftValues } from "./draft.ts";

type DateTexts = {
  readonly missing: string;
  readonly partMissing: Readonly<Record<"month" | "day" | "year", string>>;
  readonly notReal: string;
  readonly future: string;
};

const parts = ["month", "day", "year"] as const;

/** A birth date from its three fields, with the field that is wrong where one is. */
export function readBirthDate(
  form: Form,
  texts: DateTexts,
  today: string,
): { readonly values: DraftValues } | { readonly errors: readonly FieldError[] } {
  const sent = Object.fromEntries(
    parts.map((part) => [part, (form.get(`birth-${part}`) ?? "").trim()]),
  );
  const missing = parts.filter((part) => sent[part] === "");
  if (missing.length === parts.length) return wrong("month", texts.missing);
  if (missing.length > 0)
    return {
      errors: missing.map((part) => ({ field: `birth-${part}`, text: texts.partMissing[part] })),
    };
  const { month = "", day = "", year = "" } = sent;
  if (!/^\d{1,2}$/.test(month) || Number(month) < 1 || Number(month) > 12)
    return wrong("month", texts.notReal);
  if (!/^\d{4}$/.test(year) || Number(year) < 1900) return wrong("year", texts.notReal);
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!/^\d{1,2}$/.test(day) || !isDate(date)) return wrong("day", texts.notReal);
  if (date > today) return wrong("year", texts.future);
  return { values: { birthDate: date } };
}

function wrong(part: (typeof parts)[number], text: string) {
  return { errors: [{ field: `birth-${part}`, text }] };
}

function isDate(date: string): boolean {
  const read = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date);
}
