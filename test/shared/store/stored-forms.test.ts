import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { UnreadableItemError } from "../../../shared/errors/unreadable-item-error.ts";
import type { StoredItem } from "../../../shared/ports/store.ts";
import { policyForm, readPolicy } from "../../../shared/store/load-policy.ts";
import { currentVersion, readStored, storedForm } from "../../../shared/store/read-stored.ts";
import { storedForms } from "../../fixtures/stored/forms.ts";

const root = join(import.meta.dirname, "../../..");
const fixtures = join(root, "test/fixtures/stored");
const canary = "Amina Quillfeather";

/** What a version of a kind looked like when it was stored: written by the code of that version. */
function fixtureOf(form: (typeof storedForms)[number], version: number): readonly StoredItem[] {
  const file = join(fixtures, `${form.table}-${form.kind}.v${version}.json`);
  const parsed: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!Array.isArray(parsed) || parsed.length === 0) throw new Error(`${file} holds no item`);
  return parsed;
}

const versions = storedForms.flatMap((form) =>
  Array.from({ length: currentVersion(form) }, (_, index) => ({
    name: `${form.table}/${form.kind} of version ${index + 1}`,
    form,
    version: index + 1,
  })),
);

function caught(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The fault of an item, of what it keeps packed as well. */
async function faultIn(form: (typeof storedForms)[number], item: StoredItem): Promise<unknown> {
  return (
    caught(() => readStored(form, item)) ??
    (form === policyForm ? await readPolicy(item).catch((error: unknown) => error) : undefined)
  );
}

describe.each(versions)("a stored $name", ({ form, version }) => {
  const items = fixtureOf(form, version);

  it("is read as what the code of today decides from", () => {
    for (const item of items) expect(readStored(form, item)).toMatchObject({ pk: item.pk });
  });

  it("keeps what a newer release has added to it", () => {
    for (const item of items) {
      const added = { ...item, addedLater: { deep: [1, 2] } };
      expect(readStored(form, added)).toHaveProperty("addedLater", { deep: [1, 2] });
    }
  });

  it("is left alone when a newer release wrote it in a form of its own", () => {
    for (const item of items) {
      const newer = { ...item, schemaVersion: currentVersion(form) + 1 };
      expect(caught(() => readStored(form, newer))).toMatchObject({ name: "ItemTooNewError" });
    }
  });

  it("is refused by name with the path of its fault, and never with what stands there", async () => {
    const [item] = items;
    if (item === undefined) throw new Error("no item");
    const bookkeeping = ["pk", "sk", "schemaVersion"];
    const tried = await Promise.all(
      Object.keys(item)
        .filter((key) => !bookkeeping.includes(key))
        .map(async (key) => [key, await faultIn(form, { ...item, [key]: [canary] })] as const),
    );
    const faults = tried.filter(([, error]) => error instanceof Error);
    expect(faults.length).toBeGreaterThan(0);
    for (const [key, error] of faults) {
      expect(error).toBeInstanceOf(UnreadableItemError);
      const details = error instanceof UnreadableItemError ? error.details : {};
      expect(details).toMatchObject({ table: form.table, kind: form.kind });
      expect(String(details.fault).startsWith(key)).toBe(true);
      expect(`${String(error)} ${JSON.stringify(details)}`).not.toContain(canary);
    }
  });
});

it("every kind of item that the code reads has its form here, and its fixtures", () => {
  const calls = ["shared", "functions", "workflows"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .flatMap((name) => [
        ...readFileSync(join(root, folder, name), "utf8").matchAll(
          /storedForm\(\s*"([a-z]+)",\s*"([a-z-]+)"/g,
        ),
      ])
      .map(([, table, kind]) => `${table}/${kind}`),
  );
  const known = storedForms.map(({ table, kind }) => `${table}/${kind}`);
  expect(new Set(known)).toEqual(new Set(calls));
  const wanted = versions.map(({ form, version }) => `${form.table}-${form.kind}.v${version}.json`);
  const there = readdirSync(fixtures).filter((name) => name.endsWith(".json"));
  expect(there.sort()).toEqual([...new Set(wanted)].sort());
});

describe("an item of an earlier version", () => {
  const form = storedForm("care", "thing", z.object({ minutes: z.number(), by: z.string() }), [
    ({ hours, ...rest }) => ({ ...rest, minutes: Number(hours) * 60 }),
    (item) => ({ ...item, by: "nobody" }),
  ]);
  const key = { pk: "THING#1", sk: "THING" };

  it("is brought up through every version since, and keeps what it does not know", () => {
    const first = { ...key, schemaVersion: 1, hours: 2, other: "kept" };
    expect(readStored(form, first)).toEqual({
      ...key,
      schemaVersion: 3,
      minutes: 120,
      by: "nobody",
      other: "kept",
    });
    const second = { ...key, schemaVersion: 2, minutes: 5 };
    expect(readStored(form, second)).toMatchObject({ schemaVersion: 3, minutes: 5, by: "nobody" });
  });

  it("that counts from before counters had a version is of the first one", () => {
    const counter = storedForm("care", "count", z.object({ count: z.int() }));
    const item: unknown = { ...key, count: 3 };
    expect(readStored(counter, item as StoredItem)).toMatchObject({ count: 3 });
  });

  it("that no upcaster makes whole is refused", () => {
    const bad = { ...key, schemaVersion: 1, hours: "two" };
    expect(caught(() => readStored(form, bad))).toMatchObject({
      name: "UnreadableItemError",
      details: {
        table: "care",
        kind: "thing",
        pk: "THING#1",
        sk: "THING",
        fault: "minutes: invalid_type",
      },
    });
  });
});

it("a key that is none of ours, or that a sender chose, is not told", () => {
  const form = storedForm("care", "thing", z.object({ count: z.int() }));
  for (const pk of [canary, "REQUEST#partner/x#born-1990-05-04", "+12125550161"]) {
    const error = caught(() => readStored(form, { pk, sk: "THING", schemaVersion: 1 }));
    expect(error).toMatchObject({ details: { pk: "untold" } });
  }
});
