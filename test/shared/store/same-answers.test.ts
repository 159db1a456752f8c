import { afterAll, beforeAll, expect, it } from "vitest";
import { CareError } from "../../../shared/errors/care-error.ts";
import { ConditionFailedError } from "../../../shared/errors/condition-failed-error.ts";
import type { Condition, Store, StoredItem, WriteOperation } from "../../../shared/ports/store.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { fc, isFullVolume } from "../../builders/properties.ts";
import { startDynamoDbStore, type TestStore } from "../../fakes/test-stores.ts";

let running: TestStore;
beforeAll(async () => {
  running = await startDynamoDbStore();
});
afterAll(() => running.stop());

// Few keys and values, so that operations meet.
const sortKeys = ["A#1", "A#2", "B"] as const;
const partitions = ["P", "Q"] as const;
const attributes = ["version", "status"] as const;

const sk = fc.constantFrom(...sortKeys);
const pk = fc.constantFrom(...partitions);
const attribute = fc.constantFrom(...attributes);
const table = fc.constantFrom("care" as const, "identity" as const);
const number = fc.integer({ min: 0, max: 2 });
const scalar = fc.oneof(number, fc.constantFrom("a", "b", ""), fc.boolean());
/** What conditions look at and numbers are added to: never a list or an object, which are no attributes of their own. */
const looked = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
);
const nested = fc.oneof(
  fc.array(fc.oneof(scalar, fc.constant(undefined)), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("x", "y"), fc.oneof(scalar, fc.constant(undefined))),
);
const workAt = fc.constantFrom("2026-01-01", "2026-01-02", "2026-01-03");

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant<Condition>({ kind: "absent" }),
  fc.constant<Condition>({ kind: "present" }),
  fc
    .dictionary(attribute, fc.oneof(scalar, fc.constant(undefined)), { minKeys: 1, maxKeys: 2 })
    .map((expected): Condition => ({ kind: "equals", attributes: expected })),
  fc
    .record({ attribute, value: number })
    .map((limit): Condition => ({ kind: "absent-or-below", ...limit })),
  fc
    .record({ attribute, value: fc.oneof(number, fc.constantFrom("a", "b")) })
    .map((limit): Condition => ({ kind: "absent-or-at-most", ...limit })),
);
const maybe = fc.oneof(fc.record({}), fc.record({ condition }));

const item = fc
  .tuple(
    pk,
    sk,
    fc.dictionary(attribute, looked, { maxKeys: 4 }),
    fc.dictionary(fc.constantFrom("held", "open"), nested, { maxKeys: 2 }),
    fc.oneof(
      fc.record({}),
      fc.record({ workPartition: fc.constant("W"), workAt }),
      fc.record({ workAt }),
    ),
  )
  .map(
    ([itemPk, itemSk, rest, lists, work]): StoredItem => ({
      ...rest,
      ...lists,
      ...work,
      pk: itemPk,
      sk: itemSk,
      schemaVersion: 1,
    }),
  );

const operation: fc.Arbitrary<WriteOperation> = fc.oneof(
  fc
    .tuple(fc.record({ table, item }), maybe)
    .map(([put, extra]) => ({ put: { ...put, ...extra } })),
  fc
    .tuple(fc.record({ table, pk, sk }), maybe)
    .map(([key, extra]) => ({ delete: { ...key, ...extra } })),
  fc.record({ table, pk, sk, condition }).map((check) => ({ check })),
  fc
    .tuple(
      fc.record({ table, pk, sk, attribute, by: fc.integer({ min: -2, max: 2 }) }),
      fc.oneof(fc.record({}), fc.record({ set: fc.dictionary(attribute, scalar, { maxKeys: 2 }) })),
      maybe,
    )
    .map(([add, set, extra]) => ({ add: { ...add, ...set, ...extra } })),
);
const transactions = fc.array(fc.array(operation, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 8,
});

/** The same operation in partitions that no other run uses. */
function inRun(asked: WriteOperation, run: string): WriteOperation {
  if ("put" in asked) {
    const { item: stored } = asked.put;
    const work = stored.workPartition === undefined ? {} : { workPartition: `W${run}` };
    return { put: { ...asked.put, item: { ...stored, pk: stored.pk + run, ...work } } };
  }
  if ("delete" in asked) return { delete: { ...asked.delete, pk: asked.delete.pk + run } };
  if ("check" in asked) return { check: { ...asked.check, pk: asked.check.pk + run } };
  return { add: { ...asked.add, pk: asked.add.pk + run } };
}

async function outcome(store: Store, operations: readonly WriteOperation[]): Promise<unknown> {
  try {
    await store.transact(operations);
    return "written";
  } catch (error) {
    if (error instanceof ConditionFailedError) {
      return { name: error.name, index: error.operationIndex, existing: error.existing };
    }
    if (error instanceof CareError) return { name: error.name };
    throw error;
  }
}

async function everything(store: Store, run: string): Promise<unknown> {
  return {
    partitions: await Promise.all(
      (["care", "identity"] as const).flatMap((name) =>
        partitions.flatMap((partition) => [
          store.query(name, partition + run),
          store.query(name, partition + run, { skPrefix: "A#", descending: true, limit: 1 }),
        ]),
      ),
    ),
    single: await store.get("care", `P${run}`, "B"),
    many: await store.getMany(
      "care",
      sortKeys.map((name) => ({ pk: `Q${run}`, sk: name })),
    ),
    // The order of ties is the database's own affair.
    work: inKeyOrder((await store.queryIndex("byWork", `W${run}`)).items),
    dueWork: inKeyOrder(
      (await store.queryIndex("byWork", `W${run}`, { from: "2026-01-02", to: "2026-01-02" })).items,
    ),
  };
}

function inKeyOrder(items: readonly StoredItem[]): readonly StoredItem[] {
  const key = (stored: StoredItem) => `${stored.pk} ${stored.sk}`;
  return items.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
}

it("gives the same answers in memory as in the database, whatever is written", {
  timeout: 300_000,
}, async () => {
  let runs = 0;
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(transactions, async (asked) => {
      runs += 1;
      const run = `#${runs}`;
      // Conflicts by chance are no part of what is compared.
      const memory = new MemoryStore({ conflictRate: 0 });
      for (const operations of asked) {
        const mine = operations.map((each) => inRun(each, run));
        const [expected, actual] = [
          await outcome(running.store, mine),
          await outcome(memory, mine),
        ];
        expect(actual).toEqual(expected);
        outcomes.add(
          typeof expected === "string" ? expected : JSON.stringify(expected).slice(0, 30),
        );
      }
      expect(await everything(memory, run)).toEqual(await everything(running.store, run));
    }),
    { numRuns: isFullVolume ? 2000 : 200 },
  );
  // Transactions of all sorts were among them.
  expect(outcomes.size).toBeGreaterThanOrEqual(3);
});
