import type { Episode } from "../../../shared/care/episode/episode.ts";
import { whereLabel } from "../../../shared/care/episode/where-label.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import type { Person, Reach } from "../../../shared/staff/people/read-person.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { plain } from "../../../shared/staff/words/timeline-words.ts";
import { languageWords } from "../../../shared/staff/words/work-words.ts";
import { OtherRecords } from "./other-records.tsx";
import { Card, Facts, Tel } from "./parts.tsx";
import { withBack } from "./place.ts";
import { dateInZone, dateLabel } from "./times.ts";

const phoneKinds: Readonly<Record<Reach["kind"], string>> = {
  own: "own phone",
  shared: "shared phone: say nothing to others",
  work: "work phone",
  "held-by-staff": "held by staff of a facility",
};

/** Whose phone it is, as staff read it. */
export function phoneKindLabel(kind: Reach["kind"]): string {
  return phoneKinds[kind];
}

/** Who it is about and how to reach them. */
export function PersonCard({
  person,
  isOwnPage = false,
  back,
}: {
  readonly person: Person;
  readonly isOwnPage?: boolean;
  /** The place in the queue that somebody came from. */
  readonly back?: string | undefined;
}) {
  const { episode, phone, email } = person;
  return (
    <Card>
      <h2>Reach them</h2>
      {episode.disposition === "deceased" ? (
        <p class="late">
          <strong>
            A death is on record: nobody rings the person’s number, and nothing is sent.
          </strong>{" "}
          Where that is a mistake, it is{" "}
          <a href={withBack(`/staff/episodes/${episode.episodeId}/about`, back)}>put right here</a>.
        </p>
      ) : null}
      <Facts
        pairs={[
          ["Phone", phone === undefined ? "none on record" : <Tel number={phone.address} />],
          ["Phone is", phone === undefined ? undefined : phoneKindLabel(phone.kind)],
          [
            "Voicemail",
            phone === undefined
              ? undefined
              : person.mayLeaveVoicemail
                ? "may be left"
                : "leave none",
          ],
          ["Texts", phone === undefined ? undefined : consentLabel(phone, episode.timeZone)],
          ["Number", phone?.isConfirmed === false ? <Unconfirmed phone={phone} /> : undefined],
          ["Email", email?.address],
          ["Emails", email === undefined ? undefined : consentLabel(email, episode.timeZone)],
          ["Reach by", person.reachBy],
          ["Full name", person.fullName],
          ["Born", person.birthDate && dateLabel(person.birthDate)],
          ["Language", languageWords(episode.language)],
          ["Interpreter", episode.facts.interpreter === true ? "needed" : undefined],
          ["Record number", person.recordNumber],
        ]}
      />
      <p>
        {isOwnPage ? null : (
          <>
            <a href={withBack(`/staff/episodes/${episode.episodeId}`, back)}>
              Everything about {person.name}
            </a>
            {" · "}
          </>
        )}
        <a href={withBack(`/staff/episodes/${episode.episodeId}/about`, back)}>
          About {person.name}: look at the facts and correct them
        </a>
      </p>
    </Card>
  );
}

/** What it means that nobody has answered from a number yet; where no texts go there, it limits none. */
function Unconfirmed({ phone }: { readonly phone: Reach }) {
  const isTexted = phone.state === "open" && phone.hasConsent;
  return (
    <>
      <strong>not confirmed yet</strong>:{" "}
      {isTexted
        ? "it gets one text a day until somebody answers from it or you confirm it"
        : "nobody has answered from it"}
    </>
  );
}

/** Whether automated messages may go there, and why not. */
export function consentLabel(reach: Reach, zone: string): string {
  if (reach.state !== "open") {
    const why = reach.stopped === undefined ? plain(reach.state) : stopLabel(reach.stopped, zone);
    return `stopped: ${why}`;
  }
  return reach.hasConsent ? "agreed" : "not agreed: call instead";
}

const stopSources: Readonly<Record<string, string>> = {
  text: "by text",
  "unsubscribe-link": "by the link in an email",
};

function stopLabel({ at, how }: NonNullable<Reach["stopped"]>, zone: string): string {
  return `asked for no more ${ownValue(stopSources, how) ?? plain(how)}, ${dateInZone(at, zone)}`;
}

/** Where they stand: scores and hours, what a decision looks at. */
export function StandingCard({
  episode,
  names,
  program,
  payer,
}: {
  readonly episode: Episode;
  /** Of staff, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** The name of the program that they are in, or asked for. */
  readonly program: string;
  /** Who pays for them now, where their program names payers. */
  readonly payer?: string | undefined;
}) {
  const { timeZone: zone } = episode;
  const weeks = episode.weeks.filter(
    (week) => week.attendedMinutes > 0 || week.closedAt !== undefined,
  );
  const alerts = episode.openEscalations.map((one) => one.tier).join(", ");
  return (
    <Card>
      <h2>Where they stand</h2>
      <OtherRecords episode={episode} />
      <Facts
        pairs={[
          ["Program", program],
          ["Paid for by", payer],
          ["Now", whereLabel(episode)],
          ["Admitted", episode.admittedOn && dateLabel(episode.admittedOn)],
          ["Waiting since", episode.waiting && dateInZone(episode.waiting.since, zone)],
          [
            "Waiting because",
            episode.waiting === undefined ? undefined : plain(episode.waiting.reason),
          ],
          ["Aftercare until", episode.aftercareEndsOn && dateLabel(episode.aftercareEndsOn)],
          [
            "First visit after the program",
            episode.aftercare?.firstVisitOn && dateLabel(episode.aftercare.firstVisitOn),
          ],
          ["Contacts after the program", cadenceLabel(episode)],
          ["Contact kept by", keptByLabel(episode, names)],
          ["Ended", episode.closedAt && dateInZone(episode.closedAt, zone)],
          [
            "Ended because",
            episode.closingReason === undefined ? undefined : plain(episode.closingReason),
          ],
          [
            "On leave",
            episode.hold === undefined
              ? undefined
              : `${episode.hold.kind}, since ${dateInZone(episode.hold.since, zone)}, contact kept by ${nameOrId(names, episode.hold.contactKeptBy)}`,
          ],
          [
            "Back expected",
            episode.hold === undefined
              ? undefined
              : episode.hold.expectedReturnOn === undefined
                ? "no day is known"
                : dateLabel(episode.hold.expectedReturnOn),
          ],
          [
            "Texts and emails",
            episode.notAlone && (
              <span class="late">
                held since {dateInZone(episode.notAlone.since, zone)}: somebody may read or listen
                along
              </span>
            ),
          ],
          ["Open safety alerts", alerts === "" ? undefined : <span class="late">{alerts}</span>],
          [
            "Not reached",
            episode.unreachedContacts === 0
              ? undefined
              : episode.unreachedContacts === 1
                ? "once"
                : `${episode.unreachedContacts} times in a row`,
          ],
        ]}
      />
      {episode.scores.length === 0 ? (
        <p class="quiet">No answers yet.</p>
      ) : (
        <>
          <h3>Scores</h3>
          <ul>
            {episode.scores.slice(-6).map((score) => (
              <li>
                {score.instrumentId.toUpperCase()}: <strong>{score.total}</strong>, {score.band}{" "}
                <span class="quiet nowrap">{dateInZone(score.scoredAt, zone)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {weeks.length === 0 ? null : (
        <>
          <h3>Hours attended</h3>
          <ul>
            {weeks.slice(-6).map((week) => (
              <li>
                Week {week.week}: <strong>{hours(week.attendedMinutes)}</strong> of{" "}
                {hours(week.expectedMinutes)} h
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** Who goes on with the aftercare since a hand-off was confirmed. */
function keptByLabel(
  { aftercare, timeZone }: Episode,
  names: ReadonlyMap<string, string>,
): string | undefined {
  if (aftercare?.keptBy === undefined) return undefined;
  const { staffId, since } = aftercare.keptBy;
  return `${nameOrId(names, staffId)}, since ${dateInZone(since, timeZone)}`;
}

/** How often somebody looks after them now, where that is not on the days that everybody has. */
function cadenceLabel({ status, aftercare, timeZone }: Episode): string | undefined {
  if (aftercare === undefined) return undefined;
  const { track } = aftercare;
  const since = track === undefined ? "" : `, since ${dateInZone(track.since, timeZone)}`;
  if (track?.name === "weekly-calls") return `weekly calls${since}`;
  if (status !== "aftercare") return undefined;
  if (aftercare.closerUntil !== undefined && aftercare.steady === 0)
    return `closer together until ${dateLabel(aftercare.closerUntil)}`;
  if (track !== undefined) return `further apart, while they stay well${since}`;
  return aftercare.steady > 1 ? `well at the last ${aftercare.steady}` : undefined;
}

function hours(minutes: number): string {
  return String(Math.round((minutes / 60) * 10) / 10);
}
