import type { Form } from "../../../shared/web/http/read-form.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import type { FormState } from "./sent-form.ts";

/** What a form says about a licence that stands in the way; nothing where its box is not ticked. */
export function readOutsideLicence(form: Form): { readonly isOutsideLicence?: true } {
  return form.get("outsideLicence") === "yes" ? { isOutsideLicence: true } : {};
}

/** The way to go on where a licence stands in the way of an online session. */
export function OutsideLicence({
  state,
  label = "Hold it online although no licence is on record for the state that somebody is in",
}: {
  readonly state: FormState;
  readonly label?: string;
}) {
  return <Checkbox {...state.field("outsideLicence")} label={label} />;
}
