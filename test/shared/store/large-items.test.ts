import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { storedEpisode } from "../../../shared/store/episode-forms.ts";
import {
  itemBytes,
  largeItemBytes,
  maxItemBytes,
} from "../../../shared/store/rules/check-operations.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";
import { storeKinds, type TestStore } from "../../fakes/test-stores.ts";

const as = "taylor-riverside";
const pause = { milliseconds: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };

/** A person whose root takes so many bytes, by words that a newer release keeps there. */
function grownTo(bytes: number, episodeId: string) {
  const withWords = (words: string) => ({
    ...personAt("riverside", {
      episodeId,
      participantId: `of-${episodeId}`,
      status: "active",
      admittedOn: "2027-01-04",
      week: 1,
    }),
    words,
  });
  const others = itemBytes("care", storedEpisode(withWords("")));
  return withWords("x".repeat(bytes - others));
}

const leave = {
  kind: "medical",
  contactKeptBy: "casey-riverside",
  expectedReturnOn: "2027-01-26",
  reason: "Surgery",
};

describe.each(Object.entries(storeKinds))("on the %s store", (_name, start) => {
  let started: TestStore;
  let world: StaffWorld<Store>;
  beforeAll(async () => {
    started = await start();
    world = await StaffWorld.over(tuesdayMorning, started.store, pause);
  });
  afterAll(() => started.stop());

  it("what has grown large goes on, and a supervisor is told once a month, long before it is full", async () => {
    const episodeId = "01JHEP000000000000000000G1";
    await world.add({ episode: grownTo(largeItemBytes, episodeId) });
    const told = async () => {
      const { items } = await world.store.query("care", keys.site("riverside").pk, {
        skPrefix: "TASK#workflow-problem#large",
      });
      return items;
    };
    expect(await told()).toEqual([]);
    for (const [path, body] of [
      ["hold", leave],
      ["resume", { reason: "Back early" }],
    ] as const)
      expect(await world.call(as, "POST", `/episodes/${episodeId}/${path}`, body)).toMatchObject({
        status: 200,
      });
    const [task, ...others] = await told();
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      assignedFunction: "supervisor",
      status: "open",
      words: expect.stringContaining("has grown very large"),
      evidence: { episodeId, fullPercent: 73 },
    });
    const page = await world.page(as, `/staff/tasks/${String(task?.taskId)}`);
    expect(page.html).toContain("Full, in percent");
    world.clock.moveTo("2027-02-01T16:00:00.000Z");
    const contact = { channel: "phone", outcome: "reached" };
    for (let times = 0; times < 2; times += 1)
      await world.call(as, "POST", `/episodes/${episodeId}/contacts`, contact);
    world.clock.moveTo(tuesdayMorning);
    expect(await told()).toHaveLength(2);
    expect(world.errors).toEqual([]);
  });

  it("a command that would make it larger than one item can be changes nothing and says so", async () => {
    const episodeId = "01JHEP000000000000000000F1";
    await world.add({ episode: grownTo(maxItemBytes - 20, episodeId) });
    const key = keys.episode(episodeId);
    const before = await world.store.get("care", key.pk, key.sk);
    const answer = await world.call(as, "POST", `/episodes/${episodeId}/hold`, leave);
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).toContain("as large as the database lets it be");
    expect(await world.store.get("care", key.pk, key.sk)).toEqual(before);
    expect(world.errors).toEqual([]);
  });
});
