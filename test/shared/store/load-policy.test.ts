import { expect, test } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { loadPolicy, policyItem, policyJson } from "../../../shared/store/load-policy.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { itemBytes, largeItemBytes } from "../../../shared/store/rules/check-operations.ts";
import { filesWith, shippedFiles } from "../../builders/program-files.ts";

const next = filesWith("policy.yaml", "policyVersion: 1", "policyVersion: 2").files;

function publish(store: Store, now: string, files = shippedFiles) {
  return publishFiles({ store, clock: { now: () => now } }, files, ["adult-iop"]);
}

test("every decision looks up which policy counts, and a process reads its words once", async () => {
  const memory = new MemoryStore();
  await publish(memory, "2027-01-05T15:00:00.000Z");
  const reads: string[] = [];
  const store: Store = Object.create(memory, {
    get: {
      value: (...key: Parameters<Store["get"]>) => {
        reads.push(key[2]);
        return memory.get(...key);
      },
    },
  });
  const first = await loadPolicy({ store });
  const second = await loadPolicy({ store });
  expect(second).toBe(first);
  const { mark, live } = { mark: keys.policyMark().sk, live: keys.policy().sk };
  expect(reads).toEqual([mark, live, mark]);
  // DynamoDB bills a read by every 4 kB that were begun.
  const item = await memory.get("care", keys.policyMark().pk, mark);
  expect(JSON.stringify(item).length).toBeLessThan(1000);
});

test("the same packed words of two stores are unpacked once, and other words are read anew", async () => {
  const [one, other] = [new MemoryStore(), new MemoryStore()];
  await publish(one, "2027-01-05T15:00:00.000Z");
  await publish(other, "2027-01-05T15:00:00.000Z");
  const policy = await loadPolicy({ store: one });
  expect(await loadPolicy({ store: other })).toBe(policy);
  const version = (store: Store) => loadProgram(store, "adult-iop", 1);
  const { templates } = await version(one);
  expect((await version(other)).templates).toBe(templates);
  await publish(other, "2027-01-06T15:00:00.000Z", next);
  expect((await loadPolicy({ store: other })).policyVersion).toBe(2);
  expect((await loadPolicy({ store: one })).policyVersion).toBe(1);
});

test("a policy that is published counts at the very next decision", async () => {
  const store = new MemoryStore();
  await publish(store, "2027-01-05T15:00:00.000Z");
  expect((await loadPolicy({ store })).policyVersion).toBe(1);
  await publish(store, "2027-01-06T15:00:00.000Z", next);
  expect((await loadPolicy({ store })).policyVersion).toBe(2);
});

test("a policy that an earlier release published, without a mark, counts", async () => {
  const store = new MemoryStore();
  await publish(store, "2027-01-05T15:00:00.000Z");
  const live = await store.get("care", keys.policy().pk, keys.policy().sk);
  const older = new MemoryStore();
  if (live === undefined) throw new Error("nothing was published");
  await older.transact([{ put: { table: "care", item: live } }]);
  expect((await loadPolicy({ store: older })).policyVersion).toBe(1);
});

test("a policy that an earlier release published, every rule an attribute, counts until the next one, and is kept as it was", async () => {
  const store = new MemoryStore({ conflictRate: 0 });
  await publish(store, "2027-01-05T15:00:00.000Z");
  const { pk, sk } = keys.policy();
  const packed = await store.get("care", pk, sk);
  const json = packed === undefined ? undefined : await policyJson(packed);
  if (json === undefined) throw new Error("nothing was published");
  const plain = { pk, sk, schemaVersion: 1, kind: "policy", ...JSON.parse(json) };
  await store.transact([{ put: { table: "care", item: plain } }]);
  const older = new MemoryStore({ conflictRate: 0 });
  for (const item of store.all("care")) await older.transact([{ put: { table: "care", item } }]);
  expect(await loadPolicy({ store: older })).toEqual(JSON.parse(json));

  const again = await publish(older, "2027-01-06T15:00:00.000Z");
  expect(again).toMatchObject({ ok: true, liveData: { policy: "written" } });
  expect(await older.get("care", pk, sk)).toEqual(packed);
  const before = keys.policyBefore();
  expect(await older.get("care", before.pk, before.sk)).toEqual({ ...plain, ...before });
});

test("the words of danger of two more languages still go into one item of the database, with room", async () => {
  const store = new MemoryStore();
  await publish(store, "2027-01-05T15:00:00.000Z");
  const policy = await loadPolicy({ store });
  const { es } = policy.crisisWords;
  if (es === undefined) throw new Error("no Spanish words");
  const more = { ...policy, crisisWords: { ...policy.crisisWords, vi: es, tl: es } };
  const item = await policyItem(keys.policy(), JSON.stringify(more));
  expect(itemBytes("care", item)).toBeLessThan(largeItemBytes);
  expect(JSON.parse((await policyJson(item)) ?? "")).toEqual(more);
});
