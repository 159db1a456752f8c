import { measureModes } from "../../../shared/questions/record-measure.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import { SelectField } from "../../../shared/web/parts/fields.tsx";
import type { FormState } from "./sent-form.ts";

/**
 * How questions were asked whose answers staff enter.
 * @param input.isInterpreted - true where nobody published them in the person's language
 * @param input.standard - what is chosen beforehand else
 */
export function ModeField({
  state,
  isInterpreted,
  standard,
}: {
  readonly state: FormState;
  readonly isInterpreted: boolean;
  readonly standard: (typeof measureModes)[number];
}) {
  return (
    <SelectField
      {...state.field("mode", isInterpreted ? "interpreter" : standard)}
      label="How it was asked"
      options={measureModes.map((mode) => ({
        value: mode,
        text:
          mode === "interpreter"
            ? "With an interpreter"
            : mode === "paper"
              ? "On paper"
              : capitalised(plain(mode)),
      }))}
    />
  );
}
