import { describe, expect, it } from "vitest";
import { StepFunctionsEngine } from "../../../local/step-functions/engine.ts";
import { placeholders, runCase } from "./states-language-bench.ts";
import {
  fillIn,
  likeExpected,
  type RecordedCase,
  readCases,
  without,
} from "./states-language-cases.ts";
import { observe } from "./states-language-observed.ts";

/** What the engine does not claim, and by which name it refuses it. */
const unclaimed: Readonly<Record<string, string>> = {
  Map: "'Map'",
  DistributedMap: "'Map'",
  Parallel: "'Parallel'",
  "states:startExecution": "arn:aws:states:::states:startExecution",
  "states:startExecution.sync": "arn:aws:states:::states:startExecution.sync",
};

const cases = readCases();
const checked = cases.filter(({ expect: { status } }) => status.endsWith("_DEFINITION"));
const runs = cases.filter((one) => !checked.includes(one));
const refusedBy = (one: RecordedCase) =>
  one.features.filter((name) => Object.hasOwn(unclaimed, name));
const refused = runs.filter((one) => refusedBy(one).length > 0);
const claimed = runs.filter((one) => refusedBy(one).length === 0);

function diagnose(one: RecordedCase) {
  const engine = new StepFunctionsEngine({
    clock: { now: () => 0 },
    invokeLambda: async () => ({ ok: true, payload: {} }),
  });
  const definition = one.definitionText ?? (fillIn(one.definition, placeholders) as object);
  return engine.validateDefinition(definition, one.type);
}

/** Of the tasks' members, those that were recorded: what is absent from a recording says nothing. */
function namedOnly(actual: unknown, recorded: unknown): unknown {
  const tasks = recorded as readonly object[];
  return (actual as readonly object[]).map((task, index) =>
    Object.fromEntries(Object.entries(task).filter(([key]) => key in (tasks[index] ?? task))),
  );
}

describe("what AWS answered when these definitions were run", () => {
  it.each(claimed)("$id", async (one) => {
    const { engine, executionArn } = await runCase(one);
    const observed = observe(
      engine.describeExecution(executionArn),
      engine.getExecutionHistory(executionArn),
    );
    const { eventOrder, ...recorded } = one.expect;
    expect(["exact", undefined]).toContain(eventOrder);
    const expected = without(fillIn(recorded, placeholders), one.ignore) as Record<string, unknown>;
    const actual = without(
      Object.fromEntries(
        Object.keys(recorded).map((key) => [
          key,
          key === "tasks" ? namedOnly(observed[key], recorded[key]) : observed[key],
        ]),
      ),
      one.ignore,
    );
    expect(likeExpected(actual, expected)).toEqual(likeExpected(expected, expected));
  });
});

describe("definitions that were only checked", () => {
  it.each(checked)("$id", (one) => {
    const findings = diagnose(one);
    if (one.expect.status === "VALID_DEFINITION") {
      expect(findings).toEqual([]);
      return;
    }
    expect(findings).toEqual(
      (one.expect.diagnostics as readonly object[]).map((finding) => ({
        severity: "ERROR",
        ...finding,
      })),
    );
  });
});

describe("what the engine does not do is refused by its name", () => {
  it.each(refused)("$id", (one) => {
    const findings = diagnose(one).filter(({ code }) => code === "UNSUPPORTED_FEATURE");
    const named = findings.map(({ message }) => message).join("\n");
    expect(findings.length).toBeGreaterThan(0);
    expect(refusedBy(one).some((name) => named.includes(unclaimed[name] ?? name))).toBe(true);
  });
});

it(`all ${cases.length} cases are taken: ${claimed.length} run, ${checked.length} checked, ${refused.length} refused by name`, () => {
  expect({
    run: claimed.length,
    checked: checked.length,
    refused: refused.length,
    all: cases.length,
  }).toEqual({ run: 127, checked: 14, refused: 61, all: 202 });
});
