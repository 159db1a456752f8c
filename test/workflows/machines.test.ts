import { readdirSync, readFileSync } from "node:fs";
import aslValidator from "asl-validator";
import { describe, expect, it } from "vitest";
import { StepFunctionsEngine } from "../../local/step-functions/engine.ts";
import { functionPlaceholders, localDefinition } from "../../local/world/machines.ts";
import { type WorkflowName, workflowNames } from "../../shared/care/episode/workflow-name.ts";
import { workflowActs } from "../../workflows/all-acts.ts";
import { stepTable, workflowReviews } from "../../workflows/registry.ts";

type State = {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly TimeoutSeconds?: number | string;
};
type Machine = {
  readonly QueryLanguage: string;
  readonly TimeoutSeconds: number;
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
};

const staffState = "Open a task for staff";

function read(workflow: WorkflowName): { readonly text: string; readonly machine: Machine } {
  const text = readFileSync(
    new URL(`../../workflows/${workflow}/${workflow}.asl.json`, import.meta.url),
    "utf8",
  );
  return { text, machine: JSON.parse(text) as Machine };
}

/** Which state follows which, by outcome: read from the machine alone. */
function followers(machine: Machine, name: string): Readonly<Record<string, string>> {
  const next = machine.States[name]?.Next;
  if (machine.States[name]?.End === true) return { done: "Finished" };
  if (next === undefined) return {};
  const choice = machine.States[next];
  if (choice?.Type !== "Choice" || next === "Go to the step that is due") return { done: next };
  return Object.fromEntries(
    (choice.Choices ?? []).map((one) => [
      /'([^']+)'/.exec(one.Condition)?.[1] ?? one.Condition,
      one.Next,
    ]),
  );
}

function knownErrorNames(): Set<string> {
  const folder = new URL("../../shared/errors/", import.meta.url);
  const names = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), "utf8").matchAll(/name = "(\w+)"/g)].map(
      (match) => match[1] ?? "",
    ),
  );
  return new Set(names);
}

describe.each(workflowNames)("the %s machine", (workflow) => {
  const { text, machine } = read(workflow);
  const table = stepTable[workflow];

  it("is a valid state machine in JSONata", () => {
    const result = aslValidator(JSON.parse(text));
    expect(result.errors).toEqual([]);
    expect(result.isValid).toBe(true);
    expect(machine.QueryLanguage).toBe("JSONata");
  });

  /** The steps after one that is done: with the look that it answers with, and the act that always follows. */
  function answersOf(name: string): readonly (readonly [outcome: string, next: string])[] {
    const step = table.steps[name];
    const nexts = Object.entries(step?.next ?? {});
    return nexts.flatMap(([outcome, next]) => {
      const kind = table.steps[next]?.kind;
      const looks = kind === "review" && (step?.kind === "act" || step?.kind === "send");
      const goesOn = kind === "act" && step?.kind === "act" && nexts.length === 1;
      return looks || goesOn ? answersOf(next) : [[outcome, next] as const];
    });
  }
  const stateOf = (step: string) => (step === "end" ? "Finished" : table.steps[step]?.state);
  /** Where a workflow run can stand: "Where are we?" takes that step and goes on with what follows it. */
  const stands = Object.entries(table.steps).filter(
    ([, step]) => step.kind === "act" || step.kind === "review",
  );
  const located = new Set(stands.flatMap(([name]) => answersOf(name).map(([, next]) => next)));
  const withState = new Set(located);
  for (const name of withState) for (const [, next] of answersOf(name)) withState.add(next);

  it("has a state for each step that is ever gone to, in the table's order, and no others", () => {
    const expected = Object.entries(table.steps)
      .filter(([name]) => withState.has(name))
      .map(([, step]) => step.state);
    const helpers = [
      "Where are we?",
      "Go to the step that is due",
      staffState,
      "Handed to staff",
      "Could not hand to staff",
      "Finished",
    ];
    const actual = Object.entries(machine.States)
      .filter(([name, state]) => state.Type !== "Choice" && !helpers.includes(name))
      .map(([name]) => name);
    expect(actual).toEqual(expected);
    // Whatever is sent, paged or waited for can be seen as a state of its own.
    for (const [name, step] of Object.entries(table.steps))
      if (step.kind !== "act" && step.kind !== "review") expect(withState).toContain(name);
  });

  it("follows the table from step to step", () => {
    for (const name of withState) {
      const step = table.steps[name];
      if (step === undefined) continue;
      const expected = Object.fromEntries(
        answersOf(name).map(([outcome, next]) => [outcome, stateOf(next)]),
      );
      const actual = followers(machine, step.state);
      const only = new Set(Object.values(expected)).size === 1;
      expect(only ? Object.values(actual) : actual, step.state).toEqual(
        only ? [Object.values(expected)[0]] : expected,
      );
    }
  });

  it("starts by asking where it is and can go on with whatever follows the step at which a workflow run stands", () => {
    expect(machine.StartAt).toBe("Where are we?");
    const router = machine.States["Go to the step that is due"];
    const reachable = (router?.Choices ?? []).map((choice) => [
      /'([^']+)'/.exec(choice.Condition)?.[1],
      choice.Next,
    ]);
    expect(reachable.sort()).toEqual([...located].map((step) => [step, stateOf(step)]).sort());
  });

  it("gives every task a timeout, a retry of named errors and a catch that ends in a task for staff", () => {
    const known = knownErrorNames();
    for (const [name, state] of Object.entries(machine.States)) {
      if (state.Type !== "Task") continue;
      expect(state.TimeoutSeconds, name).toBeDefined();
      const catchAll = state.Catch?.find((one) => one.ErrorEquals.includes("States.ALL"));
      expect(catchAll?.Next, name).toBe(
        name === staffState ? "Could not hand to staff" : staffState,
      );
      const named = [...(state.Retry ?? []), ...(state.Catch ?? [])].flatMap(
        (one) => one.ErrorEquals,
      );
      for (const error of named) {
        expect(
          known.has(error) || /^(States|Lambda|Sandbox|Runtime)\./.test(error),
          `${name}: ${error}`,
        ).toBe(true);
      }
      expect(
        state.Retry?.flatMap((one) => one.ErrorEquals),
        name,
      ).not.toContain("States.ALL");
    }
  });

  it("tries again whatever Lambda itself failed at, a function that it stopped included", () => {
    const ofLambda = [
      "Lambda.ServiceException",
      "Lambda.AWSLambdaException",
      "Lambda.SdkClientException",
      "Lambda.TooManyRequestsException",
      "Lambda.ClientExecutionTimeoutException",
      "Lambda.Unknown",
      "Sandbox.Timedout",
      "Runtime.ExitError",
    ];
    for (const [name, state] of Object.entries(machine.States)) {
      if (state.Type !== "Task") continue;
      const again = (state.Retry ?? []).flatMap((one) => one.ErrorEquals);
      expect(again, name).toEqual(expect.arrayContaining(ofLambda));
    }
  });

  it("waits only where a task token can end the wait, and looks again afterwards", () => {
    for (const [name, step] of Object.entries(table.steps)) {
      if (!withState.has(name)) continue;
      const state = machine.States[step.state];
      expect(state?.Resource?.endsWith(".waitForTaskToken"), step.state).toBe(step.kind === "hold");
      if (step.kind !== "hold") continue;
      const after = step.next.done ?? "";
      // The state after a wait looks: it is a review, or it sends what is due and answers with one.
      const looking = table.steps[after]?.kind === "send" ? table.steps[after]?.next.done : after;
      expect(table.steps[looking ?? ""]?.kind, step.state).toBe("review");
      const timeout = state?.Catch?.find((one) => one.ErrorEquals.includes("States.Timeout"));
      expect(timeout?.Next).toBe(stateOf(after));
      expect(state?.Next).toBe(stateOf(after));
      expect(timeout?.ErrorEquals).toContain("EpisodeMovedOnError");
    }
  });

  it("ends within 40 days and carries ids and codes only", () => {
    expect(machine.TimeoutSeconds).toBeLessThan(40 * 86_400);
    for (const placeholder of text.matchAll(/\$\{(\w+)\}/g)) {
      expect(Object.keys(functionPlaceholders)).toContain(placeholder[1]);
    }
    // What it does, not what its comment says of it.
    expect(JSON.stringify(machine.States)).not.toMatch(/phone|birth|phq|gad|answers/i);
  });

  it("has a rule for every act and review of the table", () => {
    for (const [name, step] of Object.entries(table.steps)) {
      const rules = { act: workflowActs, review: workflowReviews };
      if (step.kind === "act" || step.kind === "review")
        expect(rules[step.kind][workflow][name], name).toBeTypeOf("function");
    }
  });

  it("is accepted by the local engine", () => {
    const engine = new StepFunctionsEngine({
      clock: { now: () => 0 },
      invokeLambda: async () => ({ ok: true, payload: {} }),
    });
    expect(engine.validateDefinition(localDefinition(workflow))).toEqual([]);
    engine.close();
  });
});
