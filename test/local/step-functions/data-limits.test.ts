import { describe, expect, it } from "vitest";
import { callTask, EngineBench } from "./engine-bench.ts";

/** 262,144 bytes as JSON text, which is what Step Functions still hands on. */
const fits = "{% $pad('', 262142, '#') %}";
const tooLarge = "{% $pad('', 262143, '#') %}";
const cause = (name: string) =>
  `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`;

async function run(states: Readonly<Record<string, object>>, input: unknown = {}) {
  const bench = new EngineBench();
  const arn = bench.start(states, { input });
  await bench.engine.runUntilIdle();
  return { bench, arn, ended: bench.engine.describeExecution(arn) };
}

describe("256 KiB", () => {
  it.each([
    ["an Output", { Output: tooLarge }],
    ["an Output of several parts", { Output: { a: fits, b: "#" } }],
    ["an Output of wide letters", { Output: "{% $pad('', 131072, 'é') %}" }],
    ["an Assign", { Assign: { notes: tooLarge } }],
    ["an Assign of several variables", { Assign: { a: fits, b: "#" } }],
  ])("is all that %s of a Pass state may hold", async (_what, fields) => {
    const { ended } = await run({ "Write it down": { Type: "Pass", ...fields, End: true } });
    expect(ended).toMatchObject({
      status: "FAILED",
      error: "States.DataLimitExceeded",
      cause: cause("Write it down"),
    });
  });

  it("may be filled to the last byte, by output and variables alike", async () => {
    const { ended } = await run({
      Write: {
        Type: "Pass",
        Output: fits,
        Assign: { notes: "{% $pad('', 262130, '#') %}" },
        End: true,
      },
    });
    expect(ended.status).toBe("SUCCEEDED");
  });

  it("holds for what a task is called with and for what it makes of the answer, which it may catch", async () => {
    const states = (fields: object) => ({
      "Climb the next rung": callTask("climb", {
        ...fields,
        Catch: [{ ErrorEquals: ["States.DataLimitExceeded"], Next: "Too much" }],
      }),
      "Too much": { Type: "Succeed" },
    });
    const called = await run(
      states({ Arguments: { FunctionName: "climb", Payload: "{% $pad('', 262140, '#') %}" } }),
    );
    expect(called.bench.called).toEqual([]);
    expect(called.ended.output).toMatchObject({ Error: "States.DataLimitExceeded" });
    const answered = await run(states({ Output: tooLarge }));
    expect(answered.bench.called).toHaveLength(1);
    expect(answered.ended.output).toEqual({
      Error: "States.DataLimitExceeded",
      Cause: cause("Climb the next rung"),
    });
  });
});

it("all variables together hold 10 MiB", async () => {
  const names = Array.from({ length: 42 }, (_, index) => `v${index}`);
  const states = Object.fromEntries(
    names.map((name, index) => {
      const next = names[index + 1];
      const end = next === undefined ? { End: true } : { Next: next };
      return [name, { Type: "Pass", Assign: { [name]: "{% $states.input.notes %}" }, ...end }];
    }),
  );
  const { ended } = await run(states, { notes: "#".repeat(260_000) });
  expect(ended).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  expect(ended.cause).toBe(cause("v40"));
});

it("input and answers that are too large or nested without end are refused", async () => {
  let nested: unknown = "end";
  for (let level = 0; level < 50_000; level += 1) nested = [nested];
  const bench = new EngineBench();
  const states = { Climb: callTask("climb") };
  for (const input of [nested, "#".repeat(262_143)]) {
    expect(() => bench.start(states, { input })).toThrow(
      expect.objectContaining({ name: "InvalidExecutionInput" }),
    );
  }
  bench.answer = () => ({ ok: true, payload: nested });
  const arn = bench.start(states);
  await bench.engine.runUntilIdle();
  expect(bench.engine.describeExecution(arn)).toMatchObject({
    status: "FAILED",
    error: "States.Runtime",
  });
});
