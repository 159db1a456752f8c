import { expect, it } from "vitest";
import { FixedClock } from "../../../local/in-memory/fixed-clock.ts";
import { noPause } from "../../../local/in-memory/no-pause.ts";
import { createUlidIds } from "../../../shared/aws/ids/ulid-ids.ts";
import { createHmacSecrets } from "../../../shared/aws/secrets/hmac-secrets.ts";
import { ConditionFailedError } from "../../../shared/errors/condition-failed-error.ts";
import type { StoredItem, WriteOperation } from "../../../shared/ports/store.ts";
import {
  auditEntry,
  canonicalJson,
  emptyAuditChain,
  readAuditEntry,
  reasonForm,
} from "../../../shared/store/audit-entry.ts";
import { transactWithRetry } from "../../../shared/store/commit-change.ts";
import { MemoryStore } from "../../../shared/store/memory/memory-store.ts";
import { readStored } from "../../../shared/store/read-stored.ts";

const secrets = createHmacSecrets({
  linkSecret: "link-secret-of-tests-link-secret-of-tests",
  contactSecret: "contact-secret-of-tests-contact-secret",
});

const clock = new FixedClock("2027-01-14T15:00:00.000Z");

/** Writes as the product does: what another transaction is busy with is tried again. */
const commit = (store: MemoryStore, operations: readonly WriteOperation[]) =>
  transactWithRetry({ store, pause: noPause, clock, ids: createUlidIds(clock) }, operations);

function written(reason?: string) {
  return auditEntry(secrets, {
    aggregateId: "EP#01JHEP000000000000000000E1",
    chain: emptyAuditChain,
    at: "2027-01-14T15:00:00.000Z",
    commandId: "http/casey/one",
    draft: {
      action: "discharged",
      actor: { kind: "staff", staffId: "casey", functions: ["case-manager"] },
      facts: { attempt: 1 },
      ...(reason === undefined ? {} : { reason }),
    },
  }).operations;
}

it("an entry never goes over one that stands: the second of one number is refused", async () => {
  const store = new MemoryStore();
  await commit(store, written());
  const before = store.all("audit");
  expect(before).toHaveLength(1);
  await expect(commit(store, written("another"))).rejects.toBeInstanceOf(ConditionFailedError);
  expect(store.all("audit")).toEqual(before);
});

it("a reason in words stands beside the trail, where it can be erased, and the entry says that there is one", async () => {
  const store = new MemoryStore();
  await commit(store, written("They moved to Ohio"));
  const [entry] = store.all("audit");
  expect(entry).toMatchObject({ hasReason: true });
  expect(JSON.stringify(entry)).not.toContain("Ohio");
  const [kept] = store.all("identity");
  expect(kept).toMatchObject({ text: "They moved to Ohio", at: "2027-01-14T15:00:00.000Z" });
  const without = new MemoryStore();
  await commit(without, written());
  expect(without.all("audit")).toMatchObject([{ hasReason: false }]);
  expect(without.all("identity")).toEqual([]);
});

it.each([
  ["without its hash", { hash: undefined }, "hash: invalid_type"],
  ["whose facts are a list", { facts: ["x"] }, "facts: invalid_type"],
  [
    "with words of a person among its facts",
    { facts: { note: { text: "x" } } },
    "facts.note: invalid_union",
  ],
])(
  "an entry %s is not read as one, and whoever looks is told where",
  async (_what, change, fault) => {
    const store = new MemoryStore();
    await commit(store, written());
    const [entry] = store.all("audit");
    const odd = { ...entry, ...change } as StoredItem;
    expect(() => readAuditEntry(odd)).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ table: "audit", kind: "entry", fault }),
      }),
    );
    expect(readAuditEntry(entry as StoredItem)).toBe(entry);
  },
);

it("a reason without words is not read as one", () => {
  const odd = { pk: "EP#x", sk: "REASON#1", schemaVersion: 1, at: "2027-01-14T15:00:00.000Z" };
  expect(() => readStored(reasonForm, odd)).toThrow(
    expect.objectContaining({
      details: expect.objectContaining({
        table: "identity",
        kind: "reason",
        fault: "text: invalid_type",
      }),
    }),
  );
});

it("the same content has one text, however it was put together", () => {
  expect(canonicalJson({ b: [2, { d: null, c: 1 }], a: "x" })).toBe(
    '{"a":"x","b":[2,{"c":1,"d":null}]}',
  );
});
