import type { CheckIn } from "../../care/episode/check-in.ts";
import type { EpisodeItem } from "../../care/episode/episode-item.ts";
import type { FormRequest } from "../../care/episode/form-request.ts";
import type { Message } from "../../care/episode/message.ts";
import { emailReplyOutcomes, taskKindRecords } from "../../care/tasks/task-kinds.ts";
import { ownValue } from "../../care/text/own-value.ts";
import { answersOn, type Question, questionsOf } from "../../questions/question.ts";
import { type AuditEntry, canonicalJson } from "../../store/audit-entry.ts";
import type { LoadedProgram } from "../../store/load-program.ts";
import {
  agreementsInWords,
  capitalised,
  messageLabel,
  plain,
  timelineWords,
} from "../words/timeline-words.ts";
import { messageStates } from "../words/work-words.ts";
import type { Note } from "../written/read-notes.ts";

/** What a thread can be narrowed down to, in the order in which it is offered. */
export const threadKinds = [
  "notes",
  "calls",
  "answers",
  "replies",
  "messages",
  "decisions",
  "attendance",
  "steps",
] as const;
export type ThreadKind = (typeof threadKinds)[number];

/** One thing that was written, said, sent, answered, decided or done about a person. */
export type ThreadEntry = {
  readonly at: string;
  readonly kind: ThreadKind;
  /** What it is, in words. */
  readonly what: string;
  /** Who did it, where that is known. */
  readonly actor?: AuditEntry["actor"];
  /** How often running, where it stands for several alike. */
  readonly times: number;
  /** What somebody wrote. */
  readonly note?: Note;
  /** Number of the audit entry beside which a reason is kept. */
  readonly reasonEntry?: number;
  /** The message that was sent, or was not. */
  readonly message?: Message;
  /** Questions with their answers, in words. */
  readonly answers?: readonly (readonly [question: string, answer: string])[];
};

type Sources = {
  readonly items: readonly EpisodeItem[];
  readonly notes: readonly Note[];
  /** The newest first. */
  readonly audit: readonly AuditEntry[];
  readonly program: LoadedProgram;
};

/**
 * Everything about a person in one list, the newest first: what was written, said, sent, answered, decided and done.
 * What belongs together is one entry: a call with what was noted on it, an answer with its questions.
 */
export function threadOf(sources: Sources): readonly ThreadEntry[] {
  const notes = new Map(sources.notes.map((note) => [note.noteId, note]));
  const told = new Set<string>();
  const audited = sources.audit.flatMap((entry): readonly ThreadEntry[] => {
    if (isToldElsewhere(entry.action)) return [];
    const noteId = entry.facts.noteId;
    const note = typeof noteId === "string" ? notes.get(noteId) : undefined;
    if (note !== undefined) told.add(note.noteId);
    return [auditedEntry(entry, note)];
  });
  const entries = [
    ...audited,
    ...sources.notes.filter(({ noteId }) => !told.has(noteId)).map(noteEntry),
    ...sources.items.flatMap((item) => itemEntry(item, sources.program)),
  ];
  // What is of one instant keeps its order: the trail's own, then what came with it.
  return joined(entries.sort((left, right) => right.at.localeCompare(left.at)));
}

/** What a reply says, or an answer, is an entry of its own. */
const toldElsewhere: readonly string[] = [
  "reply-received",
  "check-in-answered",
  "form-answered",
  "check-in-answer-saved",
  "form-answer-saved",
];

function isToldElsewhere(action: string): boolean {
  return toldElsewhere.includes(action);
}

function auditedEntry(entry: AuditEntry, note: Note | undefined): ThreadEntry {
  return {
    at: entry.at,
    kind: kindOf(entry),
    what: wordsOf(entry),
    actor: entry.actor,
    times: 1,
    ...(note === undefined ? {} : { note }),
    ...(entry.hasReason ? { reasonEntry: entry.sequence } : {}),
  };
}

const decisionActions: readonly string[] = [
  "decision-retracted",
  "discharge-planning-started",
  "participant-admitted",
  "participant-referred-on",
  "participant-discharged",
  "discharge-reversed",
  "aftercare-keeper-set",
  "aftercare-track-set",
  "leave-began",
  "leave-ended",
  "participant-withdrew",
  "death-recorded",
  "same-person-taken-back",
  "escalation-closed",
  "waiting-list-kept",
];
const callActions: readonly string[] = [
  "contact-logged",
  "escalation-contact-made",
  "escalation-contact-tried",
];

function kindOf({ action, facts }: AuditEntry): ThreadKind {
  if (callActions.includes(action) || outcomeOf(facts)?.contact !== undefined) return "calls";
  if (decisionActions.includes(action) || /-(approved|rejected)$/.test(action)) return "decisions";
  if (action.startsWith("attendance-")) return "attendance";
  if (action === "measure-recorded") return "answers";
  return "steps";
}

function wordsOf({ action, facts }: AuditEntry): string {
  if (action === "contact-logged" && typeof facts.channel === "string")
    return `${contactLabel(facts.channel)}: ${plain(String(facts.outcome))}`;
  const outcome = outcomeOf(facts);
  if (action === "task-done" && outcome !== undefined)
    return [`${before(labelOf(facts))} ${outcome.words}`, agreementsInWords(facts)]
      .filter((words) => words !== "")
      .join("; ");
  return timelineWords(action, facts);
}

const contactLabels: Readonly<Record<string, string>> = {
  phone: "Call",
  "in-person": "Spoken in person",
  text: "Text by staff",
  email: "Email by staff",
  letter: "Letter",
};

function contactLabel(channel: string): string {
  return ownValue(contactLabels, channel) ?? capitalised(plain(channel));
}

type Facts = AuditEntry["facts"];

function recordOf({ taskKind }: Facts) {
  return typeof taskKind === "string" ? ownValue(taskKindRecords, taskKind) : undefined;
}

/** What work is called before how it ended; a question keeps its own mark. */
function before(label: string): string {
  return label.endsWith("?") ? label : `${label}:`;
}

function labelOf(facts: Facts): string {
  return recordOf(facts)?.label ?? "Task";
}

function outcomeOf(facts: Facts) {
  return [...(recordOf(facts)?.outcomes ?? []), ...emailReplyOutcomes].find(
    ({ value }) => value === facts.outcome,
  );
}

const noteSources: Readonly<Record<string, readonly [ThreadKind, string]>> = {
  staff: ["notes", "Note"],
  text: ["replies", "Text from the participant"],
  email: ["replies", "Email from the participant"],
  "check-in": ["answers", "Written with a check-in"],
};

function noteEntry(note: Note): ThreadEntry {
  const [kind, what] = ownValue(noteSources, note.source) ?? [
    "notes",
    capitalised(plain(note.source)),
  ];
  return {
    at: note.at,
    kind,
    what,
    times: 1,
    note,
    ...(note.by === undefined ? {} : { actor: { kind: "staff", staffId: note.by, functions: [] } }),
  };
}

function itemEntry(item: EpisodeItem, program: LoadedProgram): readonly ThreadEntry[] {
  if (item.kind === "message") return messageEntry(item);
  if (item.kind === "check-in" || item.kind === "form") {
    if (item.answeredAt === undefined) return [];
    const what = item.kind === "form" ? "Answered the forms" : `Answered check-in ${item.number}`;
    return [
      {
        at: item.answeredAt,
        kind: "answers",
        what,
        times: 1,
        answers: answersInWords(item, program),
      },
    ];
  }
  return [];
}

/** What was sent, and what was to be and was not; what is still planned is no past. */
function messageEntry(message: Message): readonly ThreadEntry[] {
  if (message.status === "PLANNED" || message.status === "CLAIMED") return [];
  const channel = message.channel === "sms" ? "Text" : "Email";
  const state = ownValue(messageStates, message.status) ?? plain(message.status);
  return [
    {
      at: message.acceptedAt ?? message.claimedAt ?? message.settledAt ?? message.sendAt,
      kind: "messages",
      what: `${channel}, ${state}: ${messageLabel(message.templateId)}`,
      times: 1,
      message,
    },
  ];
}

function answersInWords(item: CheckIn | FormRequest, { program, instruments }: LoadedProgram) {
  const given = answersOn(item);
  return questionsOf(item, { program, instruments }).flatMap((question) => {
    const value = ownValue(given, question.id);
    if (value === undefined) return [];
    const asked = [question.lead?.en, question.text.en ?? question.id]
      .filter((part) => part !== undefined)
      .join(" ");
    return [[asked, answerInWords(question, value)] as const];
  });
}

function answerInWords({ answer }: Question, value: number | boolean): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (answer.type !== "choice") return String(value);
  const option = answer.options.find((one) => one.value === value);
  return option === undefined ? String(value) : `${option.text.en ?? option.code} (${value})`;
}

/** The same again and again, such as paging, is one entry with a count; nothing that somebody wrote is behind another. */
function joined(entries: readonly ThreadEntry[]): readonly ThreadEntry[] {
  const found: ThreadEntry[] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    if (last !== undefined && isBare(last) && isBare(entry) && isAlike(last, entry))
      found[found.length - 1] = { ...last, times: last.times + 1 };
    else found.push(entry);
  }
  return found;
}

function isBare({ note, reasonEntry, message, answers }: ThreadEntry): boolean {
  return (note ?? reasonEntry ?? message ?? answers) === undefined;
}

/** Stored objects come back with their names in any order. */
function isAlike(left: ThreadEntry, right: ThreadEntry): boolean {
  return (
    left.what === right.what &&
    left.kind === right.kind &&
    canonicalJson(left.actor) === canonicalJson(right.actor)
  );
}
