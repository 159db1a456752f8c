import type { Episode } from "../../../shared/care/episode/episode.ts";
import { TextArea } from "../../../shared/web/parts/fields.tsx";
import { dateInZone } from "../ui/times.ts";
import type { Forms } from "./sent-form.ts";
import { FoldedForm } from "./staff-form.tsx";

/** What the name of such a form begins with; the rest is the other record's episode. */
export const notTheSameForm = "not-the-same-";

/** For each record that was said to be of the same person: where that is taken back. */
export function NotTheSameForms({
  forms,
  episode,
}: {
  readonly forms: Forms;
  readonly episode: Episode;
}) {
  const { others = [] } = episode;
  return (
    <>
      {others.map(({ episodeId, at, took }) => {
        const said = dateInZone(at, episode.timeZone);
        if (took === undefined)
          return (
            <p class="card">
              What was said on {said} cannot be taken apart here: what passed between the two
              records was not kept at that time. Put right by hand what is wrong.
            </p>
          );
        const state = forms(`${notTheSameForm}${episodeId}`);
        return (
          <FoldedForm
            state={state}
            title={`They are two people: what was said on ${said} is a mistake`}
            button="Take the two records apart"
          >
            <p>
              What came from the other record leaves this one, and what was ended because care went
              on in the other stands again, with a call on the list. Safety alerts stay where they
              are. A clinician is asked to look at both.
            </p>
            <TextArea
              {...state.field("reason")}
              label="How it came about"
              maxlength={1000}
              isHeading={false}
            />
          </FoldedForm>
        );
      })}
    </>
  );
}
