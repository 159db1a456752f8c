import { approvalKind } from "../../care/approvals/approval-kinds.ts";
import type { CareTask, TaskOption } from "../../care/episode/care-task.ts";
import { taskKinds } from "../../care/episode/task-kinds.ts";
import { hoursLabel } from "../../care/sessions/hours.ts";
import { taskKindRecords } from "../../care/tasks/task-kinds.ts";
import { ownValue } from "../../care/text/own-value.ts";
import { nameOrId } from "./actor-words.ts";
import { capitalised, plain } from "./timeline-words.ts";

/** A proposal in words. */
export function proposalWords(task: Pick<CareTask, "taskKind" | "proposal">): string | undefined {
  if (task.proposal === undefined) return undefined;
  const labels = approvalKind(task.taskKind)?.proposalLabels ?? {};
  const known = ownValue(labels, task.proposal);
  if (known !== undefined) return known;
  return task.taskKind === "discharge-approval"
    ? `Discharge: ${plain(task.proposal)}.`
    : capitalised(plain(task.proposal));
}

/** In the order in which they are shown; others follow. The store keeps no order. */
const evidenceNames: Readonly<Record<string, string>> = {
  notMet: "Not met yet",
  firstPhq9: "First PHQ-9",
  lastPhq9: "Last PHQ-9",
  baseline: "Baseline",
  attendedHours: "Hours attended",
  expectedHours: "Hours planned",
  attendedMinutes: "Hours attended",
  expectedMinutes: "Hours planned",
  minimumMinutes: "At least",
  forecastMinutes: "If all of this week is attended",
  openAlerts: "Open safety alerts",
  suicideScreen: "Suicide screen",
  disposition: "How it ends",
  tier: "Urgency",
  answer: "Answer given",
  sort: "About",
  receivedAt: "Received",
  on: "Day",
  session: "Session",
  slot: "Session",
  startsAt: "Begins",
  ladder: "Reaching out after",
  missedOn: "Day missed",
  rung: "Step",
  rungs: "Steps taken",
  checkIn: "Check-in",
  escalations: "Reminders sent up the line",
  expectedReturnOn: "Expected back",
  waitingSince: "Waiting since",
  missedRunning: "Contacts missed in a row",
  weeklyCalls: "Weekly calls made",
  source: "Came from",
  kind: "Kind of leave",
  birthDateUnknown: "Birth date not known",
  reachedAsAgreed: "Way to reach them",
  call: "Call",
  sameAre: "The same",
  asOf: "As of",
  carriedOver: "Carried over",
  fullPercent: "Full, in percent",
  medicinesThen: "Medicines then",
  languageThen: "Language then",
  templateId: "Message",
  channel: "By",
  "phq-9": "PHQ-9",
  "gad-7": "GAD-7",
  "phq-2": "PHQ-2",
  "gad-2": "GAD-2",
  "phq-8": "PHQ-8",
  "audit-c": "AUDIT-C",
  asq: "ASQ",
};

const evidenceValues: Readonly<Record<string, string>> = {
  sms: "text",
  missedSession: "a missed session",
  missedCheckIn: "an unanswered check-in",
  missedForms: "missing forms",
  self: "the participant",
  referrer: "a referrer",
  partner: "a partner",
  other: "something else",
};

/** What a yes or a no means, where the name beside it does not say it. */
const yesAndNo: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  reachedAsAgreed: ["as they asked, see “Reach by”", "no wish of theirs is known"],
};

/** Codes whose meaning the task's own sentence tells already. */
const inner: readonly string[] = ["rule", "rules", "anchor", "generation", "action", "list"];

/** What nobody reads: the id of another item. */
const isId = (value: string | number | boolean) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(String(value));

/** Names of evidence whose value is a member of staff, by id. */
const staffEvidence: readonly string[] = ["namedBy", "contactKeptBy"];

/** The members of staff whom the evidence of a task names. */
export function staffInEvidence(evidence: CareTask["evidence"]): readonly string[] {
  return staffEvidence.flatMap((name) => {
    const staffId = ownValue(evidence, name);
    return typeof staffId === "string" ? [staffId] : [];
  });
}

/** What was on the table, as pairs of words; ids stay out, members of staff stand with their names. */
export function evidenceWords(
  evidence: CareTask["evidence"],
  names: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  return Object.entries(evidence)
    .filter(([name, value]) => !/Id$/.test(name) && !inner.includes(name) && value !== "")
    .filter(([name, value]) => staffEvidence.includes(name) || !isId(value))
    .filter(([name, value]) => !["openAlerts", "unmarkedSessions"].includes(name) || value !== 0)
    .toSorted(([left], [right]) => placeOf(left) - placeOf(right))
    .map(
      ([name, value]) =>
        [
          nameWords(name),
          staffEvidence.includes(name) ? nameOrId(names, String(value)) : valueWords(name, value),
        ] as const,
    );
}

function placeOf(name: string): number {
  const place = Object.keys(evidenceNames).indexOf(name);
  return place === -1 ? Number.MAX_SAFE_INTEGER : place;
}

function nameWords(name: string): string {
  return (
    ownValue(evidenceNames, name) ??
    capitalised(
      plain(name)
        .replaceAll(/([A-Z])/g, " $1")
        .toLowerCase(),
    )
  );
}

function valueWords(name: string, value: string | number | boolean): string {
  if (typeof value === "boolean") {
    const [yes, no] = ownValue(yesAndNo, name) ?? ["yes", "no"];
    return value ? yes : no;
  }
  if (typeof value === "number") return numberWords(name, value);
  return (
    ownValue(evidenceValues, value) ??
    taskLabel(value) ??
    (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) ? plain(value) : value)
  );
}

/** A number with its unit: minutes as hours, as everywhere on the pages. */
function numberWords(name: string, value: number): string {
  if (name.endsWith("Minutes")) return hoursLabel(value);
  return name.endsWith("Hours") ? `${value} h` : String(value);
}

/** What work is called, where a value names a kind of it. */
function taskLabel(value: string): string | undefined {
  const kind = taskKinds.find((one) => one === value);
  return kind === undefined ? undefined : taskKindRecords[kind].label;
}

/** An outcome in the words in which it was offered. */
export function outcomeWords(code: string, options: readonly TaskOption[]): string {
  return options.find((option) => option.value === code)?.words ?? capitalised(plain(code));
}

const contactWords: Readonly<Record<string, string>> = {
  "spoke-with-participant": "Spoke with the participant",
  "help-sent": "Sent help",
  "not-reached": "Not reached",
};

/** How a contact ended, in words. */
export function contactOutcomeWords(code: string): string {
  return ownValue(contactWords, code) ?? capitalised(plain(code));
}

export const messageStates: Readonly<Record<string, string>> = {
  PLANNED: "planned",
  CLAIMED: "being sent",
  ACCEPTED: "sent",
  DELIVERED: "delivered",
  FAILED: "not delivered",
  UNKNOWN: "not known whether it went out",
  SUPPRESSED: "not sent",
  CANCELLED: "cancelled",
};

/** A language tag as people say it. */
export function languageWords(tag: string): string {
  if (tag === "und") return "a language that is not in the list";
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** What work is called, as a sentence beside what it is about; a question keeps its own mark. */
export function asSentence(label: string): string {
  return label.endsWith("?") ? label : `${label}.`;
}
