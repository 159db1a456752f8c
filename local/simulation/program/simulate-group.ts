import { episodeIdOf, itemPrefixes } from "../../../shared/keys/keys.ts";
import { countSmsParts } from "../../../shared/messages/sms-parts.ts";
import type { ProgramFiles } from "../../../shared/publishing/compile-program.ts";
import { seededRandom } from "../../../shared/store/memory/seeded-random.ts";
import { openIntake } from "../../../workflows/run/open-intake.ts";
import { MemoryWorld } from "../../in-memory/memory-world.ts";
import { publishOnce } from "../../seeds/publish-once.ts";
import { Agenda } from "./agenda.ts";
import { courseOf } from "./courses.ts";
import { SimulatedPerson } from "./simulated-person.ts";
import { type Part, type Row, Tally } from "./tally.ts";

/** People who are simulated in one world; another group is another world, and follows from its number alone. */
export const groupSize = 50;

/** A Monday at the sites; people of a group come over the four weeks from here on. */
const beginsAt = "2027-01-04T13:30:00.000Z";
const arrivalDays = 28;
/** After so many days nobody is looked at any more: eight weeks, and a year with what follows its last contact. */
const mostDays = 520;

/** What is asked for in one group. */
export type GroupOrder = {
  readonly files: ProgramFiles;
  readonly folder: string;
  readonly seed: number;
  /** From 0 on. */
  readonly group: number;
  /** At most {@link groupSize}. */
  readonly people: number;
};

/**
 * Lives of one group from the referral to the end, on the real machines, functions and rules, in a world in memory:
 * what people do follows from their course and the seed.
 * @throws {Error} where the program cannot be published
 */
export async function simulateGroup(
  order: GroupOrder,
): Promise<Readonly<Record<Part, readonly Row[]>>> {
  const seed = order.seed * 10_007 + order.group;
  const world = new MemoryWorld({ startAt: beginsAt, conflictRate: 0, seed });
  const tally = new Tally();
  const agenda = new Agenda();
  const sites = await publish(world, order);
  const people = new Map<string, SimulatedPerson>();
  world.store.onCommit((changes) => {
    for (const { table, eventName, keys } of changes) {
      if (table !== "care" || !isWatched(keys.sk, eventName)) continue;
      people.get(episodeIdOf(keys.pk) ?? "")?.noteChange();
    }
  });
  for (let index = 0; index < order.people; index += 1) {
    const random = seededRandom(seed * 31 + index);
    const at = new Date(
      Date.parse(beginsAt) + Math.floor(random() * arrivalDays) * 86_400_000 + 3_600_000 * random(),
    );
    agenda.note(at.toISOString(), async () => {
      const number = order.group * groupSize + index;
      const siteId = sites[number % sites.length] ?? "";
      const episodeId = await refer(world, order, { index, siteId, random });
      const course = courseOf(number);
      const person = new SimulatedPerson({ world, agenda, tally }, { episodeId, course, random });
      people.set(episodeId, person);
      person.noteChange();
    });
  }
  await play(world, agenda);
  for (const { course, state } of await Promise.all(
    [...people.values()].map(async (one) => ({ course: one.course, state: await one.state() })),
  )) {
    const { siteId, status, disposition, admittedOn } = state.episode;
    tally.add("endings", [siteId, course.course, status], {
      people: 1,
      admitted: admittedOn === undefined ? 0 : 1,
      completed: disposition === "completed" ? 1 : 0,
    });
  }
  countMessages(world, tally);
  for (const problem of world.problems) tally.add("problems", [problem], { times: 1 });
  return tally.toRows();
}

/** New open work, and sessions that were moved. */
function isWatched(sk: string, eventName: string): boolean {
  if (sk.startsWith(itemPrefixes.session)) return true;
  const isNew = eventName === "INSERT" || sk.startsWith(itemPrefixes.checkIn);
  return (
    isNew &&
    [itemPrefixes.task, itemPrefixes.form, itemPrefixes.checkIn, itemPrefixes.escalation].some(
      (prefix) => sk.startsWith(prefix),
    )
  );
}

/** Moves time to whatever comes first, what people do or what the system does, until nothing is left. */
async function play(world: MemoryWorld, agenda: Agenda): Promise<void> {
  const endsAtMs = Date.parse(beginsAt) + mostDays * 86_400_000;
  for (;;) {
    const nowMs = Date.parse(world.now());
    const act = agenda.takeDue(nowMs);
    if (act !== undefined) {
      await act();
      continue;
    }
    const next = Math.min(
      agenda.nextAtMs() ?? Number.POSITIVE_INFINITY,
      world.nextEventAtMs() ?? Number.POSITIVE_INFINITY,
    );
    if (next > endsAtMs) return;
    await world.advanceTo(new Date(Math.max(nowMs, next)).toISOString());
  }
}

async function publish(world: MemoryWorld, order: GroupOrder): Promise<readonly string[]> {
  const outcome = await publishOnce(world.deps, order.files, [order.folder]);
  if (!outcome.ok) throw new Error("The program cannot be published");
  await world.settle();
  return outcome.liveData.newSiteIds;
}

async function refer(
  world: MemoryWorld,
  { folder }: GroupOrder,
  who: { readonly index: number; readonly siteId: string; readonly random: () => number },
): Promise<string> {
  const { index, siteId } = who;
  const hasPhone = who.random() < 0.92;
  const isSpanish = who.random() < 0.12;
  const outcome = await openIntake(world.deps, {
    request: {
      programId: folder,
      siteId,
      source: "self",
      participant: {
        name: { given: "Simulated", family: `Person ${index}` },
        birthDate: `19${70 + (index % 30)}-0${1 + (index % 9)}-1${index % 9}`,
        ...(hasPhone
          ? { phone: `+164655501${String(index).padStart(2, "0")}`, phoneKind: "own" as const }
          : {}),
        email: `person-${index}@example.org`,
        language: isSpanish ? "es" : "en",
      },
      consents: { sms: hasPhone, email: true, voicemail: false },
    },
    identity: {
      scope: "simulation",
      key: `referral-${index}`,
      method: "POST",
      path: "/api/v1/intakes",
      body: `referral-${index}`,
    },
    actorOf: (participantId) => ({ kind: "participant", participantId }),
  });
  if (outcome.outcome !== "opened") throw new Error(`A referral was ${JSON.stringify(outcome)}`);
  await world.settle();
  return outcome.answer.episodeId;
}

function countMessages(world: MemoryWorld, tally: Tally): void {
  for (const { templateId, channel, text } of world.sent)
    tally.add("messages", [templateId, channel], {
      messages: 1,
      parts: channel === "sms" ? countSmsParts(text).parts : 0,
    });
  tally.add("messages", ["page-on-call", "voice"], { messages: world.pages.length, parts: 0 });
}
