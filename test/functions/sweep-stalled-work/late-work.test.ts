import { beforeEach, describe, expect, it } from "vitest";
import {
  type SweepOptions,
  sweepStalledWork,
} from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import { addHours } from "../../../shared/care/time/instants.ts";
import { keys, workPartition, workPartitions } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { siteTaskItem } from "../../../shared/store/site-task-item.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const dueAt = addHours(tuesdayMorning, 4);
const call = buildTask({ sk: "TASK#first-contact-call#intake", dueAt });
const as = "casey-riverside";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", { status: "referred" }), items: [call] });
});

/** Moves the clock and lets the sweep look once; pages that it asks for would be a fault here. */
async function sweepAt(
  instant: string,
  options: SweepOptions = {},
  asked: string[] = [],
): Promise<void> {
  while (world.clock.now() < instant) world.clock.advanceMinutes(1);
  const { store } = world.deps;
  const watched: Store = {
    get: (...key) => store.get(...key),
    getMany: (...keys) => store.getMany(...keys),
    query: (...query) => store.query(...query),
    transact: (...operations) => store.transact(...operations),
    queryIndex: (index, partition, ...rest) => {
      asked.push(partition);
      return store.queryIndex(index, partition, ...rest);
    },
  };
  const deps = {
    ...world.deps,
    store: watched,
    logger: {
      info: () => {},
      warn: () => {},
      error: (sentence: string) => void world.errors.push(sentence),
    },
    runner: new MemoryWorkflowRunner(),
    functions: { run: async (name: string) => void world.errors.push(`${name} was run`) },
  };
  await sweepStalledWork(deps, options);
}

const text = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ");

async function page(path: string): Promise<string> {
  const { html, status } = await world.page(as, path);
  expect(status).toBe(200);
  return text(html).replaceAll(/\s+/g, " ");
}

describe("a first call that nobody makes in time", () => {
  it("says from the start who gets it then", async () => {
    const shown = await page(`/staff/tasks/${call.taskId}`);
    expect(shown).toMatch(
      /When it is not done Tue.*: to the supervisor Wed.*: to the clinical lead/,
    );
  });

  it("goes to the supervisor, then to the clinical lead, in words and with its deadline", async () => {
    await sweepAt(dueAt);
    expect(await world.item(episodeId, call.sk)).toMatchObject({
      assignedFunction: "supervisor",
      priority: "urgent",
      dueAt,
    });
    await sweepAt(addHours(dueAt, 1));
    expect(await page("/staff?tab=work")).toContain("supervisor (handed up from the case manager)");
    const shown = await page(`/staff/tasks/${call.taskId}`);
    expect(shown).toContain("supervisor, because the case manager did not do it in time");
    expect(shown).toContain("Went to the supervisor: Tue");
    await sweepAt(addHours(dueAt, 24));
    await sweepAt(addHours(dueAt, 72));
    expect(await world.item(episodeId, call.sk)).toMatchObject({
      assignedFunction: "clinical-lead",
      priority: "urgent",
      dueAt,
      version: 3,
    });
    expect(await page(`/staff/episodes/${episodeId}`)).toContain(
      "Not done in time, handed up: clinical lead",
    );
    expect(world.errors).toEqual([]);
  });
});

describe("a text from a number that nobody has", () => {
  it("that nobody reads goes to the supervisor, also where somebody had put it off", async () => {
    const reply = siteTaskItem({
      siteId: "riverside",
      taskId: "01JHTEST0000000000000REP1Y",
      taskKind: "inbound-reply",
      occurrence: "in-1",
      words: "A text from a number that nobody has.",
      assignedFunction: "front-desk",
      priority: "normal",
      now: tuesdayMorning,
      dueInHours: 24,
      evidence: {},
    });
    await world.put(reply);
    const change = async (what: string, body: Record<string, unknown>) =>
      world.call(as, "POST", `/tasks/${String(reply.taskId)}/${what}`, { ...body });
    expect((await change("assign", { staffId: as })).status).toBe(200);
    expect((await change("snooze", { until: addHours(tuesdayMorning, 72) })).status).toBe(200);
    await sweepAt(addHours(tuesdayMorning, 24));
    const { pk } = keys.site("riverside");
    const task = (await world.store.get("care", pk, reply.sk)) as unknown as CareTask;
    expect(task).toMatchObject({
      assignedFunction: "supervisor",
      priority: "urgent",
      dueAt: reply.dueAt,
      handedUp: [{ from: "front-desk", to: "supervisor" }],
    });
    expect(task.assignedTo).toBeUndefined();
    expect(task.snoozedUntil).toBeUndefined();
    expect(world.errors).toEqual([]);
  });
});

describe("a sweep that is told where something is due", () => {
  const [partition, others] = [
    workPartition("riverside", "owed", call.taskId),
    workPartitions("riverside", "owed"),
  ];

  it("does what is due there and asks the database for nothing else", async () => {
    const asked: string[] = [];
    await sweepAt(dueAt, { partitions: [partition] }, asked);
    expect(await world.item(episodeId, call.sk)).toMatchObject({ assignedFunction: "supervisor" });
    expect(new Set(asked)).toEqual(new Set([partition]));
  });

  it("leaves alone what is due elsewhere", async () => {
    await sweepAt(dueAt, { partitions: others.filter((one) => one !== partition) });
    expect(await world.item(episodeId, call.sk)).toMatchObject({
      assignedFunction: call.assignedFunction,
    });
  });
});
