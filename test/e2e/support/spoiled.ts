import fc from "fast-check";
import type { Store } from "../../../shared/ports/store.ts";

/** Inputs for each consumer; `THROUGHCARE_TEST_VOLUME=full` tries ten times as many. */
const isFullVolume = process.env.THROUGHCARE_TEST_VOLUME === "full";
export const runs = isFullVolume ? 10_000 : 1000;
// The full volume looks for what is new; the usual one tells whether something that was right has broken.
fc.configureGlobal(isFullVolume ? {} : { seed: 20_270_111 });

export const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
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
export const oddValue = fc.oneof(
  oddText,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(-1, 0, 1.5, 2 ** 53, Number.NaN),
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
  const paths = pathsOf(value);
  const path = paths[index % paths.length] ?? [];
  if (index % 7 === 0) return put(value, [...path.slice(0, -1), name], odd);
  return put(value, path, odd);
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== "object") return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
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
