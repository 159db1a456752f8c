import { createHash } from "node:crypto";
import type { ExpressionSources } from "./scope.ts";

/** A failure inside a function, in the shape that JSONata's own failures have. */
class FunctionError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const LARGEST_RANGE = 1000;
const HASHES: Readonly<Record<string, string>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/**
 * The functions that Step Functions adds to JSONata, those whose answer must follow the engine's
 * clock and random numbers, and `$eval`, which Step Functions takes away.
 */
export function awsFunctions(sources: ExpressionSources): Record<string, unknown> {
  return {
    partition,
    range,
    hash,
    parse,
    random: (seed?: unknown) => (seed === undefined ? sources.random() : seeded(number(seed, 1))),
    uuid: () => sources.uuid(),
    millis: () => sources.now(),
    eval: undefined,
  };
}

function partition(array: unknown, size: unknown): unknown[][] | undefined {
  if (array === undefined) return undefined;
  const items = Array.isArray(array) ? array : [array];
  const step = number(size, 2);
  if (!Number.isInteger(step) || step < 1) {
    throw new FunctionError("D3300", "The size of a partition must be a positive whole number");
  }
  const parts: unknown[][] = [];
  for (let at = 0; at < items.length; at += step) parts.push(items.slice(at, at + step));
  return parts;
}

function range(first: unknown, last: unknown, step: unknown): number[] {
  const [from, to, by] = [number(first, 1), number(last, 2), number(step, 3)];
  if (by === 0) throw new FunctionError("D3301", "The step of a range must not be zero");
  const count = Math.floor((to - from) / by) + 1;
  if (count > LARGEST_RANGE) {
    throw new FunctionError("D3302", `A range has at most ${LARGEST_RANGE} numbers`);
  }
  const numbers = Array.from({ length: Math.max(0, count) }, (_none, index) => from + index * by);
  // A sequence, as AWS answers: JSONata then takes one number out of its list, and none for nothing.
  return Object.defineProperty(numbers, "sequence", { enumerable: false, value: true });
}

function hash(data: unknown, algorithm: unknown): string | undefined {
  if (data === undefined) return undefined;
  const name = typeof algorithm === "string" ? HASHES[algorithm] : undefined;
  if (name === undefined) {
    const known = Object.keys(HASHES).join(", ");
    throw new FunctionError("D3303", `The algorithm of $hash must be one of ${known}`);
  }
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return createHash(name).update(text).digest("hex");
}

function parse(text: unknown): unknown {
  if (text === undefined) return undefined;
  if (typeof text !== "string") {
    throw new FunctionError("T0410", "Argument 1 of function parse must be a string");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new FunctionError("D3304", "The argument of $parse is not valid JSON");
  }
}

function number(value: unknown, position: number): number {
  if (typeof value === "number") return value;
  throw new FunctionError("T0410", `Argument ${position} of the function must be a number`);
}

/** The same number in [0, 1) for the same seed (mulberry32). */
function seeded(seed: number): number {
  let state = (Math.trunc(seed) + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 4_294_967_296;
}
