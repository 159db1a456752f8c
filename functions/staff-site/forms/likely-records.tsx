import type { Person } from "../../../shared/staff/people/read-person.ts";
import { Radios } from "../../../shared/web/parts/choices.tsx";
import { Facts, Tel } from "../ui/parts.tsx";
import { dateLabel } from "../ui/times.ts";
import { samePrefix } from "./read-referral-form.ts";
import type { FormState } from "./sent-form.ts";

/** A record that is perhaps of the person of the form. */
export type LikelyRecord = {
  readonly episodeId: string;
  readonly person: Person;
  /** What is the same, in words. */
  readonly by: string;
  /** Where the person of the record is in care, in words. */
  readonly where: string;
};

/** Asks about each record that is perhaps of the same person, before there are two of them. */
export function LikelyRecords({
  state,
  records,
}: {
  readonly state: FormState;
  readonly records: readonly LikelyRecord[];
}) {
  return (
    <>
      {records.map(({ episodeId, person, by, where }) => (
        <div class="card urgent">
          <h2>Perhaps on record already: {person.fullName ?? person.name}</h2>
          <Facts
            pairs={[
              ["The same", by],
              ["Born", person.birthDate && dateLabel(person.birthDate)],
              ["Phone", person.phone && <Tel number={person.phone.address} />],
              ["Record number", person.recordNumber],
              ["Now", where],
              ["Reference", person.episode.reference],
            ]}
          />
          <p>
            <a href={`/staff/episodes/${episodeId}`} target="_blank" rel="noopener">
              Open the record of {person.fullName ?? person.name} in another window
            </a>
          </p>
          <Radios
            {...state.field(`${samePrefix}${episodeId}`)}
            label={`Is it ${person.fullName ?? person.name}?`}
            isHeading={false}
            options={[
              {
                value: "same-person",
                text: "The same person: what is said here goes with their record",
              },
              { value: "not-the-same", text: "Not the same person" },
            ]}
          />
        </div>
      ))}
    </>
  );
}
