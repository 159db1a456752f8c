import { beforeEach, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { findById, findOwn } from "../../../shared/staff/find-by-id.ts";
import { findEpisode } from "../../../shared/staff/people/find-episode.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const task = buildTask();
const at = (...siteIds: string[]): StaffMember =>
  ({ staffId: "dana", name: "Dana", functions: ["clinician"], siteIds }) as StaffMember;
const dana = at("riverside");
const elsewhere = at("mesa");

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside"), items: [task] });
});

it("an id leads to what it stands for, at the sites of whoever asks alone", async () => {
  expect(await findById(world.store, task.taskId, "task")).toMatchObject({
    episodeId,
    siteId: "riverside",
    item: { taskId: task.taskId },
  });
  expect(await findOwn(world.store, dana, task.taskId, "task")).toMatchObject({ episodeId });
  expect(await findOwn(world.store, elsewhere, task.taskId, "task")).toBeUndefined();
  expect(await findEpisode(world.store, dana, episodeId)).toMatchObject({ episodeId });
  expect(await findEpisode(world.store, elsewhere, episodeId)).toBeUndefined();
});

it("the id of one kind of thing leads to no other kind", async () => {
  for (const kind of ["escalation", "session", "message"] as const)
    expect(await findById(world.store, task.taskId, kind)).toBeUndefined();
});

it("what is gone, though the index still names it, is nothing", async () => {
  const { pk } = keys.episode(episodeId);
  const late: Store = Object.assign(Object.create(world.store), {
    get: async () => undefined,
    queryIndex: async () => ({ items: [{ pk, sk: task.sk, schemaVersion: 1 }] }),
  });
  expect(await findById(late, task.taskId, "task")).toBeUndefined();
});

it.each([
  ["", "nothing"],
  ["x".repeat(3000), "more letters than a key of the store may have"],
  [`${"0".repeat(26)}0`, "a letter more than an id has"],
  [` ${"0".repeat(26)}`, "a blank before it"],
  [`${"0".repeat(26)}#`, "a mark after it"],
  ["0".repeat(25), "a letter less than an id has"],
  ["ilou".padEnd(26, "0"), "letters that are in no id"],
])("nobody looks in the store for what is no id: %.30s (%s)", async (id) => {
  const closed = new Proxy(new MemoryStore(), {
    get: () => {
      throw new Error("Somebody looked in the store");
    },
  });
  expect(await findById(closed, id, "task")).toBeUndefined();
  expect(await findEpisode(closed, dana, id)).toBeUndefined();
});
