import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isBeforeAdmission } from "../../../shared/care/episode/status.ts";
import type { ProgramChoice } from "../../../shared/store/program-choices.ts";
import { SelectField, TextArea } from "../../../shared/web/parts/fields.tsx";
import type { Forms } from "./sent-form.ts";
import { FoldedForm } from "./staff-form.tsx";

/** Puts right which program somebody is to come to, as long as nobody has admitted them. */
export function ProgramForm({
  forms,
  episode,
  offered,
}: {
  readonly forms: Forms;
  readonly episode: Episode;
  /** The programs of their site. */
  readonly offered: readonly ProgramChoice[];
}) {
  const others = offered.filter(({ programId }) => programId !== episode.programId);
  if (!isBeforeAdmission(episode.status) || others.length === 0) return null;
  const state = forms("program");
  return (
    <FoldedForm state={state} title="Program" button="Choose that program">
      <p>
        What was answered stays. What the other program asks before an admission, and this one does
        not, is asked for; messages follow the other program from now on.
      </p>
      <SelectField
        {...state.field("programId")}
        label="Which program"
        options={others.map(({ programId, name }) => ({ value: programId, text: name }))}
      />
      <TextArea {...state.field("reason")} label="Why" maxlength={1000} isHeading={false} />
    </FoldedForm>
  );
}
