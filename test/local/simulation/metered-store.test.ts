import { describe, expect, it } from "vitest";
import { meteredStore, type StoreCall } from "../../../local/simulation/metered-store.ts";
import { indexWriteUnits, readUnits, writeUnits } from "../../../local/simulation/table-units.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { itemBytes } from "../../../shared/store/rules/check-operations.ts";

const item = (pk: string, bytes: number, more: Readonly<Record<string, unknown>> = {}) => {
  const bare = { pk, sk: "S", schemaVersion: 1, fill: "", ...more };
  return { ...bare, fill: "x".repeat(bytes - itemBytes("care", bare)) };
};

describe("the size of an item", () => {
  const key = { pk: "ab", sk: "c", schemaVersion: 1 };
  const keyBytes = 4 + 3 + (13 + 2);

  it("is that of its names and values, with its lists and objects as the one text that they are in the table", () => {
    expect(itemBytes("care", key)).toBe(keyBytes);
    expect(itemBytes("care", { ...key, n: 12, ok: true, none: null })).toBe(keyBytes + 3 + 3 + 5);
    expect(itemBytes("care", { ...key, l: ["a", "bc"], m: { k: "é" } })).toBe(
      keyBytes + 4 + 30 + 1,
    );
  });

  it("is, in the trail, that of lists and maps as the database counts them: three bytes, and one for each member", () => {
    expect(itemBytes("audit", { ...key, l: ["a", "bc"] })).toBe(keyBytes + 1 + 3 + 2 + 3);
    expect(itemBytes("audit", { ...key, m: { k: "é" } })).toBe(keyBytes + 1 + 3 + 1 + 1 + 2);
  });

  it("is charged by every kB begun for a write and by every 4 kB begun for a read", () => {
    expect(writeUnits("care", item("A", 1024))).toBe(1);
    expect(writeUnits("care", item("A", 1025))).toBe(2);
    expect(writeUnits("care", item("A", 3000), item("A", 100))).toBe(3);
    expect([readUnits(0), readUnits(4096), readUnits(4097)]).toEqual([1, 1, 2]);
  });
});

describe("the indexes of the care table", () => {
  const due = { workPartition: "WORK#a", workAt: "2027-01-01" };

  it("take nothing for an item that they do not hold", () => {
    expect(indexWriteUnits(undefined, item("A", 500))).toBe(0);
  });

  it("take one entry for a new place, and two where the place changes", () => {
    const before = item("A", 500, due);
    expect(indexWriteUnits(undefined, before)).toBe(1);
    expect(indexWriteUnits(before, item("A", 600, due))).toBe(1);
    expect(indexWriteUnits(before, item("A", 500, { ...due, workAt: "2027-01-02" }))).toBe(2);
    expect(indexWriteUnits(before, item("A", 500))).toBe(1);
  });
});

describe("the metered store", () => {
  async function metered() {
    const calls: StoreCall[] = [];
    const store = meteredStore(new MemoryStore({ conflictRate: 0 }), (call) => calls.push(call));
    await store.transact([{ put: { table: "care", item: item("A", 1500) } }]);
    return { store, calls };
  }

  it("charges a write alone once, and a transaction twice", async () => {
    const { store, calls } = await metered();
    await store.transact([
      { put: { table: "care", item: item("A", 1500) } },
      { check: { table: "care", pk: "B", sk: "S", condition: { kind: "absent" } } },
    ]);
    expect(calls.map((call) => call.writeUnits)).toEqual([2, 4 + 2]);
  });

  it("charges a refused transaction too", async () => {
    const { store, calls } = await metered();
    const put = { table: "care", item: item("A", 10 + 60), condition: { kind: "absent" } } as const;
    await expect(store.transact([{ put }])).rejects.toThrow();
    expect(calls.at(-1)?.writeUnits).toBe(4);
  });

  it("charges consistent reads whole and reads of an index by half", async () => {
    const { store, calls } = await metered();
    await store.get("care", "A", "S");
    await store.getMany("care", [
      { pk: "A", sk: "S" },
      { pk: "B", sk: "S" },
    ]);
    await store.queryIndex("byWork", "WORK#a");
    expect(calls.slice(1).map((call) => call.readUnits)).toEqual([1, 2, 0.5]);
  });
});
