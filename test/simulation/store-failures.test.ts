import { describe, expect, test } from "vitest";
import { MemoryWorld } from "../../local/in-memory/memory-world.ts";
import { StoreUnavailableError } from "../../shared/errors/store-unavailable-error.ts";
import { MemoryPerson, playPathway, publishIn } from "../bench/memory-people.ts";
import { seededNumbers } from "../e2e/support/seeded.ts";

/** Share of the store's calls inside workflows that fail: half before the write, half after it. */
const failureRate = 0.04;

async function play(seed: number, rate: number) {
  const world = new MemoryWorld({ startAt: "2027-01-04T14:00:00.000Z", seed });
  await publishIn(world);
  const random = seededNumbers(seed);
  let isStepping = false;
  let failures = 0;
  const fails = () => {
    if (!isStepping || random() >= rate) return false;
    failures += 1;
    return true;
  };
  const { store } = world;
  const transact = store.transact.bind(store);
  store.transact = async (operations) => {
    if (fails()) throw new StoreUnavailableError("The store did not answer");
    await transact(operations);
    if (fails()) throw new StoreUnavailableError("The store did not answer");
  };
  const getMany = store.getMany.bind(store);
  store.getMany = async (table, keys) => {
    if (fails()) throw new StoreUnavailableError("The store did not answer");
    return getMany(table, keys);
  };
  // People who press a button again are proven elsewhere: here the store fails while time moves.
  const advanceTo = world.advanceTo.bind(world);
  world.advanceTo = async (instant) => {
    isStepping = true;
    await advanceTo(instant);
    isStepping = false;
  };
  const people = [1, 2, 3].map((number) => new MemoryPerson(world, number));
  await playPathway(world, people);
  return { world, people, failures: () => failures };
}

/** Two that have shown something, and two that nobody has seen; a failing one is run again by its number. */
const drawn = [1, 2].map(() => Math.floor(Math.random() * 1_000_000));
const seeds = [7, 11, ...drawn];

describe("a store that fails while workflows step", () => {
  test.each(seeds)(
    "ends in a retry or a staff task, never in silence, and sends nothing twice: seed %i",
    async (seed) => {
      const calm = await play(seed, 0);
      const rough = await play(seed, failureRate);
      expect(rough.failures()).toBeGreaterThan(40);
      const ids = rough.world.sent.map((message) => message.messageId);
      expect(new Set(ids).size).toBe(ids.length);
      let unknown = 0;
      let answeredBefore = 0;
      for (const person of rough.people) {
        expect((await person.episode()).status).toBe("closed");
        const items = await person.items();
        for (const item of items) {
          if (item.kind !== "message") continue;
          expect(["PLANNED", "CLAIMED"], item.sk).not.toContain(item.status);
          // What failed first is said later, and people here answer at their hour whether it was said or not.
          if (item.status === "CANCELLED" && item.reason === "answered") answeredBefore += 1;
          if (item.status !== "UNKNOWN") continue;
          unknown += 1;
          const isTold = items.some(
            (one) => one.kind === "task" && one.about?.id === item.messageId,
          );
          expect(isTold, `${item.sk} is of unknown end and nobody was told`).toBe(true);
        }
      }
      const missing = calm.world.sent.length - rough.world.sent.length;
      expect(missing).toBeLessThanOrEqual(unknown + answeredBefore);
    },
    60_000,
  );
});
