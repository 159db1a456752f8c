import { readdirSync, readFileSync } from "node:fs";

/** How a function of a case behaves. */
export type Behaviour =
  | { readonly behaviour: "echo" }
  | {
      readonly behaviour: "constant";
      readonly value?: unknown;
      readonly valueRepeat?: { readonly text: string; readonly times: number };
    }
  | { readonly behaviour: "raise"; readonly error: string; readonly message: string }
  | { readonly behaviour: "sleep"; readonly seconds: number };

/** What happens to the next task token that waits. */
export type TokenAction =
  | { readonly action: "success"; readonly output: unknown }
  | { readonly action: "failure"; readonly error?: string; readonly cause?: string }
  | { readonly action: "heartbeat" };

/** One recorded case; test/fixtures/states-language holds them. */
export type RecordedCase = {
  readonly file: string;
  readonly id: string;
  readonly type?: "EXPRESS" | "STANDARD";
  readonly definition?: Readonly<Record<string, unknown>>;
  readonly definitionText?: string;
  readonly input?: unknown;
  readonly lambdas?: Readonly<Record<string, Behaviour>>;
  readonly tokens?: readonly TokenAction[];
  readonly stop?: { readonly whenEntered: string };
  readonly features: readonly string[];
  readonly expect: Readonly<Record<string, unknown>> & { readonly status: string };
  readonly ignore: readonly string[];
};

const folder = new URL("../../fixtures/states-language/", import.meta.url);

/** Every recorded case of every file. */
export function readCases(): RecordedCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => {
      const cases = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as RecordedCase[];
      return cases.map((one) => ({ ...one, file }));
    });
}

/** Puts values where the placeholders are, in strings at any depth. */
export function fillIn(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === "string") {
    return value.replace(/\$\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, fillIn(member, values)]),
  );
}

/** Takes out the places that are not to be compared. */
export function without(value: unknown, pointers: readonly string[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const pointer of pointers) {
    const steps = pointer
      .split("/")
      .slice(1)
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = steps.pop();
    let at: unknown = copy;
    for (const step of steps) at = (at as Record<string, unknown> | undefined)?.[step];
    if (last !== undefined && typeof at === "object" && at !== null) {
      Reflect.deleteProperty(at, last);
    }
  }
  return copy;
}

/**
 * The actual value in the shape of the expected one: where the recording holds JSON in a string,
 * parsed and cut down to what it names; numbers by value; event ids out of sentences.
 */
export function likeExpected(actual: unknown, expected: unknown): unknown {
  if (isJsonText(expected)) {
    if (typeof actual !== "string") return actual;
    return { $jsonText: cutDown(JSON.parse(actual), expected.$jsonText) };
  }
  if (typeof actual === "string") return actual.replace(/event id #\d+/, "event id #");
  if (typeof actual === "number") return actual === 0 ? 0 : actual;
  if (Array.isArray(actual)) {
    const items = Array.isArray(expected) ? expected : [];
    return actual.map((item, index) => likeExpected(item, items[index]));
  }
  if (typeof actual !== "object" || actual === null) return actual;
  const members = (expected ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(actual).map(([key, item]) => [key, likeExpected(item, members[key])]),
  );
}

function isJsonText(value: unknown): value is { readonly $jsonText: unknown } {
  return typeof value === "object" && value !== null && "$jsonText" in value;
}

function cutDown(actual: unknown, expected: unknown): unknown {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(actual) || !isObject(expected)) return actual;
  return Object.fromEntries(
    Object.keys(expected).map((key) => [key, cutDown(actual[key], expected[key])]),
  );
}
