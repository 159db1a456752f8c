import { Radios } from "../../../shared/web/parts/choices.tsx";
import type { FormState } from "./sent-form.ts";

/**
 * Asks for a plain yes or no: "no" is an answer of its own, which keeps a note that only reports a denial
 * from ringing the on-call, and an open question is neither.
 */
export function SafetyQuestion({ state }: { readonly state: FormState }) {
  return (
    <Radios
      {...state.field("safetyConcern")}
      label="Are you worried about their safety?"
      isHeading={false}
      options={[
        { value: "yes", text: "Yes: raise a safety alert" },
        { value: "no", text: "No" },
      ]}
    />
  );
}

/** The answer as the command takes it. */
export function readSafetyAnswer(value: string | undefined): { readonly safetyConcern?: boolean } {
  if (value === "yes") return { safetyConcern: true };
  return value === "no" ? { safetyConcern: false } : {};
}
