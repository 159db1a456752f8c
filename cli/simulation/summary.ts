import type { CapacityFile } from "../../shared/contracts/capacity-file.ts";
import { table } from "../output.ts";
import type { Simulated } from "./simulated.ts";
import { minutesOfWork, type StaffLoad, staffLoads } from "./staff-load.ts";
import { channelWords, plain, statusWords, workWords } from "./words.ts";

/** A simulation as staff and designers read it. */
export type Summary = {
  readonly people: number;
  readonly admitted: number;
  readonly completed: number;
  readonly courses: readonly {
    readonly course: string;
    readonly words: string;
    readonly people: number;
    readonly completed: number;
    /** How many stand at which end. */
    readonly statuses: Readonly<Record<string, number>>;
  }[];
  readonly loads: readonly StaffLoad[];
  /** By program week: hours that one person of that week was offered, came to, and that count. */
  readonly weeks: readonly {
    readonly week: number;
    readonly plannedHours: number;
    readonly attendedHours: number;
  }[];
  /** Hours of staff for one person by the week after the referral, sessions apart. */
  readonly workByWeek: readonly { readonly week: number; readonly hours: number }[];
  readonly messages: readonly {
    readonly templateId: string;
    readonly channel: string;
    readonly perPerson: number;
  }[];
  readonly textDollarsPerPerson: number;
  readonly alerts: Readonly<Record<string, number>>;
  readonly leftOpen: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
};

/** @param dollarsPerPart - of a text, carrier's fee included */
export function summarise(
  simulated: Simulated,
  capacity: CapacityFile,
  dollarsPerPart: number,
): Summary {
  const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const { endings, sessions, work, messages } = simulated;
  const people = sum(endings, (row) => row.people);
  const perPerson = (count: number) => (people === 0 ? 0 : count / people);
  const numbers = (rows: readonly { readonly week: number }[]) =>
    [...new Set(rows.map(({ week }) => week))].toSorted((left, right) => left - right);
  const admitted = sum(endings, (row) => row.admitted);
  return {
    people,
    admitted,
    completed: sum(endings, (row) => row.completed),
    courses: simulated.courses.map(({ course, words }) => {
      const rows = endings.filter((row) => row.course === course);
      const statuses: Record<string, number> = {};
      for (const row of rows) statuses[row.status] = (statuses[row.status] ?? 0) + row.people;
      return {
        course,
        words,
        people: sum(rows, (row) => row.people),
        completed: sum(rows, (row) => row.completed),
        statuses,
      };
    }),
    loads: staffLoads(simulated, capacity),
    weeks: numbers(sessions).map((week) => {
      const rows = sessions.filter((row) => row.week === week);
      const hours = (minutes: number) => (admitted === 0 ? 0 : minutes / 60 / admitted);
      return {
        week,
        plannedHours: hours(sum(rows, (row) => row.plannedMinutes)),
        attendedHours: hours(sum(rows, (row) => row.attendedMinutes)),
      };
    }),
    workByWeek: numbers(work.map(({ weekOfLife }) => ({ week: weekOfLife }))).map((week) => ({
      week,
      hours: perPerson(
        sum(
          work.filter((row) => row.weekOfLife === week),
          (row) => (row.times * minutesOfWork(capacity, row.kind)) / 60,
        ),
      ),
    })),
    messages: messages
      .map(({ templateId, channel, messages: count }) => ({
        templateId,
        channel,
        perPerson: perPerson(count),
      }))
      .toSorted((left, right) => right.perPerson - left.perPerson),
    textDollarsPerPerson: perPerson(sum(messages, (row) => row.parts) * dollarsPerPart),
    alerts: Object.fromEntries(simulated.alerts.map(({ tier, alerts }) => [tier, alerts])),
    leftOpen: Object.fromEntries(simulated.leftOpen.map(({ kind, tasks }) => [kind, tasks])),
    problems: simulated.problems.map(({ sentence, times }) => `${sentence} (${times})`),
  };
}

/** What the simulation leaves out, told with every result. */
export const leftOut: readonly string[] = [
  "Courses, their shares and the minutes of work are assumptions: programs/capacity.yaml and local/simulation/program/courses.ts hold them.",
  "Staff answer within staffed hours, however much there is to do: nobody waits because somebody else is busy.",
  "Sites do not close, no session is moved and nobody is put on a waiting list; providers deliver every message.",
  "Hours of staff are those of a steady year, not of its busiest week.",
];

const one = (number: number) => number.toFixed(1);

/** The summary as tables for a terminal. */
export function summaryText(summary: Summary): string {
  const lines = [
    `${summary.people} people: ${summary.admitted} admitted, ${summary.completed} completed the program.`,
    "",
    table(
      ["Course", "People", "Completed", "Where they stand at the end"],
      summary.courses.map(({ course, words, people, completed, statuses }) => [
        `${plain(course)} (${words})`,
        String(people),
        String(completed),
        countsText(statuses, statusWords),
      ]),
      "Nobody was simulated.",
    ),
    "",
    table(
      ["Site", "Function", "Hours a person", "Hours a week", "Declared", ""],
      summary.loads.map((load) => [
        load.siteId,
        plain(load.staffFunction),
        one(load.hoursPerPerson),
        one(load.hoursPerWeek),
        load.declaredHours === undefined ? "none" : one(load.declaredHours),
        load.isAbove ? "ABOVE" : "",
      ]),
      "No site declares its hours in capacity.yaml.",
    ),
    "",
    table(
      ["Program week", "Hours offered", "Hours attended"],
      summary.weeks.map(({ week, plannedHours, attendedHours }) => [
        String(week),
        one(plannedHours),
        one(attendedHours),
      ]),
      "No session was held.",
    ),
    "",
    table(
      ["Message", "Channel", "A person"],
      summary.messages.map(({ templateId, channel, perPerson }) => [
        plain(templateId),
        channelWords(channel),
        perPerson.toFixed(2),
      ]),
      "No message was sent.",
    ),
    "",
    `Texts: $${summary.textDollarsPerPerson.toFixed(2)} a person. Alerts: ${countsText(summary.alerts, plain)}. Work that nobody finished: ${countsText(summary.leftOpen, workWords)}.`,
    ...summary.problems.map((problem) => `Problem: ${problem}`),
    ...leftOut,
  ];
  return lines.join("\n");
}

/** @param called - what a name is called within a sentence */
function countsText(
  counts: Readonly<Record<string, number>>,
  called: (name: string) => string,
): string {
  const entries = Object.entries(counts);
  return entries.length === 0
    ? "none"
    : entries.map(([name, count]) => `${count} ${called(name)}`).join(", ");
}
