import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import {
  compileExpression,
  evaluate,
} from "../../../local/step-functions/expressions/expression.ts";
import type { Scope } from "../../../local/step-functions/expressions/scope.ts";
import { fc } from "../../builders/properties.ts";

const sources = {
  now: () => Date.parse("2027-01-04T15:00:00Z"),
  random: () => 0.25,
  uuid: () => "u",
};

function scopeOf(input: unknown, variables: Record<string, unknown> = {}): Scope {
  return { variables, sources, states: { input, context: {}, result: { Payload: input } } };
}

const run = async (source: string, scope: Scope = scopeOf({})) =>
  evaluate(compileExpression(source), "Output", scope);

/** Nothing and functions are no values that a state could hand on. */
function isJson(value: unknown): boolean {
  if (value === undefined || typeof value === "function") return false;
  return typeof value !== "object" || value === null || !("_jsonata_function" in value);
}

describe("the short way to evaluate", () => {
  const word = fc.constantFrom("a", "b");
  const leaf = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constantFrom("", "a", "stop"),
    fc.constant(null),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.dictionary(word, tie("tree"), { maxKeys: 3 }),
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  }));
  const expression = fc.constantFrom(
    "$states.input",
    "$states.input.a",
    "$states.input.a.b",
    "$states.result.Payload.a",
    "$x",
    "$x.b",
    "$missing",
    "$states.input.a = 'stop'",
    "$states.input.a != $x",
    "$x + 1",
    "$x * $states.input.a",
    "$states.input.a - 2",
    "{}",
    "null",
    "true",
    "$sum",
  );

  it("comes to what JSONata itself comes to, whatever the data", async () => {
    await fc.assert(
      fc.asyncProperty(expression, tree, tree, async (source, input, x) => {
        const scope = scopeOf(input, { x });
        const short = await run(source, scope).then(
          (value) => ({ value }),
          () => "failed",
        );
        const bindings = { ...scope.variables, states: scope.states };
        const long = await jsonata(source)
          .evaluate(undefined, bindings)
          .then(
            (value: unknown) =>
              isJson(value) ? { value: JSON.parse(JSON.stringify(value)) as unknown } : "failed",
            () => "failed",
          );
        expect(short).toEqual(long);
      }),
      { numRuns: 2000 },
    );
  });

  it("is there for the expressions that our machines are made of", () => {
    const sourcesOfOurs = ["$states.input.outcome = 'wait'", "$episodeId", "$looks + 1", "{}"];
    for (const source of sourcesOfOurs) {
      expect(compileExpression(source).shortcut, source).toBeTypeOf("function");
    }
  });
});

describe("the functions that Step Functions adds", () => {
  it.each([
    ["$partition([1, 2, 3, 4, 5], 2)", [[1, 2], [3, 4], [5]]],
    ["$range(0, 10, 5)", [0, 5, 10]],
    ["$range(3, 1, -1)", [3, 2, 1]],
    ["$hash('input', 'MD5')", "a43c1b0aa53a0c908810c06ab1ff3967"],
    [
      "$hash('input', 'SHA-256')",
      "c96c6d5be8d08a12e7b5cdc1b207fa6b2430974c86803d8891675e76fd992c20",
    ],
    ["$parse('{\"a\": [1]}')", { a: [1] }],
    ["$random()", 0.25],
    ["$random(7) = $random(7)", true],
    ["$random(7) = $random(8)", false],
    ["$uuid()", "u"],
    ["$millis()", 1_799_074_800_000],
    ["$now()", "2027-01-04T15:00:00.000Z"],
    ["$now('[Y0001]-[M01]-[D01]')", "2027-01-04"],
  ])("%s", async (source, expected) => {
    expect(await run(source)).toEqual(expected);
  });

  it.each([
    ["$range(0, 5000, 1)", "at most 1000"],
    ["$range(0, 1, 0)", "must not be zero"],
    ["$partition([1], 0)", "positive whole number"],
    ["$hash('input', 'CRC32')", "MD5, SHA-1"],
    ["$parse('{')", "not valid JSON"],
    ["$eval('1')", "T1006: Attempted to invoke a non-function"],
    ["function($x){$x}", "returned an unsupported result type."],
  ])("%s fails with a reason", async (source, reason) => {
    await expect(run(source)).rejects.toThrow(reason);
  });
});
