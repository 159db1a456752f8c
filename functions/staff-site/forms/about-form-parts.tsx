import type { Child } from "hono/jsx";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import type { FormState, Forms } from "./sent-form.ts";
import { FoldedForm } from "./staff-form.tsx";

/** The facts as fields of forms hold them; empty where there is none. */
export type ShownFacts = Readonly<Record<AboutField, string>>;

export const aboutFields = [
  "given",
  "family",
  "preferredName",
  "pronouns",
  "birthDate",
  "recordNumber",
  "phone",
  "phoneKind",
  "email",
  "reachBy",
  "safeTimes",
  "accessNeeds",
  "homeAddress",
  "homeState",
  "language",
  "interpreter",
  "timeZone",
  "contactName",
  "contactRelationship",
  "contactPhone",
  "pregnant",
  "injects",
  "recentHigherCareOn",
] as const;
export type AboutField = (typeof aboutFields)[number];

/** What the forms of the page are drawn with. */
export type Group = {
  readonly forms: Forms;
  readonly facts: ShownFacts;
};

/** A field with what stood in it when the page was drawn: only what was changed since is corrected. */
export function given(state: FormState, facts: ShownFacts, name: AboutField) {
  return state.field(name, facts[name]);
}

/** A form of one group of facts, with the reason; what stood when it was drawn goes along unseen. */
export function CorrectionForm({
  state,
  title,
  facts,
  fields,
  children,
}: {
  readonly state: FormState;
  readonly title: string;
  readonly facts: ShownFacts;
  readonly fields: readonly AboutField[];
  readonly children: Child;
}) {
  return (
    <FoldedForm state={state} title={title} button="Save the correction">
      {fields.map((name) => (
        <input
          type="hidden"
          name={`was.${name}`}
          value={state.field(`was.${name}`, facts[name]).value}
        />
      ))}
      {children}
      <TextArea
        {...state.field("reason")}
        label="Reason"
        hint="How you know it: “said so on the phone”, “on the insurance card”."
        maxlength={1000}
        isHeading={false}
      />
    </FoldedForm>
  );
}
