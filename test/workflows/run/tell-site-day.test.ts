import { expect, it } from "vitest";
import { addMinutes } from "../../../shared/care/time/instants.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { outboxOverdueMinutes, readOutboxEntry } from "../../../shared/store/outbox-item.ts";
import { tellSiteDay } from "../../../workflows/run/tell-site-day.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

const on = "2027-01-14";
const groups = ["riverside.morning", "riverside.evening"];
const episodeIds = Array.from(
  { length: 60 },
  (_, index) => `01JHEP00000000000000000${100 + index}`,
);

/** A day with two groups: everybody sits in the first one, every third in the second one, too. */
async function fullDay(): Promise<StaffWorld> {
  const world = await StaffWorld.create(tuesdayMorning);
  for (const groupSessionId of groups) {
    await world.put({
      ...keys.siteDay("riverside", on, groupSessionId),
      schemaVersion: 1,
      kind: "group-session",
      groupSessionId,
    });
    for (const [index, episodeId] of episodeIds.entries())
      if (groupSessionId === groups[0] || index % 3 === 0)
        await world.put({
          ...keys.seat(groupSessionId, episodeId),
          schemaVersion: 1,
          kind: "seat",
          groupSessionId,
          episodeId,
          sessionSk: `SESSION#${groupSessionId}`,
        });
  }
  return world;
}

const owedTo = async (world: StaffWorld) =>
  (
    await Promise.all(
      episodeIds.map((episodeId) =>
        world.store.query("care", keys.episode(episodeId).pk, { skPrefix: "EFFECT#" }),
      ),
    )
  ).flatMap(({ items }) => items.map(readOutboxEntry));

it("a day that changes is told to everybody who has a session on it, once each, however often it is tried", async () => {
  const world = await fullDay();
  const entry = { kind: "tell-site-day", siteId: "riverside", on } as const;
  const about = { effectId: "01J0EFFECT", owedAt: tuesdayMorning };
  await tellSiteDay(world.deps, entry, about);
  const first = await owedTo(world);
  expect(first).toHaveLength(60);
  const both = first.filter(
    ({ effect }) =>
      effect.kind === "apply" &&
      effect.command.type === "site-day-changed" &&
      effect.command.sessionSks.length === 2,
  );
  expect(both).toHaveLength(20);
  // The stream gives it again later: the same is owed, and nothing beside it.
  world.clock.advanceMinutes(7);
  await tellSiteDay(world.deps, entry, about);
  expect(await owedTo(world)).toEqual(first);
});

it("what it owes is late a minute after the day was changed, not after each link of the chain", async () => {
  const world = await fullDay();
  world.clock.advanceMinutes(3);
  await tellSiteDay(
    world.deps,
    { kind: "tell-site-day", siteId: "riverside", on },
    { effectId: "01J0EFFECT", owedAt: tuesdayMorning },
  );
  for (const { workAt } of await owedTo(world))
    expect(workAt).toBe(addMinutes(tuesdayMorning, outboxOverdueMinutes));
});
