import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { SelectField, TextArea } from "../../../shared/web/parts/fields.tsx";
import type { Forms } from "./sent-form.ts";
import { FoldedForm } from "./staff-form.tsx";

/** Asks another site that offers the program to take the person over. */
export function TransferForm({
  forms,
  episode,
  sites,
}: {
  readonly forms: Forms;
  readonly episode: Episode;
  readonly sites: readonly Site[];
}) {
  const others = sites.filter(
    ({ siteId, programs }) => siteId !== episode.siteId && programs.includes(episode.programId),
  );
  if (isTerminal(episode.status) || others.length === 0) return null;
  const state = forms("transfer");
  return (
    <FoldedForm state={state} title="Another site" button="Ask that site">
      <p>
        Somebody there accepts or declines. Until they accept, the person and all work stay here;
        from then on, visits, messages and calls are that site’s.
      </p>
      <SelectField
        {...state.field("toSiteId")}
        label="Which site"
        options={others.map(({ siteId, name }) => ({ value: siteId, text: name }))}
      />
      <TextArea {...state.field("reason")} label="Why" maxlength={1000} isHeading={false} />
    </FoldedForm>
  );
}
