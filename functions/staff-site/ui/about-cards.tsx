import type { Child } from "hono/jsx";
import { stateName } from "../../../shared/care/program/us-states.ts";
import { isLive } from "../../../shared/messages/consent.ts";
import type { Person } from "../../../shared/staff/people/read-person.ts";
import { actorWords } from "../../../shared/staff/words/actor-words.ts";
import { followedWords, nothingFollowed } from "../../../shared/staff/words/followed-words.ts";
import { timelineWords } from "../../../shared/staff/words/timeline-words.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import type { AuditEntry } from "../../../shared/store/audit-entry.ts";
import type { Profile } from "../../../shared/store/person-items.ts";
import type { Referral } from "../../../shared/store/read-referral.ts";
import { Card, Facts, Quote, Tel } from "./parts.tsx";
import { consentLabel, phoneKindLabel } from "./person-card.tsx";
import { dateLabel, inWords, inZone, zoneName } from "./times.ts";
import { yesOrNo } from "./written-cards.tsx";

const none = <span class="quiet">not on record</span>;

/** Every fact about one person; what is not known says so, because it can be given here. */
export function FactsCard({
  person,
  profile,
  referral,
  program,
}: {
  readonly person: Person;
  readonly profile: Profile | undefined;
  readonly referral: Referral | undefined;
  /** The name of the program that they are in, or asked for. */
  readonly program: string;
}) {
  const { episode, phone, email, emergencyContact } = person;
  const or = (value: Child | undefined) => (value === undefined || value === "" ? none : value);
  return (
    <Card>
      <h2>What is known</h2>
      <Facts
        pairs={[
          ["Name", or(person.fullName)],
          ["Preferred name", or(profile?.preferredName)],
          ["Pronouns", or(person.pronouns)],
          ["Born", or(person.birthDate && dateLabel(person.birthDate))],
          ["Record number", or(person.recordNumber)],
          ["Program", program],
          ["Phone", phone === undefined ? none : <Tel number={phone.address} />],
          ["Phone is", phone === undefined ? undefined : phoneKindLabel(phone.kind)],
          ["Texts", phone === undefined ? undefined : consentLabel(phone, episode.timeZone)],
          ["Email", or(email?.address)],
          ["Emails", email === undefined ? undefined : consentLabel(email, episode.timeZone)],
          [
            "Voicemail",
            phone === undefined
              ? undefined
              : person.mayLeaveVoicemail
                ? "may be left"
                : "leave none",
          ],
          [
            "Follow-up after the program",
            episode.consents.aftercare === undefined
              ? undefined
              : isLive(episode.consents.aftercare)
                ? "agreed"
                : "not wanted",
          ],
          ["Safe times", or(person.safeTimes)],
          ["Reach by", or(person.reachBy)],
          [
            "Home",
            or(
              episode.facts.homeState &&
                `${profile?.homeAddress ?? "No address"}, ${stateName(episode.facts.homeState)}`,
            ),
          ],
          ["Language", languageWords(episode.language)],
          ["Interpreter", episode.facts.interpreter === true ? "needed" : "not needed"],
          ["Time zone", zoneName(episode.timeZone)],
          ["Access needs", or(person.accessNeeds ?? referral?.accessNeeds)],
          ["Pregnant", yesOrNo(episode.facts.pregnant)],
          ["Injects drugs", yesOrNo(episode.facts.injects)],
          [
            "Higher care until",
            or(episode.facts.recentHigherCareOn && dateLabel(episode.facts.recentHigherCareOn)),
          ],
          [
            "Emergency contact",
            emergencyContact === undefined ? (
              none
            ) : (
              <>
                {emergencyContact.name}
                {emergencyContact.relationship === undefined
                  ? ""
                  : `, ${emergencyContact.relationship}`}
                , <Tel number={emergencyContact.phone} />
              </>
            ),
          ],
        ]}
      />
    </Card>
  );
}

type Told = { readonly entry: AuditEntry; readonly person: Person };

function Followed({ entry, person }: Told) {
  const said = followedWords(entry.facts, {
    phone: person.phone?.address,
    email: person.email?.address,
  });
  return (
    <ul>
      {(said.length === 0 ? [nothingFollowed] : said).map((sentence) => (
        <li>{inWords(sentence, person.episode.timeZone)}</li>
      ))}
    </ul>
  );
}

/** Says first what was just saved, and what followed from it. */
export function SavedNotice({ entry, person }: Told) {
  return (
    <>
      <p>
        <strong>Saved.</strong> {timelineWords(entry.action, entry.facts)}.
      </p>
      <Followed entry={entry} person={person} />
    </>
  );
}

/** What was put right, by whom and why. */
export function CorrectionsCard({
  entries,
  reasons,
  names,
  person,
  zone,
}: {
  readonly entries: readonly AuditEntry[];
  readonly reasons: ReadonlyMap<number, string>;
  readonly names: ReadonlyMap<string, string>;
  readonly person: Person;
  readonly zone: string;
}) {
  if (entries.length === 0) return null;
  return (
    <Card>
      <h2>What was put right</h2>
      {entries.map((entry) => (
        <>
          <h3>{timelineWords(entry.action, entry.facts)}</h3>
          <p class="quiet">
            {actorWords(entry.actor, names)}, {inZone(entry.at, zone)}
          </p>
          <Quote>{reasons.get(entry.sequence)}</Quote>
          <Followed entry={entry} person={person} />
        </>
      ))}
    </Card>
  );
}
