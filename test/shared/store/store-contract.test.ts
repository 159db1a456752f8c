// Long because it is one contract, which both stores keep from its first line to its last.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConditionFailedError } from "../../../shared/errors/condition-failed-error.ts";
import { InvalidInputError } from "../../../shared/errors/invalid-input-error.ts";
import { ItemTooLargeError } from "../../../shared/errors/item-too-large-error.ts";
import { StoreMisuseError } from "../../../shared/errors/store-misuse-error.ts";
import { TransactionTooLargeError } from "../../../shared/errors/transaction-too-large-error.ts";
import type { Condition, Store, StoredItem, WriteOperation } from "../../../shared/ports/store.ts";
import { itemBytes, maxItemBytes } from "../../../shared/store/rules/check-operations.ts";
import { storeKinds, type TestStore, write } from "../../fakes/test-stores.ts";

let count = 0;
/** A partition that no other test uses. */
function fresh(): string {
  count += 1;
  return `EP#${count}`;
}

function item(
  pk: string,
  sk: string,
  attributes: Readonly<Record<string, unknown>> = {},
): StoredItem {
  return { pk, sk, schemaVersion: 1, ...attributes };
}

function put(stored: StoredItem, condition?: Condition): WriteOperation {
  return {
    put: { table: "care", item: stored, ...(condition === undefined ? {} : { condition }) },
  };
}

/** What a failed condition told; fails when the write succeeds. */
async function failure(promise: Promise<void>): Promise<ConditionFailedError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConditionFailedError);
  if (!(error instanceof ConditionFailedError)) throw error;
  return error;
}

describe.each(["memory", "dynamodb"] as const)("the %s store", (kind) => {
  let running: TestStore;
  let store: Store;

  beforeAll(async () => {
    running = await storeKinds[kind]();
    store = running.store;
  });
  afterAll(() => running.stop());

  describe("items", () => {
    it("keeps text with half an emoji, made well-formed, wherever it stands", async () => {
      const pk = `${fresh()}\ud83d`;
      await write(
        store,
        put(item(pk, "A\ude14", { "na\ud83dme": "x", list: [{ words: "hi \ud83d" }] })),
      );
      const found = await store.get("care", pk, "A\ude14");
      expect(found).toEqual({
        pk: pk.toWellFormed(),
        sk: "A\ufffd",
        schemaVersion: 1,
        "na\ufffdme": "x",
        list: [{ words: "hi \ufffd" }],
      });
      expect(await store.getMany("care", [{ pk, sk: "A\ude14" }])).toEqual([found]);
      await write(store, { delete: { table: "care", pk, sk: "A\ude14" } });
      expect(await store.get("care", pk, "A\ude14")).toBeUndefined();
    });

    it("has nothing under a key that no item can have, and lets nothing be put there", async () => {
      for (const [pk, sk] of [
        ["", "A"],
        ["EP#1", ""],
        ["x".repeat(2049), "A"],
        ["ü".repeat(1025), "A"],
        ["EP#1", "x".repeat(1025)],
      ] as const) {
        expect(await store.get("care", pk, sk)).toBeUndefined();
        expect(await store.getMany("care", [{ pk, sk }])).toEqual([]);
        await expect(write(store, put(item(pk, sk)))).rejects.toBeInstanceOf(StoreMisuseError);
      }
      expect(await store.query("care", "x".repeat(2049))).toEqual({ items: [] });
      expect(await store.queryIndex("byId", "x".repeat(2049))).toEqual({ items: [] });
    });

    it("refuses numbers that the database cannot hold", async () => {
      for (const number of [1e126, -1e200, 1e-131])
        await expect(write(store, put(item(fresh(), "A", { number })))).rejects.toBeInstanceOf(
          StoreMisuseError,
        );
    });

    it("gives back what was put, attributes it knows nothing of included", async () => {
      const pk = fresh();
      const stored = item(pk, "A", {
        text: "ü ✓",
        number: 12.5,
        flag: false,
        nothing: null,
        list: [1, "two", { three: 3 }, []],
        nested: { deep: { deeper: "yes" }, empty: {} },
        emptyText: "",
        fromTheFuture: { schemaVersion: 99 },
      });
      await write(store, put(stored));
      expect(await store.get("care", pk, "A")).toEqual(stored);
    });

    it("refuses bytes, at any depth", async () => {
      const bytes = new Uint8Array([0, 1, 255]);
      for (const holding of [{ bytes }, { inner: { list: [bytes] } }])
        await expect(write(store, put(item(fresh(), "A", holding)))).rejects.toBeInstanceOf(
          StoreMisuseError,
        );
    });

    it.each(["json", "packed"])(
      "refuses the attribute %s, in which it keeps lists and objects",
      async (name) => {
        const pk = fresh();
        await expect(
          write(store, put(item(pk, "A", { [name]: "{}", list: [1] }))),
        ).rejects.toBeInstanceOf(StoreMisuseError);
        expect(await store.get("care", pk, "A")).toBeUndefined();
      },
    );

    it("keeps long lists whole, and shows them where a condition does not hold", async () => {
      const pk = fresh();
      const list = Array.from({ length: 200 }, (_, week) => ({ week, words: "¿Cómo está? 🙂" }));
      const stored = item(pk, "A", { list, status: "open" });
      await write(store, put(stored));
      expect(await store.get("care", pk, "A")).toEqual(stored);
      expect((await store.query("care", pk)).items).toEqual([stored]);
      const again = write(store, put(item(pk, "A"), { kind: "absent" }));
      await expect(again).rejects.toMatchObject({ existing: stored });
    });

    it("leaves out what is undefined, at any depth", async () => {
      const pk = fresh();
      await write(
        store,
        put(item(pk, "A", { gone: undefined, inner: { gone: undefined, kept: 1 } })),
      );
      expect(Object.keys((await store.get("care", pk, "A")) ?? {}).sort()).toEqual(
        ["inner", "pk", "schemaVersion", "sk"].sort(),
      );
      expect(await store.get("care", pk, "A")).toStrictEqual(item(pk, "A", { inner: { kept: 1 } }));
    });

    it("is out of reach of whoever wrote the item", async () => {
      const pk = fresh();
      const inner = { changed: false };
      await write(store, put(item(pk, "A", { inner })));
      inner.changed = true;
      expect((await store.get("care", pk, "A"))?.inner).toEqual({ changed: false });
    });

    it("replaces a whole item on put", async () => {
      const pk = fresh();
      await write(store, put(item(pk, "A", { old: 1 })));
      await write(store, put(item(pk, "A", { new: 1 })));
      expect(await store.get("care", pk, "A")).toEqual(item(pk, "A", { new: 1 }));
    });

    it("has nothing where nothing was put", async () => {
      expect(await store.get("care", fresh(), "A")).toBeUndefined();
    });

    it("keeps the same key apart in each table", async () => {
      const pk = fresh();
      await write(
        store,
        put(item(pk, "A", { from: "care" })),
        { put: { table: "identity", item: item(pk, "A", { from: "identity" }) } },
        {
          put: {
            table: "audit",
            item: item(pk, "A", { from: "audit" }),
            condition: { kind: "absent" },
          },
        },
      );
      expect((await store.get("care", pk, "A"))?.from).toBe("care");
      expect((await store.get("identity", pk, "A"))?.from).toBe("identity");
      expect((await store.get("audit", pk, "A"))?.from).toBe("audit");
    });

    it("deletes an item, and bears that it is gone already", async () => {
      const pk = fresh();
      await write(store, put(item(pk, "A")));
      for (let times = 0; times < 2; times += 1) {
        await write(store, { delete: { table: "care", pk, sk: "A" } });
        expect(await store.get("care", pk, "A")).toBeUndefined();
      }
    });

    it.each([
      ["a date", new Date(0)],
      ["a set", new Set(["a"])],
      ["a function", () => 1],
      ["not a number", Number.NaN],
      ["a big integer", 1n],
    ])("refuses %s", async (_name, value) => {
      const pk = fresh();
      await expect(write(store, put(item(pk, "A", { inner: [value] })))).rejects.toBeInstanceOf(
        StoreMisuseError,
      );
      expect(await store.get("care", pk, "A")).toBeUndefined();
    });
  });

  describe("many items at once", () => {
    it("gives them in the order asked for, without the missing ones and each once", async () => {
      const pk = fresh();
      await write(store, put(item(pk, "A")), put(item(pk, "B")), put(item(pk, "C")));
      const asked = ["C", "missing", "A", "C"].map((sk) => ({ pk, sk }));
      const found = await store.getMany("care", asked);
      expect(found.map(({ sk }) => sk)).toEqual(["C", "A"]);
    });

    it("gives a hundred at once", async () => {
      const pk = fresh();
      const names = Array.from(
        { length: 100 },
        (_, index) => `A#${String(index).padStart(3, "0")}`,
      );
      await write(store, ...names.map((sk) => put(item(pk, sk))));
      const found = await store.getMany(
        "care",
        names.map((sk) => ({ pk, sk })),
      );
      expect(found.map(({ sk }) => sk)).toEqual(names);
    });

    it("gives nothing for no keys and refuses more than a hundred", async () => {
      expect(await store.getMany("care", [])).toEqual([]);
      const keys = Array.from({ length: 101 }, (_, index) => ({
        pk: "EP#none",
        sk: String(index),
      }));
      await expect(store.getMany("care", keys)).rejects.toBeInstanceOf(StoreMisuseError);
    });
  });

  describe("conditions", () => {
    const cases: readonly (readonly [
      string,
      Condition,
      Readonly<Record<string, unknown>> | undefined,
      boolean,
    ])[] = [
      ["absent holds where there is no item", { kind: "absent" }, undefined, true],
      ["absent fails where there is one", { kind: "absent" }, {}, false],
      ["present holds where there is an item", { kind: "present" }, {}, true],
      ["present fails where there is none", { kind: "present" }, undefined, false],
      [
        "equals holds for equal values",
        { kind: "equals", attributes: { version: 3, status: "PLANNED", isOpen: true } },
        { version: 3, status: "PLANNED", isOpen: true },
        true,
      ],
      [
        "equals fails for one other value",
        { kind: "equals", attributes: { version: 3, status: "PLANNED" } },
        { version: 3, status: "CLAIMED" },
        false,
      ],
      [
        "equals fails for the same digits as text",
        { kind: "equals", attributes: { version: 3 } },
        { version: "3" },
        false,
      ],
      [
        "equals fails where there is no item",
        { kind: "equals", attributes: { version: 3 } },
        undefined,
        false,
      ],
      [
        "equals undefined holds where the attribute is missing",
        { kind: "equals", attributes: { claimedAt: undefined } },
        { version: 3 },
        true,
      ],
      [
        "equals undefined holds where the item is missing",
        { kind: "equals", attributes: { claimedAt: undefined } },
        undefined,
        true,
      ],
      [
        "equals undefined fails where the attribute is there",
        { kind: "equals", attributes: { claimedAt: undefined } },
        { claimedAt: null },
        false,
      ],
      [
        "equals works on reserved words",
        { kind: "equals", attributes: { status: "a", name: "b", value: "c", "with.dot": "d" } },
        { status: "a", name: "b", value: "c", "with.dot": "d" },
        true,
      ],
      [
        "below holds where there is no item",
        { kind: "absent-or-below", attribute: "count", value: 1 },
        undefined,
        true,
      ],
      [
        "below holds under the value",
        { kind: "absent-or-below", attribute: "count", value: 3 },
        { count: 2 },
        true,
      ],
      [
        "below fails at the value",
        { kind: "absent-or-below", attribute: "count", value: 3 },
        { count: 3 },
        false,
      ],
      [
        "below fails for text",
        { kind: "absent-or-below", attribute: "count", value: 3 },
        { count: "2" },
        false,
      ],
      [
        "at most holds where the attribute is missing",
        { kind: "absent-or-at-most", attribute: "order", value: "b" },
        {},
        true,
      ],
      [
        "at most holds at the value",
        { kind: "absent-or-at-most", attribute: "order", value: "b" },
        { order: "b" },
        true,
      ],
      [
        "at most fails over the value",
        { kind: "absent-or-at-most", attribute: "order", value: "b" },
        { order: "c" },
        false,
      ],
      [
        "at most compares numbers as numbers",
        { kind: "absent-or-at-most", attribute: "order", value: 10 },
        { order: 9 },
        true,
      ],
      [
        "at most fails between text and number",
        { kind: "absent-or-at-most", attribute: "order", value: 10 },
        { order: "9" },
        false,
      ],
    ];

    it.each(cases)("%s", async (_title, condition, attributes, holds) => {
      const pk = fresh();
      const before = attributes === undefined ? undefined : item(pk, "A", attributes);
      if (before !== undefined) await write(store, put(before));
      // The same answer from each kind of operation, alone and among others.
      const other = put(item(pk, "other"));
      const each: readonly WriteOperation[] = [
        { check: { table: "care", pk, sk: "A", condition } },
        { add: { table: "care", pk, sk: "A", attribute: "added", by: 1, condition } },
        put(item(pk, "A", { after: 1 }), condition),
        { delete: { table: "care", pk, sk: "A", condition } },
      ];
      for (const operation of each) {
        for (const operations of [[operation], [other, operation]]) {
          if (before === undefined) await write(store, { delete: { table: "care", pk, sk: "A" } });
          else await write(store, put(before));
          if (holds) {
            await write(store, ...operations);
          } else {
            const error = await failure(write(store, ...operations));
            expect(error.operationIndex).toBe(operations.length - 1);
            expect(error.existing).toEqual(before);
            expect(await store.get("care", pk, "A")).toEqual(before);
            expect(await store.get("care", pk, "other")).toBeUndefined();
          }
        }
      }
    });

    it("names the first failed operation and shows its item as it stands", async () => {
      const pk = fresh();
      await write(store, put(item(pk, "B", { winner: "she", details: { at: [1, null, true] } })));
      const error = await failure(
        write(
          store,
          put(item(pk, "A"), { kind: "absent" }),
          put(item(pk, "B"), { kind: "absent" }),
          put(item(pk, "C"), { kind: "present" }),
        ),
      );
      expect(error.operationIndex).toBe(1);
      expect(error.existing).toEqual(
        item(pk, "B", { winner: "she", details: { at: [1, null, true] } }),
      );
      expect(await store.get("care", pk, "A")).toBeUndefined();
    });

    it("shows no item to whoever prints the error", async () => {
      const pk = fresh();
      await write(store, put(item(pk, "A", { secret: "canary" })));
      const error = await failure(write(store, put(item(pk, "A"), { kind: "absent" })));
      expect(
        JSON.stringify({ ...error, message: error.message, stack: error.stack }),
      ).not.toContain("canary");
    });
  });

  describe("adding", () => {
    it("starts a counter at zero, sets what comes with it, and keeps the rest", async () => {
      const pk = fresh();
      const add = (by: number, set: Readonly<Record<string, string>>) =>
        write(store, { add: { table: "care", pk, sk: "DAY", attribute: "count", by, set } });
      await add(1, { firstAt: "2026-01-05" });
      await add(2, { lastAt: "2026-01-06" });
      expect(await store.get("care", pk, "DAY")).toEqual(
        item(pk, "DAY", { count: 3, firstAt: "2026-01-05", lastAt: "2026-01-06" }),
      );
    });

    it("stops at its limit however many add at once", async () => {
      const pk = fresh();
      const condition: Condition = { kind: "absent-or-below", attribute: "count", value: 3 };
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          write(store, {
            add: { table: "care", pk, sk: "DAY", attribute: "count", by: 1, condition },
          }),
        ),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
      expect((await store.get("care", pk, "DAY"))?.count).toBe(3);
    });

    it("refuses to add to what is no number, and to add and set the same attribute", async () => {
      const pk = fresh();
      await write(store, put(item(pk, "A", { count: "many" })));
      const add = { table: "care", pk, sk: "A", attribute: "count", by: 1 } as const;
      await expect(write(store, { add })).rejects.toBeInstanceOf(StoreMisuseError);
      await expect(write(store, { add: { ...add, set: { count: 2 } } })).rejects.toBeInstanceOf(
        StoreMisuseError,
      );
      expect((await store.get("care", pk, "A"))?.count).toBe("many");
    });
  });

  describe("transactions", () => {
    it("do nothing when empty", async () => {
      await expect(store.transact([])).resolves.toBeUndefined();
    });

    it("take a hundred operations", async () => {
      const pk = fresh();
      const operations = Array.from({ length: 100 }, (_, index) =>
        put(item(pk, `A#${String(index).padStart(3, "0")}`), { kind: "absent" }),
      );
      await write(store, ...operations);
      expect((await store.query("care", pk)).items).toHaveLength(100);
    });

    it("refuse more than a hundred operations and write none", async () => {
      const pk = fresh();
      const operations = Array.from({ length: 101 }, (_, index) => put(item(pk, `A#${index}`)));
      await expect(write(store, ...operations)).rejects.toBeInstanceOf(TransactionTooLargeError);
      expect((await store.query("care", pk)).items).toEqual([]);
    });

    it("take an item of 400 kB, and refuse a larger one with all that is written with it", async () => {
      const pk = fresh();
      const letters = (sk: string, bytes: number) =>
        bytes - itemBytes("care", item(pk, sk, { words: "" }));
      const full = item(pk, "A", { words: "x".repeat(letters("A", maxItemBytes)) });
      await write(store, put(full));
      await write(store, put(full, { kind: "present" }));
      expect(await store.get("care", pk, "A")).toEqual(full);
      // Two bytes for each letter.
      const over = item(pk, "B", { words: "ü".repeat(letters("B", maxItemBytes) / 2 + 1) });
      await expect(write(store, put(item(pk, "C")), put(over))).rejects.toMatchObject({
        name: "ItemTooLargeError",
        details: { table: "care", pk, sk: "B" },
      });
      await expect(write(store, put(over))).rejects.toBeInstanceOf(ItemTooLargeError);
      expect((await store.query("care", pk)).items).toHaveLength(1);
    });

    it("refuse an item twice, whatever is done to it", async () => {
      const pk = fresh();
      await expect(
        store.transact([
          put(item(pk, "A")),
          { check: { table: "care", pk, sk: "A", condition: { kind: "absent" } } },
        ]),
      ).rejects.toBeInstanceOf(StoreMisuseError);
    });

    it("refuse an audit entry that could replace another", async () => {
      const pk = fresh();
      const entry = { table: "audit", item: item(pk, "0000000001") } as const;
      await expect(write(store, { put: entry })).rejects.toBeInstanceOf(StoreMisuseError);
      await write(store, { put: { ...entry, condition: { kind: "absent" } } });
      await failure(write(store, { put: { ...entry, condition: { kind: "absent" } } }));
    });

    it("refuse keys and index attributes that are no text", async () => {
      const pk = fresh();
      for (const stored of [
        item("", "A"),
        item(pk, ""),
        item(pk, "A", { workAt: 5 }),
        item(pk, "A", { id: "" }),
      ]) {
        await expect(write(store, put(stored))).rejects.toBeInstanceOf(StoreMisuseError);
      }
    });

    it("let one of fifty simultaneous claims win", async () => {
      const pk = fresh();
      await write(store, put(item(pk, "MSG#1", { status: "PLANNED", version: 1 })));
      const claims = Array.from({ length: 50 }, (_, claimant) =>
        write(
          store,
          put(item(pk, "MSG#1", { status: "CLAIMED", version: 2, claimant }), {
            kind: "equals",
            attributes: { status: "PLANNED", version: 1 },
          }),
          put(item(pk, `CLAIM#${claimant}`), { kind: "absent" }),
        ),
      );
      const results = await Promise.allSettled(claims);
      const winners = results.flatMap(({ status }, claimant) =>
        status === "fulfilled" ? [claimant] : [],
      );
      const losers = results.flatMap((result) =>
        result.status === "rejected" ? [result.reason] : [],
      );
      expect(winners).toHaveLength(1);
      expect(losers.every((reason) => reason instanceof ConditionFailedError)).toBe(true);
      expect((await store.get("care", pk, "MSG#1"))?.claimant).toBe(winners[0]);
      const traces = await store.query("care", pk, { skPrefix: "CLAIM#" });
      expect(traces.items.map(({ sk }) => sk)).toEqual([`CLAIM#${winners[0]}`]);
    });
  });

  describe("lists", () => {
    const names = ["A#1", "A#2", "A#3", "B#1", "B#2", "C"];

    async function filled(): Promise<string> {
      const pk = fresh();
      await write(store, ...[...names].reverse().map((sk) => put(item(pk, sk))));
      return pk;
    }

    it("come in the order of their sort keys, either way round", async () => {
      const pk = await filled();
      expect((await store.query("care", pk)).items.map(({ sk }) => sk)).toEqual(names);
      const turned = await store.query("care", pk, { descending: true });
      expect(turned.items.map(({ sk }) => sk)).toEqual([...names].reverse());
    });

    it("hold only what starts with the prefix", async () => {
      const pk = await filled();
      const found = await store.query("care", pk, { skPrefix: "A#", descending: true });
      expect(found.items.map(({ sk }) => sk)).toEqual(["A#3", "A#2", "A#1"]);
      expect((await store.query("care", pk, { skPrefix: "" })).items).toHaveLength(names.length);
    });

    it.each([false, true])(
      "can be read page by page (descending: %s), without a last empty page",
      async (descending) => {
        const pk = await filled();
        const seen: string[] = [];
        let after: string | undefined;
        let pages = 0;
        do {
          const page = await store.query("care", pk, {
            limit: 2,
            descending,
            ...(after === undefined ? {} : { after }),
          });
          expect(page.items.length).toBe(2);
          seen.push(...page.items.map(({ sk }) => sk));
          after = page.next;
          pages += 1;
        } while (after !== undefined);
        expect(pages).toBe(3);
        expect(seen).toEqual(descending ? [...names].reverse() : names);
      },
    );

    it("go on after an item that is gone or new in between", async () => {
      const pk = await filled();
      const first = await store.query("care", pk, { limit: 2 });
      await write(store, { delete: { table: "care", pk, sk: "A#2" } }, put(item(pk, "A#25")));
      const second = await store.query("care", pk, { limit: 2, after: first.next ?? "" });
      expect(second.items.map(({ sk }) => sk)).toEqual(["A#25", "A#3"]);
    });

    it("show a write at once", async () => {
      const pk = await filled();
      await write(store, { delete: { table: "care", pk, sk: "C" } }, put(item(pk, "D")));
      expect((await store.query("care", pk)).items.at(-1)?.sk).toBe("D");
    });

    it("are empty where nothing is", async () => {
      expect(await store.query("identity", fresh())).toEqual({ items: [] });
    });

    it.each([
      ["no cursor at all", "###"],
      ["a cursor that is no object", Buffer.from("[1]").toString("base64url")],
      ["a cursor with a number in it", Buffer.from('{"pk":1,"sk":"A"}').toString("base64url")],
      [
        "a cursor of another partition",
        Buffer.from('{"pk":"EP#other","sk":"A#1"}').toString("base64url"),
      ],
      [
        "a cursor with one attribute too many",
        Buffer.from('{"pk":"EP#x","sk":"A","id":"1"}').toString("base64url"),
      ],
    ])("refuse %s", async (_name, after) => {
      await expect(store.query("care", "EP#x", { after })).rejects.toBeInstanceOf(
        InvalidInputError,
      );
      await expect(store.queryIndex("byWork", "WORK#x", { after })).rejects.toBeInstanceOf(
        InvalidInputError,
      );
    });

    it("refuse a page of nothing", async () => {
      await expect(store.query("care", "EP#x", { limit: 0 })).rejects.toBeInstanceOf(
        StoreMisuseError,
      );
    });
  });

  describe("indexes", () => {
    it("find an item by its id and follow it when it changes", async () => {
      const pk = fresh();
      const id = `ID-${pk}`;
      await write(store, put(item(pk, "A", { id, version: 1 })));
      expect((await store.queryIndex("byId", id)).items).toEqual([
        item(pk, "A", { id, version: 1 }),
      ]);
      await write(store, put(item(pk, "A", { id: `${id}-new`, version: 2 })));
      expect((await store.queryIndex("byId", id)).items).toEqual([]);
      expect((await store.queryIndex("byId", `${id}-new`)).items).toHaveLength(1);
      await write(store, { delete: { table: "care", pk, sk: "A" } });
      expect((await store.queryIndex("byId", `${id}-new`)).items).toEqual([]);
    });

    it("hold an item only while it has both of the index's attributes", async () => {
      const pk = fresh();
      const workPartition = `WORK#${pk}`;
      await write(
        store,
        put(item(pk, "A", { workPartition })),
        put(item(pk, "B", { workAt: "2026" })),
      );
      expect((await store.queryIndex("byWork", workPartition)).items).toEqual([]);
      await write(store, {
        add: { table: "care", pk, sk: "A", attribute: "looks", by: 1, set: { workAt: "2026" } },
      });
      expect((await store.queryIndex("byWork", workPartition)).items.map(({ sk }) => sk)).toEqual([
        "A",
      ]);
    });

    it("give a range with both ends, in order, page by page", async () => {
      const pk = fresh();
      const workPartition = `WORK#${pk}`;
      const at = (day: number) => `2026-01-${String(day).padStart(2, "0")}T00:00:00.000Z`;
      // Two of the same day, so that a page can end between them.
      const days = [5, 1, 3, 3, 2, 4];
      await write(
        store,
        ...days.map((day, index) =>
          put(item(pk, `A#${index}`, { workPartition, workAt: at(day) })),
        ),
      );
      const read = async (range: { from?: string; to?: string; limit?: number; after?: string }) =>
        store.queryIndex("byWork", workPartition, range);
      const daysOf = (items: readonly StoredItem[]) =>
        items.map(({ workAt }) => Number(String(workAt).slice(8, 10)));
      expect(daysOf((await read({})).items)).toEqual([1, 2, 3, 3, 4, 5]);
      expect(daysOf((await read({ to: at(3) })).items)).toEqual([1, 2, 3, 3]);
      expect(daysOf((await read({ from: at(3) })).items)).toEqual([3, 3, 4, 5]);
      expect(daysOf((await read({ from: at(2), to: at(4) })).items)).toEqual([2, 3, 3, 4]);
      expect((await read({ from: at(4), to: at(2) })).items).toEqual([]);
      const seen: StoredItem[] = [];
      let after: string | undefined;
      do {
        const page = await read({
          from: at(2),
          to: at(4),
          limit: 1,
          ...(after === undefined ? {} : { after }),
        });
        seen.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      expect(daysOf(seen)).toEqual([2, 3, 3, 4]);
      expect(new Set(seen.map(({ sk }) => sk)).size).toBe(4);
    });

    it("have no range where they have no order", async () => {
      await expect(store.queryIndex("byId", "any", { from: "a" })).rejects.toBeInstanceOf(
        StoreMisuseError,
      );
    });
  });
});
