import { referralWordNames, referralWords } from "../../../shared/care/people/intake-request.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import type { Person } from "../../../shared/staff/people/read-person.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { capitalised, plain } from "../../../shared/staff/words/timeline-words.ts";
import type { Note } from "../../../shared/staff/written/read-notes.ts";
import type { Referral } from "../../../shared/store/read-referral.ts";
import { Card, Facts, Quote, SentFrom, Tel } from "./parts.tsx";
import { dateInZone, dateLabel, inZone } from "./times.ts";

const sources: Readonly<Record<string, string>> = {
  staff: "Note",
  text: "Text from the participant",
  email: "Email from the participant",
  "check-in": "Written with a check-in",
};

/** What the referral says: why, when the person can come, what they need, and who referred. */
export function ReferralCard({
  person: { episode, reachBy },
  referral,
  isWhatToRead = false,
}: {
  readonly person: Person;
  readonly referral: Referral | undefined;
  readonly isWhatToRead?: boolean;
}) {
  const { referrer, referralEvent: event } = referral ?? {};
  const { facts: known } = episode;
  return (
    <Card tone={isWhatToRead ? "safety" : ""}>
      <h2>{isWhatToRead ? "Read this: the words of the referral" : "Referral"}</h2>
      {referralWordNames.map((name) => (
        <Words name={referralWords[name].label} text={referral?.[name]} />
      ))}
      <Words name="Reach by" text={reachBy} />
      <Facts
        pairs={[
          ["Came from", sourceOf(episode.source)],
          ["Received", dateInZone(episode.createdAt, episode.timeZone)],
          ["Referred by", referrer?.name],
          ["Who they are", referrer?.relationship],
          ["Organisation", referrer?.organisation],
          ["Their phone", referrer?.phone && <Tel number={referrer.phone} />],
          [
            "Their email",
            referrer?.email && <a href={`mailto:${referrer.email}`}>{referrer.email}</a>,
          ],
          ["After", event === undefined ? undefined : plain(event.kind)],
          ["Facility", event?.facility],
          ["Discharged there", event?.dischargedOn && dateLabel(event.dischargedOn)],
          ["Higher care until", known.recentHigherCareOn && dateLabel(known.recentHigherCareOn)],
          ["Pregnant", yesOrNo(known.pregnant)],
          ["Injects", yesOrNo(known.injects)],
          ["Interpreter", known.interpreter === undefined ? undefined : yesOrNo(known.interpreter)],
          ["Birth date", known.birthDateUnknown === true ? "not known yet" : undefined],
          ["Under 18", known.under18 ? "yes: staff call, nothing is sent" : undefined],
        ]}
      />
    </Card>
  );
}

function Words({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <>
      <h3>{name}</h3>
      <Quote>{text}</Quote>
    </>
  );
}

/** The answer of a referral to a yes-or-no question. */
export function yesOrNo(answer: boolean | undefined): string {
  return answer === undefined ? "not said" : answer ? "yes" : "no";
}

function sourceOf(source: Person["episode"]["source"]): string {
  return source === "self" ? "the participant" : plain(source);
}

/** What was written, the newest first, each with who wrote it and when. */
export function NotesCard({
  notes,
  zone,
  names,
  more,
}: {
  readonly notes: readonly Note[];
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
  /** Where the rest of them stand, where these are not all. */
  readonly more?: string;
}) {
  return (
    <Card>
      <h2>What was written</h2>
      {notes.length === 0 ? <p class="quiet">Nothing yet.</p> : null}
      {notes.map((note) => (
        <>
          <p class="quiet">
            {ownValue(sources, note.source) ?? capitalised(plain(note.source))}
            {note.by === undefined ? "" : `, by ${nameOrId(names, note.by)}`}
            {note.from === undefined ? null : (
              <>
                , from <SentFrom from={note.from} />
              </>
            )}
            , {inZone(note.at, zone)}
          </p>
          <Quote>{note.text}</Quote>
        </>
      ))}
      {more === undefined ? null : (
        <p>
          <a href={more}>All of it</a>
        </p>
      )}
    </Card>
  );
}
