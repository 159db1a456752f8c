import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { StaffFunction } from "../../../shared/care/program/staff-functions.ts";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import { mayCorrectDeath } from "../../../workflows/run/people/correct-death.ts";
import type { Forms } from "./sent-form.ts";
import { FoldedForm } from "./staff-form.tsx";

/** Where a death is on record: who puts it right if it was a mistake, and for them the form. */
export function DeathForm({
  forms,
  episode,
  functions,
}: {
  readonly forms: Forms;
  readonly episode: Episode;
  readonly functions: readonly StaffFunction[];
}) {
  if (episode.disposition !== "deceased") return null;
  const state = forms("death");
  if (!mayCorrectDeath({ functions }))
    return (
      <p class="card">
        A death is on record. Where that is a mistake, a clinician or a supervisor puts it right
        here.
      </p>
    );
  return (
    <FoldedForm
      state={state}
      title="The death was recorded by mistake"
      button="Put it right: this person is alive"
    >
      <p>
        What the record ended stands again: open work with its deadlines, visits and messages that
        are still to come. What has passed is not sent. The person is told nothing by itself: a call
        is put on the list.
      </p>
      <TextArea
        {...state.field("reason")}
        label="How it came about"
        maxlength={1000}
        isHeading={false}
      />
    </FoldedForm>
  );
}
