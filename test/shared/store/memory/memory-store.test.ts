import { describe, expect, it } from "vitest";
import { streamEvent } from "../../../../local/in-memory/stream-event.ts";
import { StoreUnavailableError } from "../../../../shared/errors/store-unavailable-error.ts";
import { TransactionConflictError } from "../../../../shared/errors/transaction-conflict-error.ts";
import type { StoredItem, WriteOperation } from "../../../../shared/ports/store.ts";
import { type CommittedChange, MemoryStore } from "../../../../shared/store/memory/memory-store.ts";
import { seededRandom } from "../../../../shared/store/memory/seeded-random.ts";

function put(sk: string, attributes: Readonly<Record<string, unknown>> = {}): WriteOperation {
  return { put: { table: "care", item: { pk: "EP#1", sk, schemaVersion: 1, ...attributes } } };
}

async function conflicts(store: MemoryStore, tries: number): Promise<readonly number[]> {
  const hit: number[] = [];
  for (let index = 0; index < tries; index += 1) {
    try {
      await store.transact([put(`A#${index}`)]);
    } catch (error) {
      expect(error).toBeInstanceOf(TransactionConflictError);
      expect(await store.get("care", "EP#1", `A#${index}`)).toBeUndefined();
      hit.push(index);
    }
  }
  return hit;
}

describe("the memory store", () => {
  it("refuses one transaction in twenty with a conflict unless told otherwise, and then writes nothing", async () => {
    const hit = await conflicts(new MemoryStore(), 2000);
    expect(hit.length).toBeGreaterThan(60);
    expect(hit.length).toBeLessThan(140);
  });

  it("refuses the same ones in every run, others with another seed, none at a rate of zero", async () => {
    const first = await conflicts(new MemoryStore({ random: seededRandom(7) }), 200);
    expect(await conflicts(new MemoryStore({ random: seededRandom(7) }), 200)).toEqual(first);
    expect(await conflicts(new MemoryStore({ random: seededRandom(8) }), 200)).not.toEqual(first);
    expect(await conflicts(new MemoryStore({ conflictRate: 0 }), 200)).toEqual([]);
  });

  it("reports what each transaction changed in care and audit, never in identity", async () => {
    const store = new MemoryStore({ conflictRate: 0 });
    const seen: CommittedChange[][] = [];
    const end = store.onCommit((changes) => seen.push([...changes]));
    const entry: StoredItem = { pk: "EP#1", sk: "1", schemaVersion: 1 };
    await store.transact([
      put("A", { version: 1 }),
      { put: { table: "audit", item: entry, condition: { kind: "absent" } } },
      { put: { table: "identity", item: { pk: "PERSON#1", sk: "PROFILE", schemaVersion: 1 } } },
    ]);
    await store.transact([put("A", { version: 2 })]);
    await store.transact([{ delete: { table: "care", pk: "EP#1", sk: "A" } }]);
    // Neither deletes anything, so neither is a change.
    await store.transact([{ delete: { table: "care", pk: "EP#1", sk: "A" } }]);
    await store.transact([
      { check: { table: "care", pk: "EP#1", sk: "A", condition: { kind: "absent" } } },
    ]);
    end();
    await store.transact([put("B")]);
    expect(
      seen.map((changes) => changes.map(({ table, eventName }) => `${table} ${eventName}`)),
    ).toEqual([["care INSERT", "audit INSERT"], ["care MODIFY"], ["care REMOVE"]]);
    expect(seen[1]?.[0]).toMatchObject({ oldImage: { version: 1 }, newImage: { version: 2 } });
    expect(seen[2]?.[0]?.newImage).toBeUndefined();
  });

  it("turns changes into the event that a function on the stream gets", async () => {
    const store = new MemoryStore({ conflictRate: 0 });
    const seen: CommittedChange[] = [];
    store.onCommit((changes) => seen.push(...changes));
    await store.transact([
      put("EFFECT#1", { attempts: 0, on: true, none: null, list: ["x"], inner: { a: 1 } }),
    ]);
    expect(streamEvent(seen).Records).toEqual([
      {
        eventName: "INSERT",
        eventSource: "aws:dynamodb",
        dynamodb: {
          Keys: { pk: { S: "EP#1" }, sk: { S: "EFFECT#1" } },
          SequenceNumber: "1",
          NewImage: {
            pk: { S: "EP#1" },
            sk: { S: "EFFECT#1" },
            schemaVersion: { N: "1" },
            attempts: { N: "0" },
            on: { BOOL: true },
            none: { NULL: true },
            json: { S: '{"list":["x"],"inner":{"a":1}}' },
          },
        },
      },
    ]);
  });

  it("fails as planned: before a write, after it, by conflict, on a read, each once", async () => {
    const store = new MemoryStore({ conflictRate: 0 });
    store.failNext("write-not-made");
    await expect(store.transact([put("A")])).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await store.get("care", "EP#1", "A")).toBeUndefined();
    store.failNext("answer-lost");
    await expect(store.transact([put("A")])).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await store.get("care", "EP#1", "A")).toBeDefined();
    store.failNext("conflict");
    await expect(store.transact([put("B")])).rejects.toBeInstanceOf(TransactionConflictError);
    store.failNext("read");
    await store.transact([put("B")]);
    await expect(store.query("care", "EP#1")).rejects.toBeInstanceOf(StoreUnavailableError);
    expect((await store.query("care", "EP#1")).items).toHaveLength(2);
  });

  it("gives out items that nobody can change", async () => {
    const store = new MemoryStore({ conflictRate: 0 });
    await store.transact([put("A", { inner: { list: [1] } })]);
    const found = await store.get("care", "EP#1", "A");
    expect(() => Object.assign(found ?? {}, { version: 9 })).toThrow(TypeError);
    expect(() => Object.assign(Object(found?.inner), { list: [] })).toThrow(TypeError);
  });
});
