import { ownValue } from "../../care/text/own-value.ts";

/** What happened, as staff read it; the codes stay in the audit trail. */
const sentences: Readonly<Record<string, string>> = {
  "episode-opened": "Referral received",
  "intake-acknowledged": "Referral acknowledged",
  "forms-asked": "Asked for the forms",
  "forms-not-asked": "Forms are asked in a call",
  "forms-outreach-started": "Asked for a call about missing forms",
  "form-answer-saved": "Saved a page of the forms",
  "form-answered": "Completed the forms",
  "admission-proposed": "Admission put up for a decision",
  "admission-approved": "Admission approved",
  "admission-rejected": "Admission not approved",
  "admission-decision-escalated": "Admission decision passed on: nobody decided in time",
  "participant-admitted": "Admitted to the program",
  "participant-referred-on": "Referred on",
  "waiting-list-kept": "On the waiting list",
  "week-opened": "Program week planned",
  "sessions-of-closed-day-cancelled": "Sessions of a closed day cancelled",
  "sessions-held-after-all": "Sessions held after all: the site is open",
  "week-closed": "Program week closed",
  "next-week-started": "Next program week begins",
  "discharge-proposed": "Discharge put up for a decision",
  "week-review-approved": "Discharge planning approved",
  "week-review-rejected": "Another week decided",
  "week-decision-escalated": "Decision about the week passed on: nobody decided in time",
  "discharge-planning-started": "Discharge planning began",
  "discharge-checklist-opened": "Discharge checklist opened",
  "discharge-checklist-reminded": "Reminded of the discharge checklist",
  "discharge-approved": "Discharge approved",
  "discharge-rejected": "Discharge not approved",
  "discharge-decision-escalated": "Discharge decision passed on: nobody decided in time",
  "discharge-rejected-and-program-continued": "Discharge not approved: the program goes on",
  "participant-discharged": "Discharged",
  "discharge-reversed": "Discharge taken back",
  "aftercare-started": "Aftercare began",
  "check-in-planned": "Next check-in planned",
  "aftercare-track-set": "Decided how often to follow up",
  "sessions-followed-the-schedule": "Sessions brought in line with the schedule",
  "notice-not-confirmed": "A notice is not known to have arrived: somebody rings",
  "visit-changed": "Visit changed",
  "check-in-opened": "Check-in opened",
  "check-in-answer-saved": "Saved a page of the check-in",
  "check-in-answered": "Check-in answered",
  "check-in-assessed": "Check-in answers read",
  "check-in-missed": "Check-in not answered",
  "check-in-not-called": "Nobody made the check-in call in its time",
  "late-answer-raised": "Safety alert about an answer that came late",
  "late-words-kept": "Words that came after the check-in are kept to be read",
  "step-taken": "Went on to the next step",
  "closing-proposed": "End of aftercare put up for a decision",
  "closing-proposed-again": "End of aftercare put up for a decision again",
  "closing-approved": "End of aftercare approved",
  "closing-rejected": "End of aftercare not approved",
  "closing-decision-escalated": "Closing decision passed on: nobody decided in time",
  "aftercare-closed": "Aftercare ended",
  "pathway-closed": "Pathway closed",
  "reach-confirmed": "Number or address confirmed",
  "person-corrected": "Facts about the person corrected",
  "consent-recorded": "What the person agrees to written down",
  "reach-closed": "Number or address closed",
  "channel-confirmed": "Messages that waited for the number to be confirmed may go",
  "decision-retracted": "Decision taken back",
  "task-done": "Task done",
  "task-completed": "Task done",
  "task-assigned": "Task handed over",
  "task-snoozed": "Task put off",
  "owed-work-passed-on": "Not done in time, passed on",
  "late-work-handed-up": "Not done in time, handed up",
  "attendance-recorded": "Attendance entered",
  "attendance-corrected": "Attendance corrected",
  "attendance-asked-for": "Asked for the attendance",
  "outreach-rung-climbed": "Next step of reaching out",
  "outreach-ran-out": "Not reached on any step: a person decides",
  "outreach-finished": "Reaching out ended",
  "escalation-acknowledged": "Safety alert taken",
  "escalation-read": "Safety alert read",
  "escalation-contact-made": "Safety alert: contact made",
  "escalation-contact-tried": "Safety alert: not reached",
  "escalation-closed": "Safety alert closed",
  "escalation-read-no-danger":
    "Safety alert: a clinician found no danger in the words; a second one reads them",
  "escalation-went-to-next-tier": "Safety alert passed to the next person",
  "on-call-paged": "On-call paged",
  "crisis-words-received": "Words of danger received",
  "reply-received": "Reply received",
  "contact-logged": "Contact written down",
  "plan-written": "Plan written",
  "measure-recorded": "Answers entered by staff",
  "screen-recorded": "Screen asked",
  "channel-closed": "A way to reach the person closed",
  "channel-reopened": "A way to reach the person opened again",
  "leave-began": "Leave began",
  "leave-ended": "Back from leave",
  "participant-withdrew": "Withdrew",
  "death-recorded": "Death recorded",
  "site-transfer-asked": "Another site was asked to take the person over",
  "site-transfer-accepted": "Taken over by another site",
  "site-transfer-declined": "Another site declined to take the person over",
  "same-person-asked": "Perhaps on record already: a person looks",
  "referral-joined": "A new referral of the same person was added",
  "goes-on-elsewhere": "The same person: goes on in the record in which they are in care",
  "was-in-care-before": "The same person was in care before: what is known was carried over",
  "came-back": "The person was referred again: goes on in a new record",
  "earlier-care-ended": "Admitted again: the follow-up of this record ended",
  "death-corrected": "Death recorded by mistake, put right",
  "message-gap-opened": "Asked somebody to look into a message",
  "opt-out-list-gap-opened": "Asked somebody to look at the provider's list",
  "workflow-problem-reported": "A step could not be carried out: a person was asked",
};

const attendanceWords: Readonly<Record<string, string>> = {
  present: "present",
  late: "late",
  "left-early": "left early",
  excused: "excused",
  "no-show": "did not come",
  "on-the-way": "on the way",
};

/** True where somebody thought of what staff should read for this kind of entry. */
export function hasSentence(action: string): boolean {
  return Object.hasOwn(sentences, action);
}

/** An audit entry in words, with the facts that matter to a reader. */
export function timelineWords(action: string, facts: Readonly<Record<string, unknown>>): string {
  const sentence = ownValue(sentences, action) ?? capitalised(action.replaceAll("-", " "));
  const more = detail(action, facts);
  return more === undefined ? sentence : `${sentence}: ${more}`;
}

function detail(action: string, facts: Readonly<Record<string, unknown>>): string | undefined {
  const isPassedOn = action === "owed-work-passed-on" || action === "late-work-handed-up";
  if (isPassedOn && typeof facts.to === "string") return plain(facts.to);
  if (action === "attendance-asked-for" && typeof facts.of === "string") return plain(facts.of);
  if (action.startsWith("attendance-") && typeof facts.status === "string") {
    const status = ownValue(attendanceWords, facts.status) ?? facts.status;
    return typeof facts.on === "string" ? `${status}, ${facts.on}` : status;
  }
  if (action.startsWith("week-") && typeof facts.week === "number") return `week ${facts.week}`;
  if (action === "next-week-started" && typeof facts.week === "number") return `week ${facts.week}`;
  if (action === "aftercare-track-set" && typeof facts.track === "string")
    return plain(facts.track);
  if (action === "check-in-planned" && typeof facts.why === "string")
    return `number ${String(facts.number)}, day ${String(facts.day)}: ${contactWhyLabel(facts.why)}`;
  if (action.startsWith("check-in-") && typeof facts.number === "number")
    return `number ${facts.number}`;
  if (action === "person-corrected" && typeof facts.facts === "string")
    return factsInWords(facts.facts.split(" "));
  if (action === "plan-written" && typeof facts.planKind === "string")
    return `${plain(facts.planKind)}, version ${String(facts.planVersion)}`;
  if (action === "screen-recorded" && typeof facts.screenId === "string")
    return `${plain(facts.screenId)}, ${plain(String(facts.mode))}`;
  if (action === "participant-admitted" && typeof facts.without === "string")
    return `without ${facts.without.split(" ").map(plain).join(", ")}`;
  if (action === "measure-recorded" && typeof facts.instrumentId === "string")
    return `${facts.instrumentId.toUpperCase()} ${String(facts.total)}, ${plain(String(facts.mode))}`;
  if (action === "escalation-read" && typeof facts.answer === "string") return plain(facts.answer);
  if (action === "consent-recorded" || action === "task-done") {
    const agreed = agreementsInWords(facts);
    if (action === "consent-recorded" && agreed !== "") return agreed;
    if (agreed !== "" && typeof facts.outcome === "string")
      return `${plain(facts.outcome)}; ${agreed}`;
  }
  if (action.startsWith("task-") && typeof facts.outcome === "string") return plain(facts.outcome);
  if (action === "reach-closed" && typeof facts.why === "string")
    return `${facts.channel === "sms" ? "phone" : "email"}, ${plain(facts.why)}`;
  if (action === "escalation-closed" && typeof facts.outcome === "string")
    return plain(facts.outcome);
  if (action === "participant-discharged" && typeof facts.disposition === "string")
    return plain(facts.disposition);
  return undefined;
}

const contactWhys: Readonly<Record<string, string>> = {
  closer: "closer together for some weeks",
  stretched: "later, the person has been well for long",
  "weekly-calls": "weekly calls",
};

/** Why a contact after the discharge does not come on the day that everybody has. */
export function contactWhyLabel(why: string): string {
  return ownValue(contactWhys, why) ?? plain(why);
}

const agreementWords: Readonly<Record<string, string>> = {
  sms: "texts",
  email: "emails",
  aftercare: "follow-up",
};

/** What somebody agreed to, or took back, as an audit entry tells it; empty where it tells of neither. */
export function agreementsInWords({
  agreed,
  takenBack,
}: Readonly<Record<string, unknown>>): string {
  const list = (codes: string) =>
    codes
      .split(" ")
      .map((code) => ownValue(agreementWords, code) ?? code)
      .join(", ");
  return [
    ...(typeof agreed === "string" ? [`agreed to ${list(agreed)}`] : []),
    ...(typeof takenBack === "string" ? [`took back ${list(takenBack)}`] : []),
  ].join("; ");
}

const factWords: Readonly<Record<string, string>> = {
  preferredName: "preferred name",
  birthDate: "birth date",
  timeZone: "time zone",
  reachBy: "how to reach them",
  safeTimes: "safe times",
  accessNeeds: "access needs",
  recordNumber: "record number",
  emergencyContact: "emergency contact",
};

function factsInWords(facts: readonly string[]): string {
  return facts.map((fact) => ownValue(factWords, fact) ?? fact).join(", ");
}

/** A code as words, where nothing better is known. */
export function plain(code: string): string {
  return code.replaceAll("-", " ");
}

/** The text with a capital first letter. */
export function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** An attendance code in words; a code that is unknown is "not entered yet". */
export function attendanceAsWords(status: string): string {
  return ownValue(attendanceWords, status) ?? "not entered yet";
}
