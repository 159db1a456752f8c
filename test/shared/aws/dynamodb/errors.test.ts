import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoDbClient } from "../../../../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../../../shared/aws/dynamodb/dynamodb-store.ts";
import type { Store, WriteOperation } from "../../../../shared/ports/store.ts";
import { useAwsTestEnvironment } from "../../../fakes/aws-test-environment.ts";
import {
  jsonError,
  startWireStub,
  type WireAnswer,
  type WireStub,
} from "../../../fakes/wire-stub.ts";

let stub: WireStub;
let store: Store;

beforeAll(async () => {
  useAwsTestEnvironment();
  stub = await startWireStub();
  store = createDynamoDbStore({
    client: createDynamoDbClient({ endpoint: stub.url }),
    tables: { care: "care", identity: "identity", audit: "audit" },
  });
});
afterAll(() => stub.stop());
beforeEach(() => stub.reset());

function put(sk: string): WriteOperation {
  const item = { pk: "EP#1", sk, schemaVersion: 1 };
  return { put: { table: "care", item, condition: { kind: "absent" } } };
}

function cancelled(
  ...codes: readonly (string | { readonly Code: string; readonly Item: unknown })[]
) {
  const reasons = codes.map((code) => (typeof code === "string" ? { Code: code } : code));
  return jsonError(400, "TransactionCanceledException", { CancellationReasons: reasons });
}

/** Answers every one of the SDK's own attempts alike. */
function always(answer: WireAnswer): void {
  stub.answerNext(answer, answer, answer);
}

function bodies(): readonly Record<string, unknown>[] {
  return stub.requests.map(({ body }) => JSON.parse(body));
}

describe("a transaction that the database cancels", () => {
  it("because of another one is a conflict", async () => {
    always(cancelled("None", "TransactionConflict"));
    await expect(store.transact([put("A"), put("B")])).rejects.toMatchObject({
      name: "TransactionConflictError",
      isRetryable: true,
    });
  });

  it("because of a condition and of another one is a failed condition", async () => {
    const Item = {
      pk: { S: "EP#1" },
      sk: { S: "C" },
      version: { N: "7" },
      list: { L: [{ NULL: true }, { BOOL: true }] },
    };
    always(cancelled("TransactionConflict", "None", { Code: "ConditionalCheckFailed", Item }));
    await expect(store.transact([put("A"), put("B"), put("C")])).rejects.toMatchObject({
      name: "ConditionFailedError",
      operationIndex: 2,
      existing: { pk: "EP#1", sk: "C", version: 7, list: [null, true] },
    });
  });

  it.each(["ThrottlingError", "ProvisionedThroughputExceeded", "SomethingNew"])(
    "because of %s may be tried again",
    async (code) => {
      always(cancelled("None", code));
      await expect(store.transact([put("A"), put("B")])).rejects.toMatchObject({
        name: "StoreUnavailableError",
        isRetryable: true,
        details: { code },
      });
    },
  );

  it("because it makes no sense is a defect", async () => {
    always(cancelled("ValidationError"));
    await expect(store.transact([put("A"), put("B")])).rejects.toMatchObject({
      name: "StoreMisuseError",
      isRetryable: false,
    });
  });
});

describe("a store that cannot be used", () => {
  it.each([
    ["a fault", { status: 500, body: "{}" }],
    ["a lost connection", "hang-up"],
    ["an answer that is no JSON", { status: 200, body: "<html>" }],
    ["a missing table", jsonError(400, "ResourceNotFoundException")],
    ["missing permission", jsonError(400, "AccessDeniedException")],
    ["a locked key", jsonError(400, "KMSAccessDeniedException")],
  ] as const)("is unavailable, whatever was asked, on %s", async (_name, answer) => {
    const calls = [
      () => store.get("care", "EP#1", "A"),
      () => store.query("care", "EP#1"),
      () => store.transact([put("A"), put("B")]),
      () => store.transact([{ delete: { table: "care", pk: "EP#1", sk: "A" } }]),
    ];
    for (const call of calls) {
      stub.reset();
      always(answer);
      await expect(call()).rejects.toMatchObject({
        name: "StoreUnavailableError",
        isRetryable: true,
      });
    }
  });

  it("does not hand on the SDK's error, which may hold items", async () => {
    const Item = { pk: { S: "EP#1" }, sk: { S: "A" }, secret: { S: "canary" } };
    always(cancelled({ Code: "ConditionalCheckFailed", Item }));
    const error: unknown = await store.transact([put("A")]).catch((reason: unknown) => reason);
    expect(error instanceof Error ? error.cause : "none").toBeUndefined();
  });
});

describe("the SDK's own retries", () => {
  it("repeat a transaction with the same token, so that it takes effect once", async () => {
    stub.answerNext({ status: 500, body: "{}" }, { status: 200, body: "{}" });
    await store.transact([put("A"), put("B")]);
    const tokens = bodies().map(({ ClientRequestToken }) => ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/.{20,}/);
    expect(tokens[1]).toBe(tokens[0]);
  });

  it("never repeat a condition or a sum outside a transaction", async () => {
    await store.transact([put("A")]);
    await store.transact([
      { add: { table: "care", pk: "EP#1", sk: "A", attribute: "count", by: 1 } },
    ]);
    await store.transact([{ delete: { table: "care", pk: "EP#1", sk: "A" } }]);
    const actions = stub.requests.map(
      ({ headers }) => String(headers["x-amz-target"]).split(".")[1],
    );
    expect(actions).toEqual(["TransactWriteItems", "TransactWriteItems", "DeleteItem"]);
  });
});

describe("reads and writes that may be repeated", () => {
  it("share a connection, which spares each of them the way to it", async () => {
    stub.reset();
    await store.get("care", "EP#1", "A");
    const opened = stub.connections();
    for (let read = 1; read <= 4; read += 1) await store.get("care", "EP#1", "A");
    expect(stub.requests).toHaveLength(5);
    expect(stub.connections()).toBe(opened);
  });

  it("end in time when the database says nothing", async () => {
    always("silence");
    const startedAt = performance.now();
    await expect(store.get("care", "EP#1", "A")).rejects.toMatchObject({
      name: "StoreUnavailableError",
    });
    expect(performance.now() - startedAt).toBeLessThan(17_000);
    expect(stub.requests).toHaveLength(3);
  }, 20_000);
});

describe("an answer in part", () => {
  const wire = (sk: string) => ({ pk: { S: "EP#1" }, sk: { S: sk }, schemaVersion: { N: "1" } });
  const ok = (answer: unknown) => ({ status: 200, body: JSON.stringify(answer) });

  it("to a read of many items is followed by a question for the rest", async () => {
    stub.answerNext(
      ok({
        Responses: { care: [wire("B")] },
        UnprocessedKeys: {
          care: { Keys: [{ pk: { S: "EP#1" }, sk: { S: "A" } }], ConsistentRead: true },
        },
      }),
      ok({ Responses: { care: [wire("A")] } }),
    );
    const found = await store.getMany(
      "care",
      ["A", "B"].map((sk) => ({ pk: "EP#1", sk })),
    );
    expect(found.map(({ sk }) => sk)).toEqual(["A", "B"]);
    expect(bodies().map(({ RequestItems }) => RequestItems)).toEqual([
      {
        care: {
          ConsistentRead: true,
          Keys: ["A", "B"].map((sk) => ({ pk: { S: "EP#1" }, sk: { S: sk } })),
        },
      },
      { care: { ConsistentRead: true, Keys: [{ pk: { S: "EP#1" }, sk: { S: "A" } }] } },
    ]);
  });

  it("that never becomes whole is an unavailable store, not a shorter list", async () => {
    const left = { care: { Keys: [{ pk: { S: "EP#1" }, sk: { S: "A" } }] } };
    stub.answerNext(
      ...Array.from({ length: 10 }, () => ok({ Responses: {}, UnprocessedKeys: left })),
    );
    await expect(store.getMany("care", [{ pk: "EP#1", sk: "A" }])).rejects.toMatchObject({
      name: "StoreUnavailableError",
    });
  });

  it("to a query says where to go on, though the page is not full", async () => {
    const key = { pk: { S: "EP#1" }, sk: { S: "B" } };
    stub.answerNext(
      ok({ Items: [wire("A"), wire("B")], LastEvaluatedKey: key }),
      ok({ Items: [wire("C")] }),
    );
    const first = await store.query("care", "EP#1", { limit: 5 });
    expect(first.items.map(({ sk }) => sk)).toEqual(["A", "B"]);
    const second = await store.query("care", "EP#1", { limit: 5, after: first.next ?? "" });
    expect(second).toMatchObject({ items: [{ sk: "C" }] });
    expect(second.next).toBeUndefined();
    expect(bodies()[1]?.ExclusiveStartKey).toEqual(key);
  });

  it("is never asked of an old state: items and lists are read consistently, indexes cannot be", async () => {
    await store.get("care", "EP#1", "A");
    await store.query("care", "EP#1");
    await store.queryIndex("byId", "1");
    expect(bodies().map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true, undefined]);
  });
});
