import { beforeEach, describe, expect, it } from "vitest";
import { pageOnCall } from "../../../functions/page-on-call/page-on-call.ts";
import { receiveSms } from "../../../functions/receive-sms/receive-sms.ts";
import { sweepStalledWork } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryPager } from "../../../local/in-memory/memory-pager.ts";
import { MemorySender } from "../../../local/in-memory/memory-sender.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { snsEvent } from "../../../local/messaging/sns-event.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import { pageEventSchema } from "../../../shared/contracts/page-event.ts";
import { snsEventSchema } from "../../../shared/contracts/sns-event.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

const [primary, backup, supervisor] = ["+12125550113", "+12125550114", "+12125550115"];
const silent = { info: () => {}, warn: () => {} };

let world: StaffWorld;
let pager: MemoryPager;
let errors: string[];

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  pager = new MemoryPager();
  errors = [];
  const logger = { ...silent, error: (sentence: string) => void errors.push(sentence) };
  const message = {
    originationNumber: "+15550100177",
    destinationNumber: "+12125550111",
    messageBody: "I want to kill myself",
    inboundMessageId: "in-1",
  };
  await receiveSms(
    {
      ...world.deps,
      sender: new MemorySender(),
      pager,
      publicOrigin: "https://care.example.org",
      optOutList: { add: async () => {}, remove: async () => {} },
      logger,
    },
    snsEventSchema.parse(snsEvent("inbound", message, world.clock.now())),
  );
});

/** Lets so many minutes pass, with the sweep of every minute. */
async function pass(minutes: number): Promise<void> {
  const logger = { ...silent, error: (sentence: string) => void errors.push(sentence) };
  for (let minute = 0; minute < minutes; minute += 1) {
    world.clock.advanceMinutes(1);
    await sweepStalledWork({
      ...world.deps,
      logger,
      runner: new MemoryWorkflowRunner(),
      functions: {
        run: async (_name, payload) => {
          await pageOnCall({ ...world.deps, pager, logger }, pageEventSchema.parse(payload));
        },
      },
    });
  }
}

async function task(): Promise<CareTask> {
  const { items } = await world.store.query("care", keys.site("riverside").pk, {
    skPrefix: "TASK#",
  });
  return items[0] as unknown as CareTask;
}

const paged = () => pager.pages.filter(({ channel }) => channel === "call").map(({ to }) => to);

describe("a text that may speak of danger, from a number that nobody here has", () => {
  it("goes to the clinical lead and is paged on and on while nobody acts, person after person", async () => {
    expect(paged()).toEqual([primary]);
    expect((await task()).assignedFunction).toBe("clinician");
    await pass(15);
    expect(paged()).toEqual([primary, backup]);
    await pass(15);
    expect(paged()).toEqual([primary, backup, supervisor]);
    expect((await task()).assignedFunction).toBe("clinical-lead");
    await pass(120);
    expect(paged()).toEqual([primary, backup, supervisor, supervisor, supervisor]);
    expect(errors).toEqual([]);
  });

  it("is paged about no more when somebody has done it, and every step is on record", async () => {
    await pass(15);
    const { taskId, version, dueAt } = await task();
    expect(version).toBe(2);
    await world.call("avery-riverside", "POST", `/tasks/${taskId}/outcome`, {
      outcome: "answered",
      note: "Spoke with the person; safe with a plan.",
    });
    expect(await task()).toMatchObject({ status: "done", dueAt });
    // Nor by a page that was on its way meanwhile.
    const { sk } = await task();
    const logger = { ...silent, error: () => {} };
    const late = { schemaVersion: 1, siteId: "riverside", taskSk: sk, dueAt, attempt: 2 };
    expect(await pageOnCall({ ...world.deps, pager, logger }, pageEventSchema.parse(late))).toEqual(
      { outcome: "not-needed", personsTried: 0 },
    );
    await pass(90);
    expect(paged()).toEqual([primary, backup]);
    const trail = await world.store.query("audit", `TASK#${taskId}`, {});
    expect(trail.items.map(({ action }) => action)).toEqual([
      "owed-work-passed-on",
      "task-completed",
    ]);
  });

  it("is paged again a minute later where the page could not be asked for", async () => {
    const logger = { ...silent, error: (sentence: string) => void errors.push(sentence) };
    world.clock.advanceMinutes(15);
    await sweepStalledWork({
      ...world.deps,
      logger,
      runner: new MemoryWorkflowRunner(),
      functions: {
        run: async () => {
          throw new Error("the function cannot be called");
        },
      },
    });
    expect(errors).toEqual(["Stalled work could not be settled"]);
    expect(paged()).toEqual([primary]);
    await pass(1);
    expect(paged()).toEqual([primary, backup]);
  });
});
