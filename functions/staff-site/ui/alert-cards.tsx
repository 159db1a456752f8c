import type { Escalation, PageOutcome } from "../../../shared/care/episode/escalation.ts";
import { nameOrId } from "../../../shared/staff/words/actor-words.ts";
import { contactOutcomeWords } from "../../../shared/staff/words/work-words.ts";
import type { AlertWords } from "../../../shared/staff/written/alert-words.ts";
import { Card, Facts, Quote } from "./parts.tsx";
import { inZone } from "./times.ts";

const states: Readonly<Record<Escalation["status"], string>> = {
  open: "Nobody has taken it yet. The on-call is being paged.",
  acknowledged: "Taken. Taking it is not contact: speak with the person.",
  contacted: "Contact is made. A clinician closes it.",
  closed: "Closed.",
};

function stateOf(alert: Escalation, zone: string): string {
  if (alert.status === "open" && alert.readBy !== undefined)
    return `To be read by ${inZone(alert.readBy, zone)}. Unread by then, the next person hears of it, and the supervisor in the morning.`;
  const answer = alert.answers?.at(-1);
  if (alert.status !== "acknowledged" || answer === undefined) return states[alert.status];
  return `Read: ${answerWords(answer, zone)}. Reading it is not contact: speak with the person.`;
}

function answerWords({ answer, callAt }: Answer, zone: string): string {
  return answer === "call-now" ? "call now" : `call ${inZone(callAt, zone)}`;
}

type Answer = NonNullable<Escalation["answers"]>[number];

const pageEndings: Readonly<Record<PageOutcome, string>> = {
  taken: "call or text went out",
  "taken-by-next": "the first could not be reached, the last one was rung",
  undelivered: "nobody could be reached",
};

const sourceLabels: Readonly<Record<Escalation["trigger"]["source"], string>> = {
  instrument: "a questionnaire",
  text: "a text",
  email: "an email",
  "check-in": "a check-in",
  staff: "a member of staff",
  medication: "medication",
  "overdue-work": "work that nobody did in time",
};

/** What raised the alert, how it stands, and by when somebody must have spoken with the person. */
export function AlertCard({
  alert,
  zone,
  now,
  words: { note },
  told,
}: {
  readonly alert: Escalation;
  readonly zone: string;
  readonly now: string;
  readonly words: AlertWords;
  /** The words by which the screen found it. */
  readonly told: readonly string[];
}) {
  const { trigger } = alert;
  const awaitsContact = alert.status === "open" || alert.status === "acknowledged";
  const isLate = awaitsContact && alert.contactDueAt < now;
  return (
    <Card tone="safety">
      <p>
        <span class="tag safety">{alert.tier}</span> <strong class="big">{alert.reason}</strong>
      </p>
      <p>{stateOf(alert, zone)}</p>
      {alert.confirmed ? null : (
        <p class="quiet">Matched by words: a clinician reads them and decides what they mean.</p>
      )}
      {alert.isActUnderWay === true && awaitsContact ? <ActWords alert={alert} /> : null}
      <Quote>{note?.text}</Quote>
      <Facts
        pairs={[
          ["Raised", inZone(alert.raisedAt, zone)],
          ["From", sourceLabels[trigger.source]],
          ["Answer given", trigger.value === undefined ? undefined : String(trigger.value)],
          ["Words that raised it", told.map((one) => `“${one}”`).join(", ") || undefined],
          ["Last paged", inZone(alert.lastPagedAt, zone)],
        ]}
      />
      {trigger.source === "overdue-work" && trigger.about !== undefined ? (
        <p>
          <a class="button second" href={`/staff/tasks/${trigger.about}`}>
            Open the work that was not done
          </a>
        </p>
      ) : null}
      {awaitsContact ? (
        <p class={isLate ? "late" : undefined}>
          Speak with the person {isLate ? "now: it was due" : "by"}{" "}
          {inZone(alert.contactDueAt, zone)}.
        </p>
      ) : null}
    </Card>
  );
}

/** What it takes to close an alert whose words speak of an act under way. */
function ActWords({ alert }: { readonly alert: Escalation }) {
  const isRead = (alert.readings ?? []).length > 0;
  return (
    <p>
      <strong>The words speak of an act under way.</strong> Speak with the person or send help.{" "}
      {isRead
        ? "One clinician has found no danger in them: a second one who agrees closes the alert without contact."
        : "Without contact, it closes only when two clinicians have read the words and find no danger."}
    </p>
  );
}

/** What was written at an instant, with the contact or the closure that it belongs to. */
export function QuotesAt({
  written,
  at,
}: {
  readonly written: AlertWords["written"];
  readonly at: string | undefined;
}) {
  return (
    <>
      {written
        .filter((one) => one.at === at)
        .map(({ text }) => (
          <Quote>{text}</Quote>
        ))}
    </>
  );
}

/** Who was paged, who read it or took it, who tried to reach the person, and who read the words. */
export function AlertHistory({
  alert,
  written,
  zone,
  names,
}: {
  readonly alert: Escalation;
  readonly written: AlertWords["written"];
  readonly zone: string;
  readonly names: ReadonlyMap<string, string>;
}) {
  const entries = [
    // Who answers has taken it, too: that is said once.
    ...alert.acknowledgements
      .filter(({ at }) => !(alert.answers ?? []).some((answer) => answer.at === at))
      .map(({ by, at }) => ({ at, words: `Taken by ${nameOrId(names, by)}` })),
    ...alert.contacts.map(({ by, at, outcome }) => ({
      at,
      words: `${contactOutcomeWords(outcome)}, by ${nameOrId(names, by)}`,
    })),
    ...(alert.answers ?? []).map((answer) => ({
      at: answer.at,
      words: `Read by ${nameOrId(names, answer.by)}: ${answerWords(answer, zone)}`,
    })),
    ...(alert.pages ?? []).map(({ at, to, outcome }) => ({
      at,
      words: `Paged ${to.map((one) => nameOrId(names, one)).join(", then ")}: ${pageEndings[outcome]}`,
    })),
    ...(alert.readings ?? []).map(({ by, at }) => ({
      at,
      words: `Words read, no danger found, by ${nameOrId(names, by)}`,
    })),
  ].sort((left, right) => left.at.localeCompare(right.at));
  if (entries.length === 0) return null;
  return (
    <Card>
      <h2>So far</h2>
      <ul>
        {entries.map(({ at, words }) => (
          <li>
            {words} <span class="quiet">{inZone(at, zone)}</span>
            <QuotesAt written={written} at={at} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
