import { describe, expect, it } from "vitest";
import { readDefinition } from "../../../local/step-functions/definition/read-definition.ts";
import { callTask, machine } from "./engine-bench.ts";

const done = { Done: { Type: "Succeed" } };
const task = (further: object) => machine({ Climb: callTask("climb", further) });
const find = (definition: object, type: "STANDARD" | "EXPRESS" = "STANDARD") =>
  readDefinition(JSON.stringify(definition), type).diagnostics.map(
    ({ code, message, location }) => `${code} ${location}: ${message}`,
  );

describe("what this engine does not do", () => {
  it.each([
    ["Map", machine({ Each: { Type: "Map", End: true } }), "/States/Each: The state type 'Map'"],
    ["Parallel", machine({ Both: { Type: "Parallel", End: true } }), "'Parallel'"],
    ["JSONPath", { ...machine(done), QueryLanguage: "JSONPath" }, "'JSONPath' is not supported"],
    ["ResultPath", task({ ResultPath: "$.x" }), "/States/Climb/ResultPath: The field 'ResultPath'"],
    ["Parameters", task({ Parameters: {} }), "The field 'Parameters' belongs to JSONPath"],
    ["another service", task({ Resource: "arn:aws:states:::sqs:sendMessage" }), "sqs:sendMessage"],
    [
      "an activity",
      task({ Resource: "arn:aws:states:us-east-1:000000000000:activity:x" }),
      "activity:x",
    ],
    ["Credentials", task({ Credentials: { RoleArn: "arn:aws:iam::0:role/x" } }), "'Credentials'"],
    [
      "InvocationType",
      task({ Arguments: { FunctionName: "f", InvocationType: "Event" } }),
      "'InvocationType'",
    ],
    ["$eval", task({ Output: "{% $eval('1') %}" }), "'$eval'"],
    [
      "a JSONPath choice",
      machine({
        Which: { Type: "Choice", Choices: [{ Variable: "$.x", IsNull: true, Next: "Done" }] },
        ...done,
      }),
      "/States/Which/Choices/0: A rule without 'Condition'",
    ],
    [
      "an expression where no language is declared",
      { StartAt: "Done", States: { Done: { Type: "Succeed", Output: "{% 1 %}" } } },
      'declare "QueryLanguage": "JSONata"',
    ],
  ])("is refused by name: %s", (_name, definition, said) => {
    const unsupported = find(definition).filter((one) => one.startsWith("UNSUPPORTED_FEATURE"));
    expect(unsupported.join("\n")).toContain(said);
  });
});

describe("what is no state machine", () => {
  it.each([
    ["an unknown field", task({ Retries: [] }), "/States/Climb/Retries: The field 'Retries'"],
    ["an unknown field at the top", { ...machine(done), Name: "x" }, "/Name: The field 'Name'"],
    ["an unknown type", machine({ X: { Type: "Jump", End: true } }), 'but was "Jump"'],
    [
      "a target that is missing",
      task({ End: undefined, Next: "Nowhere" }),
      "Missing 'Next' target: Nowhere",
    ],
    [
      "a start that is missing",
      { ...machine(done), StartAt: "Nowhere" },
      "Missing 'StartAt' target",
    ],
    [
      "a state that nothing leads to",
      machine({ Climb: callTask("climb"), ...done }),
      'State "Done" is not reachable.',
    ],
    ["both Next and End", task({ Next: "Climb" }), "'Next' or \"End\": true"],
    [
      "a broken expression",
      task({ Output: "{% $states. %}" }),
      "specified for the field 'Output' is not valid",
    ],
    [
      "States.ALL among others",
      task({ Retry: [{ ErrorEquals: ["States.ALL", "X"] }] }),
      "'States.ALL' must stand alone",
    ],
    [
      "a rate below 1",
      task({ Retry: [{ ErrorEquals: ["X"], BackoffRate: 0.5 }] }),
      "/States/Climb/Retry/0/BackoffRate",
    ],
    [
      "a jitter of another name",
      task({ Retry: [{ ErrorEquals: ["X"], JitterStrategy: "HALF" }] }),
      "[FULL, NONE]",
    ],
    [
      "a timeout of nothing",
      task({ TimeoutSeconds: 0 }),
      "'TimeoutSeconds' must be a whole number from 1",
    ],
    [
      "a heartbeat slower than its timeout",
      task({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
      "must be smaller than",
    ],
    ["a call of nothing", task({ Arguments: { Payload: {} } }), "'FunctionName' is required"],
    [
      "a wait for nothing",
      machine({ W: { Type: "Wait", End: true } }),
      "exactly one of: [Seconds, Timestamp]",
    ],
    [
      "the variable $states",
      task({ Assign: { states: 1 } }),
      "'states' cannot be the name of a variable",
    ],
  ])("is refused: %s", (_name, definition, said) => {
    const invalid = find(definition).filter((one) => one.startsWith("SCHEMA_VALIDATION_FAILED"));
    expect(invalid.join("\n")).toContain(said);
  });

  it("names every finding at once", () => {
    expect(find(task({ Retries: [], ResultPath: "$", TimeoutSeconds: "soon" }))).toHaveLength(3);
  });
});
