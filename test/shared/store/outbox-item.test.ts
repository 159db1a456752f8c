import { describe, expect, it } from "vitest";
import { FixedClock } from "../../../local/in-memory/fixed-clock.ts";
import { noPause } from "../../../local/in-memory/no-pause.ts";
import { createUlidIds } from "../../../shared/aws/ids/ulid-ids.ts";
import type { WriteOperation } from "../../../shared/ports/store.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import {
  outboxItem,
  owedAt,
  readOutboxEntry,
  splitChange,
} from "../../../shared/store/outbox-item.ts";
import { largeItemBytes } from "../../../shared/store/rules/check-operations.ts";
import { writeRest } from "../../../workflows/run/write-rest.ts";
import { fc } from "../../builders/properties.ts";
import { tuesdayMorning } from "../../builders/state.ts";

const pk = "EP#01JHEP000000000000000000E1";
const clock = new FixedClock(tuesdayMorning);
const ids = createUlidIds(clock);

const puts = (prefix: string, count: number, words = ""): WriteOperation[] =>
  Array.from({ length: count }, (_, index) => ({
    put: {
      table: "care",
      item: { pk, sk: `${prefix}#${String(index).padStart(3, "0")}`, schemaVersion: 1, words },
    },
  }));
const skOf = (operation: WriteOperation) => ("put" in operation ? operation.put.item.sk : "");

const restItem = (operations: readonly WriteOperation[]) =>
  outboxItem({
    pk,
    siteId: "riverside",
    effectId: ids.next(),
    effect: { kind: "write-rest", operations: [...operations] },
    now: tuesdayMorning,
  });

/** Writes a commit as it is parted, in the order in which it happens, and says what stands in the end. */
async function written(together: number, later: number, words = "") {
  const store = new MemoryStore();
  const { now, rests } = splitChange({
    together: puts("ROOT", together, words),
    later: puts("LATER", later, words),
  });
  await store.transact([
    ...now,
    ...rests.map((rest) => ({ put: { table: "care" as const, item: restItem(rest) } })),
  ]);
  const atOnce = store
    .all("care")
    .map(({ sk }) => sk)
    .filter((sk) => !sk.startsWith("EFFECT#"));
  const deps = { store, clock, ids, pause: noPause };
  for (const item of store.all("care").filter(({ sk }) => sk.startsWith("EFFECT#"))) {
    const { effect } = readOutboxEntry(item);
    if (effect.kind === "write-rest") await writeRest(deps, effect.operations);
  }
  const sks = store.all("care").flatMap(({ sk }) => (sk.startsWith("EFFECT#") ? [] : [sk]));
  return { rests, atOnce, sks };
}

describe("a commit that is larger than a transaction", () => {
  it("of a hundred writes is one transaction, and of one more is parted", async () => {
    expect((await written(10, 90)).rests).toHaveLength(0);
    const { rests, atOnce, sks } = await written(10, 91);
    expect(rests).toHaveLength(1);
    // What is owed counts too: 99 writes, and the entry that owes the other two.
    expect(atOnce).toHaveLength(99);
    expect(sks).toHaveLength(101);
  });

  it("is written whole, whatever its size: what decides it at once, the rest in its order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 300 }),
        async (together, later) => {
          const { atOnce, rests, sks } = await written(together, later);
          expect(atOnce.filter((sk) => sk.startsWith("ROOT"))).toHaveLength(together);
          expect(sks).toHaveLength(together + later);
          const order = [
            ...atOnce.filter((sk) => sk.startsWith("LATER")).toSorted(),
            ...rests.flat().map(skOf),
          ];
          expect(order).toEqual(puts("LATER", later).map(skOf));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("owes its rest in entries of which none is near what one item holds", async () => {
    // Plans of somebody with long words in every one of them.
    const { rests, sks } = await written(60, 80, "ñ".repeat(20_000));
    expect(sks).toHaveLength(140);
    for (const rest of rests)
      expect(Buffer.byteLength(JSON.stringify(rest))).toBeLessThan(largeItemBytes / 2);
  });
});

describe("when an outbox entry was owed", () => {
  it("is the instant of its commit, from which whatever comes of it counts", () => {
    const owed = readOutboxEntry(restItem([]));
    expect(owedAt(owed)).toBe(tuesdayMorning);
    expect(owed.workAt > tuesdayMorning).toBe(true);
  });
});
