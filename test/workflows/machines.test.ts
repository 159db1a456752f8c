import { readdirSync, readFileSync } from "node:fs";
import aslValidator from "asl-validator";
import { describe, expect, it } from "vitest";
import { StepFunctionsEngine } from "../../local/step-functions/engine.ts";
import { functionPlaceholders, localDefinition } from "../../local/world/machines.ts";
import { workflowActs } from "../../shared/domain/workflows/acts.ts";
import { workflowReviews } from "../../shared/domain/workflows/reviews.ts";
import {
  stepTable,
  type WorkflowName,
  workflowNames,
} from "../../shared/domain/workflows/step-table.ts";

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

  it("has the steps of the table, in the table's order, and no others", () => {
    const expected = Object.values(table.steps).map((step) => step.state);
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
  });

  it("follows the table from step to step", () => {
    for (const step of Object.values(table.steps)) {
      // An act answers with the review that follows it, so it goes where the review would go.
      const answers = Object.entries(step.next).flatMap(([outcome, next]) => {
        const review = step.kind === "act" ? table.steps[next] : undefined;
        return review?.kind === "review" ? Object.entries(review.next) : [[outcome, next] as const];
      });
      const expected = Object.fromEntries(
        answers.map(([outcome, next]) => [
          outcome,
          next === "end" ? "Finished" : table.steps[next]?.state,
        ]),
      );
      const actual = followers(machine, step.state);
      const only = Object.keys(expected).length === 1;
      expect(only ? Object.values(actual) : actual).toEqual(
        only ? Object.values(expected) : expected,
      );
    }
  });

  it("starts by asking where it is and can go on at every step that a driver can stand at", () => {
    expect(machine.StartAt).toBe("Where are we?");
    const router = machine.States["Go to the step that is due"];
    const reachable = (router?.Choices ?? []).map((choice) => choice.Next).sort();
    const wanted = Object.values(table.steps)
      .filter((step) => step.kind === "act" || step.kind === "review")
      .map((step) => step.state)
      .sort();
    expect(reachable).toEqual(wanted);
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
        expect(known.has(error) || /^(States|Lambda)\./.test(error), `${name}: ${error}`).toBe(
          true,
        );
      }
      expect(
        state.Retry?.flatMap((one) => one.ErrorEquals),
        name,
      ).not.toContain("States.ALL");
    }
  });

  it("waits only where a task token can end the wait, and looks again afterwards", () => {
    for (const step of Object.values(table.steps)) {
      const state = machine.States[step.state];
      expect(state?.Resource?.endsWith(".waitForTaskToken"), step.state).toBe(step.kind === "hold");
      if (step.kind !== "hold") continue;
      const review = table.steps[step.next.done ?? ""]?.state;
      const timeout = state?.Catch?.find((one) => one.ErrorEquals.includes("States.Timeout"));
      expect(timeout?.Next).toBe(review);
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
