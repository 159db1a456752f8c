import { stateName, usStates } from "../../../shared/care/program/us-states.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import type { SelectOption } from "../../../shared/web/parts/fields.tsx";

/** Languages that are offered first; any other is given by its tag. */
export const commonLanguages: readonly string[] = [
  "en",
  "es",
  "vi",
  "zh",
  "ko",
  "tl",
  "ru",
  "ar",
  "ht",
  "pt",
  "fr",
  "so",
];

/** The states that somebody may be in, by name. */
export function stateOptions(none: string): readonly SelectOption[] {
  return [
    { value: "", text: none },
    ...usStates.map((code) => ({ value: code, text: stateName(code) })),
  ];
}

/** Whose a phone may be, in words. */
export function phoneKindOptions(): readonly SelectOption[] {
  return ["own", "shared", "work", "held-by-staff"].map((kind) => ({
    value: kind,
    text: capitalised(plain(kind)),
  }));
}

/** The known values in words, with the current one first where it is none of them. */
export function choices(
  known: readonly string[],
  current: string,
  words: (value: string) => string,
): readonly SelectOption[] {
  const values = current === "" || known.includes(current) ? known : [current, ...known];
  return values.map((value) => ({ value, text: words(value) }));
}
