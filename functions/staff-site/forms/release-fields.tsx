import { standingLabels } from "../../../shared/staff/words/release-words.ts";
import type { RecordedRelease } from "../../../shared/store/read-releases.ts";
import type { Form } from "../../../shared/web/http/read-form.ts";
import { Checkbox } from "../../../shared/web/parts/choices.tsx";
import { dayLabel } from "../ui/times.ts";
import type { FormState } from "./sent-form.ts";

const prefix = "release.";

/** The releases that are ticked, as the command's body. */
export function readPickedReleases(form: Form): { readonly releases?: readonly number[] } {
  const releases = [...form.keys()].flatMap((key) =>
    key.startsWith(prefix) && form.get(key) === "yes" ? [Number(key.slice(prefix.length))] : [],
  );
  return releases.length === 0 ? {} : { releases };
}

/** Who comes to a family session by which release; a sentence where none is recorded, which stops nothing. */
export function PickedReleases({
  state,
  all,
  page,
}: {
  readonly state: FormState;
  readonly all: readonly RecordedRelease[];
  readonly page: string;
}) {
  return (
    <>
      {all.length === 0 ? (
        <p>No release is recorded: nothing that needs one may be told.</p>
      ) : (
        <p>Who of those who come may be told, by the releases of the person:</p>
      )}
      {all.map(({ number, name, relation, until, standing }) => (
        <Checkbox
          {...state.field(`${prefix}${number}`)}
          label={`${name}, ${relation}: ${standingLabels[standing]}${standing === "valid" ? `, until ${dayLabel(until)}` : ""}`}
        />
      ))}
      <p>
        <a href={page}>Who may be told what</a>
      </p>
    </>
  );
}
