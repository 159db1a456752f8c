import { addDays, instantAt } from "../../shared/care/time/zoned-time.ts";
import { countSmsParts } from "../../shared/messages/sms-parts.ts";
import { machineErrorLogBytes } from "./assumptions.ts";
import { countTransitions } from "./count-transitions.ts";
import { CountedWorld } from "./counted-world.ts";
import { PageVisitor } from "./page-visitor.ts";
import { ReferenceStaff } from "./reference-staff.ts";
import { bytesOf, indexEntries } from "./table-units.ts";
import type { Usage } from "./usage.ts";

const timeZone = "America/New_York";
/** The forms are answered after both reminders. Admitted on a Friday after the sessions: the first week begins on the Monday after it. */
const referredOn = "2027-01-05";
const formsAnsweredOn = "2027-01-07";
const admittedOn = "2027-01-08";
const firstMonday = "2027-01-11";
const weeks = 6;
/** When attendance is entered, ten minutes into each session, by days after Monday. */
const attendanceTimes: readonly (readonly [days: number, times: readonly string[]])[] = [
  [0, ["09:10", "17:10"]],
  [1, ["09:10", "12:10"]],
  [3, ["09:10", "12:40"]],
  [4, ["09:10", "11:25"]],
];
/** One missed session: whoever misses is reminded of each session day for two weeks. */
const missed = ["2027-01-14"];
/**
 * Days of the check-ins after the discharge, see `programs/adult-iop`, and after how many more days they are
 * answered: after their reminders, of which the one of day 7 has one.
 */
const checkIns: readonly (readonly [openedOn: number, answeredAfter: number])[] = [
  [7, 1],
  [14, 2],
  [30, 3],
  [60, 4],
  [91, 2],
  [182, 2],
  [365, 2],
];

/** A group as such programs run them: its people begin in the same week and share sessions, keys and warm functions. */
const groupSize = 8;

const families = [
  "Okafor",
  "Abara",
  "Lindqvist",
  "Moreau",
  "Tanaka",
  "Vasquez",
  "Whitlock",
  "Zeman",
];

const answers: Readonly<Record<string, string>> = {
  siteId: "riverside",
  programId: "adult-iop",
  given: "Robin",
  family: "Okafor",
  usedName: "Rob",
  "birth-month": "3",
  "birth-day": "28",
  "birth-year": "1990",
  phoneKind: "own",
  smsConsent: "yes",
  emailConsent: "yes",
  language: "en",
  interpreter: "no",
  reason: "I would like to talk with someone",
  confidence: "4",
  "follow-up-attended": "yes",
};

/**
 * Plays the reference pathway of one group from the referrals to the closings, with the real state
 * machines and functions in virtual time, and counts what AWS would charge for.
 * @param options.say - told what is being done, for whoever waits
 * @throws {Error} when the pathway does not end as it should: a count of something else is no count
 */
export async function countReferencePathway(options: {
  readonly seed: number;
  readonly say: (sentence: string) => void;
}): Promise<Usage> {
  const { seed, say } = options;
  const at = (date: string, time: string) => instantAt(date, time, timeZone);
  const counted = await CountedWorld.start({ startAt: at(referredOn, "08:30"), seed });
  const staff = new ReferenceStaff(counted);
  const until = (date: string, time: string) => counted.advanceTo(at(date, time));

  say("Referral, forms and admission");
  await until(referredOn, "12:30");
  const people = Array.from({ length: groupSize }, (_, index) => String(index + 101));
  for (const [index, person] of people.entries())
    await visitor(counted).fillIn("/start", {
      ...answers,
      // Nobody is taken for anybody else.
      family: families[index] ?? "Okafor",
      phone: `(212) 555-0${person}`,
      email: `person-${person}@example.org`,
    });
  await until(formsAnsweredOn, "17:00");
  await answer(counted, people, "ask-forms");
  await until(admittedOn, "15:00");
  await staff.workTheQueue();

  for (let week = 0; week < weeks; week += 1) {
    say(`Week ${week + 1} of ${weeks}`);
    for (const [days, times] of attendanceTimes) {
      const on = addDays(firstMonday, week * 7 + days);
      for (const time of times) {
        await until(on, time);
        await staff.enterAttendance(on, (slot) =>
          missed.includes(on) && slot === "thu-individual" ? "no-show" : "present",
        );
      }
      if (missed.includes(on)) {
        await until(on, "15:00");
        await staff.workTheQueue();
      }
      if (days === 1 && (week === 2 || week === 4)) await answer(counted, people, "measures");
    }
  }

  say("Discharge");
  const lastDay = addDays(firstMonday, weeks * 7);
  await until(lastDay, "10:00");
  await staff.workTheQueue();
  await until(lastDay, "11:00");
  await staff.workTheQueue();
  await until(lastDay, "12:00");
  await staff.workTheQueue();

  say("Aftercare");
  await until(addDays(lastDay, 1), "15:00");
  await staff.workTheQueue();
  for (const [openedOn, answeredAfter] of checkIns) {
    await until(addDays(lastDay, openedOn + answeredAfter), "18:00");
    await answer(counted, people, "check-in");
  }
  const closedOn = addDays(lastDay, 369);
  await until(closedOn, "10:00");
  await staff.workTheQueue();
  await until(addDays(closedOn, 14), "10:00");
  return { ...usageOf(counted), sweep: await CountedWorld.sweep() };
}

/** Everybody opens the link of the newest message of a template and answers all that it asks. */
async function answer(
  counted: CountedWorld,
  people: readonly string[],
  templateId: string,
): Promise<void> {
  for (const person of people) {
    const isTheirs = (to: string) => to.endsWith(`5550${person}`) || to.includes(`-${person}@`);
    const message = counted.world.sent.findLast(
      (sent) => sent.templateId === templateId && isTheirs(sent.to),
    );
    const path = /https:\/\/[^/\s]+(\/k\/\S+)/.exec(message?.text ?? "")?.[1];
    if (path === undefined) throw new Error(`Person ${person} got no link of ${templateId}`);
    await visitor(counted).fillIn(path, answers);
  }
}

function visitor(counted: CountedWorld): PageVisitor {
  return new PageVisitor((path, init) => counted.askPage(path, init), counted.origin);
}

function usageOf({ world, meter, emailBytes }: CountedWorld): Omit<Usage, "sweep"> {
  meter.stop();
  if (world.problems.length > 0) throw new Error(`The pathway met problems: ${world.problems[0]}`);
  const closed = world.store
    .all("care")
    .filter((item) => item.sk === "EPISODE" && item.status === "closed").length;
  if (closed !== groupSize)
    throw new Error(`${closed} of ${groupSize} pathways ended as they should`);
  const { transitions, errorLines, work } = countTransitions(world.engine);
  for (const { workflow, at } of work) meter.machineWorked(workflow, at);
  const messages: Record<string, number> = {};
  for (const { templateId } of world.sent) messages[templateId] = (messages[templateId] ?? 0) + 1;
  const texts = world.sent.filter((message) => message.channel === "sms");
  return {
    participants: groupSize,
    transitions,
    functions: meter.functions(),
    tables: {
      calls: meter.storeCalls,
      storedBytes: storedBytes(world),
    },
    archive: { puts: meter.archivePuts, bytes: meter.archiveBytes },
    email: { messages: world.sent.length - texts.length, bytes: emailBytes },
    sms: {
      messages: texts.length,
      parts: texts.reduce((sum, { text }) => sum + countSmsParts(text).parts, 0),
    },
    reports: meter.reports,
    logBytes: meter.logBytes + errorLines * machineErrorLogBytes,
    keyCalls: meter.keyCalls,
    http: {
      participantRequests: meter.participantRequests,
      staffRequests: meter.staffRequests,
      responseBytes: meter.responseBytes,
    },
    messages,
    days: Math.round(
      (Date.parse(world.now()) - Date.parse(`${referredOn}T14:00:00Z`)) / 86_400_000,
    ),
  };
}

const shared = /^(PROGRAM|POLICY|SITES?|STAFF)(#|$)/;

/** What the participant leaves behind, with 100 bytes that DynamoDB adds to each item and index entry. */
function storedBytes({ store }: CountedWorld["world"]): number {
  return (["care", "identity", "audit"] as const)
    .flatMap((table) =>
      store.all(table).map((item) => {
        if (shared.test(item.pk)) return 0;
        const copies = 1 + (table === "care" ? indexEntries(item) : 0);
        return copies * (bytesOf(table, item) + 100);
      }),
    )
    .reduce((sum, bytes) => sum + bytes, 0);
}
