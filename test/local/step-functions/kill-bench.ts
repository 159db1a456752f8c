import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { EngineStore } from "../../../local/step-functions/engine-store.ts";
import { callTask, EngineBench, holdTask, machine } from "./engine-bench.ts";

/** How many executions are under way at once. */
export const executionCount = 200;

/** What each of them goes through: two calls, a wait, and a token that somebody answers. */
export const states = {
  Climb: { ...callTask("climb"), End: undefined, Next: "Pause" },
  Pause: { Type: "Wait", Seconds: 60, Next: "Hold" },
  Hold: { ...holdTask({ TimeoutSeconds: 86_400 }), End: undefined, Next: "Close" },
  Close: callTask("close"),
};

/**
 * Starts what is not started yet and moves all executions on until every one has ended, in a process
 * that may die at any moment: what it must remember beside the store is in a file of tokens.
 */
export async function runToTheEnd(input: {
  readonly store: EngineStore;
  readonly tokenFile: string;
  readonly at: string;
}): Promise<EngineBench> {
  const { store, tokenFile, at } = input;
  const bench = new EngineBench({ store, at });
  bench.answer = (name, payload) => {
    if (name !== "hold-care") return { ok: true, payload: {} };
    appendFileSync(tokenFile, `${(payload as { readonly token: string }).token}\n`);
    return { ok: true, payload: {} };
  };
  const { stateMachineArn } = bench.engine.createStateMachine({
    name: "outreach",
    definition: machine(states),
  });
  for (let number = 1; number <= executionCount; number += 1) {
    const name = `outreach-${number}-g1`;
    unlessKnown("ExecutionAlreadyExists", () =>
      bench.engine.startExecution({ stateMachineArn, name, input: { number } }),
    );
  }
  while (bench.engine.listExecutions({ statusFilter: "RUNNING", limit: 1 }).length > 0) {
    await bench.advanceSeconds(61);
    const tokens = existsSync(tokenFile) ? readFileSync(tokenFile, "utf8").trim().split("\n") : [];
    for (const taskToken of new Set(tokens)) {
      unlessKnown("TaskTimedOut", () =>
        bench.engine.sendTaskSuccess({ taskToken, output: { Payload: {} } }),
      );
    }
  }
  return bench;
}

function unlessKnown(name: string, act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== name) throw error;
  }
}
