import type { Episode, OtherRecord } from "../../../shared/care/episode/episode.ts";
import { whereLabel } from "../../../shared/care/episode/where-label.ts";
import type { Person } from "../../../shared/staff/people/read-person.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { Card, Facts, Tel } from "./parts.tsx";
import { dateInZone, dateLabel } from "./times.ts";

/** The other record that a task is about: whoever decides sees both side by side. */
export function OtherPersonCard({ person }: { readonly person: Person }) {
  const { episode, phone, email, emergencyContact } = person;
  return (
    <Card>
      <h2>The other record</h2>
      <p>
        <a href={`/staff/episodes/${episode.episodeId}`}>{person.fullName ?? person.name}</a>{" "}
        <span class="quiet">{episode.reference}</span>
      </p>
      <Facts
        pairs={[
          ["Born", person.birthDate && dateLabel(person.birthDate)],
          ["Record number", person.recordNumber],
          ["Phone", phone === undefined ? undefined : <Tel number={phone.address} />],
          ["Email", email?.address],
          ["Language", languageWords(episode.language)],
          [
            "Emergency contact",
            emergencyContact === undefined
              ? undefined
              : `${emergencyContact.name}, ${emergencyContact.phone}`,
          ],
          ["Now", whereLabel(episode)],
          ["Referred", dateInZone(episode.createdAt, episode.timeZone)],
          [
            "Discharged",
            episode.dischargedAt && dateInZone(episode.dischargedAt, episode.timeZone),
          ],
          [
            "How it ended",
            episode.disposition === undefined ? undefined : plain(episode.disposition),
          ],
        ]}
      />
    </Card>
  );
}

/** How another record of the same person stands to this one, in words. */
export const howWords: Readonly<Record<OtherRecord["how"], string>> = {
  "goes-on-in": "Goes on in the record in which the person is in care",
  "joined-from": "A later referral that was added here",
  earlier: "In care before",
  later: "Referred again: the newer record",
};

/** The other records of the same person, each with where it leads. */
export function OtherRecords({ episode }: { readonly episode: Episode }) {
  const { others = [] } = episode;
  if (others.length === 0) return null;
  return (
    <ul>
      {others.map(({ episodeId, how, at }) => (
        <li>
          <a href={`/staff/episodes/${episodeId}`}>{howWords[how]}</a>{" "}
          <span class="quiet">said on {dateInZone(at, episode.timeZone)}</span>
        </li>
      ))}
    </ul>
  );
}
