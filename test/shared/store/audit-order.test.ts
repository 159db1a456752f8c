import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findAuditBreaks, type StoredEntry } from "../../../shared/store/audit-chain.ts";

/** JSON with the names in order, written here once more: the verifier has to come to the same. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  );
}

/** An entry whose hash is right, wherever it stands. */
function entry(
  sequence: number,
  previousHash: string,
  where: { readonly pk?: string; readonly sk?: string } = {},
): StoredEntry & { readonly hash: string } {
  const content = { aggregateId: "EP#one", sequence, facts: { attempt: sequence }, previousHash };
  const hash = createHash("sha256").update(inOrder(content)).digest("hex");
  const sk = String(sequence).padStart(8, "0");
  return { pk: "EP#one", sk, schemaVersion: 1, ...where, ...content, hash };
}

const one = entry(1, "");
const two = entry(2, one.hash);

describe("where an entry stands is held against what it says", () => {
  it("a whole trail holds, with its latest entry named", async () => {
    const { hash } = two;
    expect(await findAuditBreaks([one, two], undefined, { sequence: 2, hash })).toEqual([]);
  });

  it("the first entry of one person, copied into the trail of another", async () => {
    expect(await findAuditBreaks([entry(1, "", { pk: "EP#other" })])).toEqual([
      { aggregateId: "EP#other", sequence: 1, kind: "out-of-place" },
    ]);
  });

  it("an entry under another number, with the gap before it", async () => {
    const moved = entry(2, one.hash, { sk: "00000004" });
    expect(await findAuditBreaks([one, moved])).toEqual([
      { aggregateId: "EP#one", sequence: 2, kind: "missing" },
      { aggregateId: "EP#one", sequence: 3, kind: "missing" },
      { aggregateId: "EP#one", sequence: 4, kind: "out-of-place" },
    ]);
  });

  it.each(["0", "-1", "1.5", "x"])(
    "an entry under no number (%s) is named by its place",
    async (sk) => {
      const odd = entry(2, one.hash, { sk });
      expect(await findAuditBreaks([one, odd])).toEqual([
        { aggregateId: "EP#one", sequence: 2, kind: "out-of-place" },
      ]);
    },
  );

  it("of a huge gap a hundred are named, from the first that is missing", async () => {
    const far = entry(5000, one.hash);
    const breaks = await findAuditBreaks([one, far]);
    expect(breaks).toHaveLength(100);
    expect(breaks[0]).toMatchObject({ sequence: 2, kind: "missing" });
    expect(breaks.at(-1)).toMatchObject({ sequence: 101, kind: "missing" });
  });

  it.each([
    ["all of it gone", []],
    ["its last entry gone", [one]],
  ])("%s: it is not the latest that the record names", async (_what, entries) => {
    const breaks = await findAuditBreaks(entries, undefined, { sequence: 2, hash: two.hash });
    expect(breaks).toMatchObject([{ sequence: entries.length, kind: "not-the-last" }]);
  });

  it.each([
    ["number", { sequence: 3, hash: two.hash }],
    ["hash", { sequence: 2, hash: one.hash }],
  ])("a record that names another %s as its latest", async (_what, head) => {
    expect(await findAuditBreaks([one, two], undefined, head)).toEqual([
      { aggregateId: "EP#one", sequence: 2, kind: "not-the-last" },
    ]);
  });

  it("a field that holds nothing says nothing", async () => {
    expect(await findAuditBreaks([{ ...one, note: undefined }, two])).toEqual([]);
  });
});
