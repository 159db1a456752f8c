import type { Form } from "../../../shared/web/http/read-form.ts";
import { Card } from "../ui/parts.tsx";
import { ContactFields } from "./episode-forms.tsx";
import type { RefusedForm } from "./send-form.ts";
import { type FormState, pageForms } from "./sent-form.ts";
import { StaffForm } from "./staff-form.tsx";

/** The form in which words are written down that came too late for the form they were typed in. */
export const unsavedContact = "unsaved-contact";

/**
 * Where a colleague was quicker, the form is gone from the page: what was typed in it stands in a contact to write
 * down, because a call that was made, or a worry, is lost with nobody.
 *
 * @param refused - the form that was just refused
 * @returns nothing where it holds no words, no worry and no agreement
 */
export function UnsavedContact({
  refused,
  base,
  episodeId,
}: {
  readonly refused: RefusedForm;
  readonly base: Pick<FormState, "key" | "seal">;
  readonly episodeId: string;
}) {
  const { fields } = refused;
  const isItself = refused.name === unsavedContact;
  const said = fields.get("reason") ?? fields.get("note") ?? "";
  const agreed = [...fields].some(([name, value]) => name.startsWith("consent.") && value !== "");
  const isWorried = fields.get("safetyConcern") === "yes";
  if (!isItself && said.trim() === "" && !agreed && !isWorried) return null;
  const state = pageForms(
    base,
    isItself ? refused : { ...refused, ...asContact(fields, said) },
  )(unsavedContact);
  return (
    <Card>
      <h2>What you typed is not saved</h2>
      <p>
        The form that it was typed in is gone. Write it down as a contact here: it is read as any
        note is.
      </p>
      {agreed ? (
        <p>
          What the person agreed to is recorded on{" "}
          <a href={`/staff/episodes/${episodeId}/about`}>the page about them</a>.
        </p>
      ) : null}
      <StaffForm state={state} isCard={false}>
        <ContactFields state={state} />
        <div class="buttons">
          <button type="submit">Write it down</button>
        </div>
      </StaffForm>
    </Card>
  );
}

function asContact(fields: Form, said: string) {
  const outcome = fields.get("outcome") ?? "";
  const contact = new Map([
    ["note", said],
    ["outcome", outcome === "spoke-with-participant" ? "reached" : outcome],
    ["safetyConcern", fields.get("safetyConcern") ?? ""],
  ]);
  return { name: unsavedContact, fields: contact, errors: [], isKept: false };
}
