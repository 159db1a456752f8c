// Long because it is one table: a sentence for every kind of entry in the audit trail, and its facts.
import { serviceKinds, serviceRecords, serviceStates } from "../../care/program/service-kinds.ts";
import { stateName } from "../../care/program/us-states.ts";
import { ownValue } from "../../care/text/own-value.ts";
import { staffMark } from "../../care/text/staff-mark.ts";

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
  "aftercare-keeper-set": "Named who keeps contact after the program",
  "aftercare-track-set": "Decided how often to follow up",
  "group-track-changed": "Moved to another track of groups",
  "payer-recorded": "Recorded who pays",
  "kept-apart": "Recorded with whom they are not to be in one group",
  "kept-apart-ended": "Taken back that they are not to be in one group with somebody",
  "group-wait-began": "Put on the waiting list of a group",
  "group-wait-ended": "Off the waiting list of a group",
  "group-wait-put-back": "Not reached about a place in a group: waits on, the next one is asked",
  "group-place-offered": "A place in a group is free: somebody offers it",
  "group-place-offer-ended": "The offer of a place in a group was ended",
  "sessions-followed-the-schedule": "Sessions brought in line with the schedule",
  "notice-not-confirmed": "A notice is not known to have arrived: somebody calls",
  "visit-changed": "Visit changed",
  "check-in-opened": "Check-in opened",
  "check-in-answer-saved": "Saved a page of the check-in",
  "check-in-answered": "Check-in answered",
  "check-in-assessed": "Check-in answers read",
  "check-in-left-out": "Check-in left out: no follow-up is wanted",
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
  "round-recorded": "Mood and safety round entered",
  "attendance-asked-for": "Asked for the attendance",
  "make-up-booked": "Place in another group booked to make up for a session",
  "make-up-given-up": "Place in another group given up",
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
  "asked-to-return": "Said on their page that they need to come back",
  "reply-received": "Reply received",
  "contact-logged": "Contact written down",
  "plan-written": "Plan written",
  "measure-recorded": "Answers entered by staff",
  "screen-recorded": "Screen asked",
  "tablet-code-made": "A code for the clinic tablet was made",
  "tablet-code-used": "Opened on the clinic tablet by its code",
  "medicine-recorded": "Medicine recorded",
  "service-recorded": "Service recorded",
  "release-recorded": "Recorded who may be told what",
  "release-taken-back": "A release was taken back",
  "medicine-taken-off": "Medicine taken off the list: recorded by mistake",
  "channel-closed": "A way to reach the person closed",
  "channel-reopened": "A way to reach the person opened again",
  "leave-began": "Leave began",
  "leave-ended": "Back from leave",
  "participant-withdrew": "Withdrew",
  "death-recorded": "Death recorded",
  "program-version-moved": "Moved to another version of the program",
  "program-chosen": "Program put right",
  "site-transfer-asked": "Another site was asked to take the person over",
  "site-transfer-accepted": "Taken over by another site",
  "site-transfer-declined": "Another site declined to take the person over",
  "same-person-asked": "Perhaps on record already: a person looks",
  "referral-joined": "A new referral of the same person was added",
  "goes-on-elsewhere": "The same person: goes on in the record in which they are in care",
  "was-in-care-before": "The same person was in care before: what is known was carried over",
  "came-back": "The person was referred again: goes on in a new record",
  "medicine-followed-elsewhere": "Medicine recorded in the other record: followed there",
  "same-person-taken-back": "Not the same person after all: the two records were taken apart",
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

/** An audit entry in words, with the facts that matter to a reader; members of staff are marked, for their names. */
export function timelineWords(action: string, facts: Readonly<Record<string, unknown>>): string {
  const sentence = ownValue(sentences, action) ?? capitalised(action.replaceAll("-", " "));
  const more = [detail(action, facts), ...onlineInWords(facts)].filter(
    (words) => words !== undefined,
  );
  return more.length === 0 ? sentence : `${sentence}: ${more.join("; ")}`;
}

/** Where somebody came to a session online, and that no licence counts there. */
function onlineInWords({
  onlineState,
  outsideLicence,
}: Readonly<Record<string, unknown>>): readonly string[] {
  return [
    ...(typeof onlineState === "string" ? [`online, in ${stateName(onlineState)}`] : []),
    ...(outsideLicence === true ? ["no licence on record for where the person is"] : []),
  ];
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
  if (action === "aftercare-keeper-set" && typeof facts.to === "string") {
    const { from, to } = facts;
    return `${staffMark(to)}${typeof from === "string" ? `, in place of ${staffMark(from)}` : ""}`;
  }
  if (action === "aftercare-track-set" && typeof facts.track === "string")
    return plain(facts.track);
  if (action === "group-track-changed" && typeof facts.from === "string")
    return `${String(facts.track)}, from ${facts.from} on`;
  if (action === "payer-recorded" && typeof facts.from === "string")
    return `${typeof facts.title === "string" ? facts.title : "no payer that the program lists"}, from ${facts.from} on`;
  if (action.startsWith("group-wait-") || action.startsWith("group-place-"))
    return groupInWords(facts);
  if (action === "check-in-planned" && typeof facts.why === "string")
    return `number ${String(facts.number)}, day ${String(facts.day)}: ${contactWhyLabel(facts.why)}`;
  if (action.startsWith("check-in-") && typeof facts.number === "number")
    return `number ${facts.number}`;
  if (action === "person-corrected" && typeof facts.facts === "string")
    return factsInWords(facts.facts.split(" "));
  if (action === "program-chosen" && typeof facts.name === "string") return facts.name;
  if (action === "plan-written" && typeof facts.planKind === "string")
    return `${plain(facts.planKind)}, version ${String(facts.planVersion)}`;
  if (action === "screen-recorded" && typeof facts.screenId === "string")
    return `${plain(facts.screenId)}, ${plain(String(facts.mode))}`;
  if (action === "release-recorded" && typeof facts.from === "string")
    return `release ${String(facts.release)}, ${facts.from} to ${String(facts.until)}`;
  if (action === "release-taken-back") return `release ${String(facts.release)}`;
  if (action === "service-recorded") return serviceFactsInWords(facts);
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

function serviceFactsInWords({
  service,
  state,
}: Readonly<Record<string, unknown>>): string | undefined {
  const kind = serviceKinds.find((one) => one === service);
  const how = serviceStates.find((one) => one === state);
  if (kind === undefined || how === undefined) return undefined;
  const { label, states } = serviceRecords[kind];
  return `${label}, ${states[how].toLowerCase()}`;
}

const waitWhys: Readonly<Record<string, string>> = {
  "has-place": "has the place",
  declined: "declined",
  "not-in-care": "no longer in the program",
  "not-here": "at another site, or in another program",
  "session-began": "the group has begun",
};

/** The group that somebody waits for: its track, or its day in the timetable; and why they wait no longer. */
function groupInWords({
  track,
  groupSessionId,
  why,
}: Readonly<Record<string, unknown>>): string | undefined {
  const [, , on, slot] = typeof groupSessionId === "string" ? groupSessionId.split(":") : [];
  const group = slot === undefined ? track : `${plain(slot)} on ${String(on)}`;
  const words = [
    ...(typeof group === "string" ? [plain(group)] : []),
    ...(typeof why === "string" ? [ownValue(waitWhys, why) ?? plain(why)] : []),
  ];
  return words.length === 0 ? undefined : words.join(", ");
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
  home: "home address",
  injects: "injecting",
  pregnant: "pregnancy",
  recentHigherCareOn: "last day of higher care",
};

function factsInWords(facts: readonly string[]): string {
  return facts.map((fact) => ownValue(factWords, fact) ?? fact).join(", ");
}

/** Messages whose ids do not say what they are about. */
const messageLabels: Readonly<Record<string, string>> = {
  "intake-received": "request received",
  "ask-forms": "asks for the forms",
  "remind-forms": "reminder of the forms",
  "refer-on": "asks them to call",
  waiting: "still on the waiting list",
  measures: "asks for the measures",
  "weekly-text": "the week’s plan",
  "session-reminder": "reminder of a session",
  "session-on-site": "session at the site, not online",
  "session-online": "session online, not at the site",
  "session-off": "session cancelled",
  "session-cancelled": "session cancelled, the site is closed",
  "session-on": "session on after all",
  "session-held": "session on after all, the site is open",
  "check-in-reminder": "reminder of a check-in",
  discharged: "goodbye from the program",
  "aftercare-closed": "follow-up has ended",
};

/** What a message is about, as staff call it; a program's own one goes by its id. */
export function messageLabel(templateId: string): string {
  return ownValue(messageLabels, templateId) ?? plain(templateId);
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
