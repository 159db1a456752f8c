import type { Store } from "../../../shared/ports/store.ts";
import { fc, isFullVolume } from "../../builders/properties.ts";

/** Inputs for each consumer; `THROUGHCARE_TEST_VOLUME=full` tries five times as many. */
export const runs = isFullVolume ? 25_000 : 5000;

/** Halves of emoji among words: what the database refuses when nobody makes it well-formed. */
const halvedText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\ud83d",
        "\ude14",
        "\udfff\ud800",
        "\u0000",
        "\u0007",
        "\u001b[2J",
        "\u007f",
      ),
      fc.string({ maxLength: 8 }),
      fc.constantFrom("i want to die", "STOP", "😔"),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(""));

export const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  halvedText,
  fc.constantFrom(
    "",
    "\u0000",
    "\u202E",
    "<script>alert(1)</script>",
    "../..",
    "%00",
    "2027-02-30",
  ),
  fc.constantFrom("9999-99-99T99:99:99Z", "NaN", "1e999", "__proto__", "constructor"),
);
/** Lists or objects inside each other. */
const nested = fc.tuple(fc.integer({ min: 2, max: 400 }), oddText).map(([depth, name]) => {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level += 1)
    value = level % 2 === 0 ? [value] : { [name === "__proto__" ? "proto" : name]: value };
  return value;
});
/** What only JSON can bring: names that mean something to the language, as fields of their own. */
const ownNames = fc
  .tuple(fc.constantFrom("__proto__", "constructor", "prototype", "toString", "\ud83d"), oddText)
  .map(([name, text]) =>
    JSON.parse(`{${JSON.stringify(name)}:{"polluted":${JSON.stringify(text)}},"a":1}`),
  );
export const oddValue = fc.oneof(
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
  nested,
  ownNames,
  fc.constantFrom(-1, 0, 1.5, 2 ** 53, Number.NaN, 1e200, 1e-200),
);
/** Bodies that are no JSON of ours, and some that take a parser to its end. */
export const oddBody = fc.oneof(
  oddText,
  fc.constantFrom(
    "[".repeat(16_000),
    `${"[".repeat(8000)}${"]".repeat(8000)}`,
    '{"a":'.repeat(5000),
  ),
  oddValue.map((value) => JSON.stringify(value) ?? ""),
);

/** A valid value with some of its fields, at any depth, put to something odd, left out or added. */
export function spoiled(valid: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(fc.tuple(fc.nat({ max: 60 }), fc.oneof(oddValue, fc.constant(undefined)), oddText), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => changes.reduce(spoilOnce, JSON.parse(JSON.stringify(valid))));
}

function spoilOnce(
  value: unknown,
  [index, odd, name]: readonly [number, unknown, string],
): unknown {
  const places: Place[] = [];
  collectPlaces(value, undefined, places);
  const path = pathTo(places[index % places.length]);
  if (index % 7 === 0) return put(value, [...path.slice(0, -1), name], odd);
  return put(value, path, odd);
}

/** A value inside another, by its key; undefined for the outermost. */
type Place = { readonly key: string; readonly within: Place } | undefined;

/** Every place of a value, the outer ones first: some lie hundreds deep, and one path is written out of them. */
function collectPlaces(value: unknown, place: Place, found: Place[]): void {
  found.push(place);
  if (value === null || typeof value !== "object") return;
  for (const [key, inner] of Object.entries(value))
    collectPlaces(inner, { key, within: place }, found);
}

function pathTo(place: Place): readonly string[] {
  const path: string[] = [];
  for (let at = place; at !== undefined; at = at.within) path.unshift(at.key);
  return path;
}

function put(value: unknown, path: readonly string[], odd: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return odd;
  if (value === null || typeof value !== "object") return odd;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as unknown as Record<string, unknown>)
    : { ...value };
  Object.defineProperty(copy, key, {
    value: put(Reflect.get(copy, key), rest, odd),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

/** Counts the transactions of a store that were committed. */
export function countWrites(store: Store): () => number {
  let writes = 0;
  const transact = store.transact.bind(store);
  store.transact = async (operations) => {
    await transact(operations);
    writes += 1;
  };
  return () => writes;
}
