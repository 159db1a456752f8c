import { describe, expect, it } from "vitest";
import { sweepStalledWork } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { outboxItem } from "../../../shared/store/outbox-item.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const { pk } = keys.episode(episodeId);

/** Somebody about whom a page is owed since `tuesdayMorning`, of which the stream told nobody. */
async function owedPage() {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", { status: "active" }) });
  await world.put(
    outboxItem({
      pk,
      siteId: "riverside",
      effectId: world.deps.ids.next(),
      effect: { kind: "page", episodeId, escalationSk: "ESC#01J1", tier: 0, attempt: 1 },
      now: tuesdayMorning,
    }),
  );
  const functions = new MemoryFunctionRunner();
  const sweepAt = async (instant: string) => {
    world.clock.moveTo(instant);
    const counts = await sweepStalledWork({
      ...world.deps,
      functions,
      runner: new MemoryWorkflowRunner(),
      logger: {
        info: () => {},
        warn: () => {},
        error: (sentence) => void world.errors.push(sentence),
      },
    });
    return counts.effects;
  };
  return { world, functions, sweepAt };
}

describe("what a commit owes and the stream did not do", () => {
  it("is left to the stream for one minute, and is done by the sweep from that minute on, once", async () => {
    const { world, functions, sweepAt } = await owedPage();
    expect(await sweepAt("2027-01-12T16:00:59.999Z")).toBe(0);
    expect(functions.calls).toEqual([]);
    expect(await sweepAt("2027-01-12T16:01:00.000Z")).toBe(1);
    expect(functions.calls.map(({ functionName }) => functionName)).toEqual(["page-on-call"]);
    expect(await sweepAt("2027-01-12T16:02:00.000Z")).toBe(0);
    expect(functions.calls).toHaveLength(1);
    expect(world.errors).toEqual([]);
  });
});
