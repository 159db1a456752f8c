import { MemoryWorld, type WorldObserver } from "../../local/in-memory/memory-world.ts";
import { StepFunctionsEngine } from "../../local/step-functions/engine.ts";
import type { EngineStore } from "../../local/step-functions/engine-store.ts";
import type { HistoryEvent, LambdaOutcome } from "../../local/step-functions/engine-types.ts";
import { installMachines } from "../../local/world/machines.ts";
import { MemoryPerson, playPathway, publishIn } from "./memory-people.ts";

/** How one task ended, read from an execution's history. */
export type RecordedEnd =
  | { readonly kind: "answer"; readonly output: unknown }
  | { readonly kind: "error"; readonly error?: string; readonly cause?: string }
  | { readonly kind: "timeout" };

/** One execution of a pathway: its machine, its input and how each of its calls and holds ended, in order. */
export type RecordedExecution = {
  readonly workflow: string;
  readonly input: unknown;
  readonly calls: readonly RecordedEnd[];
  readonly holds: readonly RecordedEnd[];
  readonly transitions: number;
};

const onlooker: WorldObserver = {
  store: (store) => store,
  logger: { info: () => {}, warn: () => {}, error: () => {} },
  call: (_functionName, run) => run(),
  committed: () => {},
};

/** Plays some people's whole pathway once and writes down what the machines met on the way. */
export async function recordPathway(peopleCount: number): Promise<readonly RecordedExecution[]> {
  const world = new MemoryWorld({
    startAt: "2027-01-04T14:00:00.000Z",
    conflictRate: 0,
    observer: onlooker,
  });
  await publishIn(world);
  const people = Array.from({ length: peopleCount }, (_, index) => new MemoryPerson(world, index));
  await playPathway(world, people);
  return world.engine
    .listExecutions({})
    .filter(({ status }) => status === "SUCCEEDED")
    .map(({ executionArn, stateMachineArn, input }) => ({
      workflow: stateMachineArn.split(":").at(-1) ?? "",
      input,
      ...readHistory(world.engine.getExecutionHistory(executionArn)),
    }))
    .reverse();
}

function readHistory(
  history: readonly HistoryEvent[],
): Pick<RecordedExecution, "calls" | "holds" | "transitions"> {
  const calls: RecordedEnd[] = [];
  const holds: RecordedEnd[] = [];
  let isHeld = false;
  for (const event of history) {
    if (event.type === "TaskScheduled") isHeld = false;
    if (event.type === "TaskSubmitted") {
      isHeld = true;
      calls.push({ kind: "answer", output: payloadOf(event) });
    }
    const end = endOf(event, isHeld);
    if (end !== undefined) (isHeld ? holds : calls).push(end);
  }
  const transitions = history.filter(({ type }) => type.endsWith("StateEntered")).length;
  return { calls, holds, transitions };
}

function endOf(event: HistoryEvent, isHeld: boolean): RecordedEnd | undefined {
  if (event.type === "TaskTimedOut") return { kind: "timeout" };
  if (event.type === "TaskFailed") {
    const { error, cause } = detailsOf(event) as { error?: string; cause?: string };
    return {
      kind: "error",
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
  }
  if (event.type !== "TaskSucceeded") return undefined;
  return { kind: "answer", output: isHeld ? outputOf(event) : payloadOf(event) };
}

function detailsOf(event: HistoryEvent): Readonly<Record<string, unknown>> {
  const key = Object.keys(event).find((name) => name.endsWith("EventDetails"));
  return key === undefined ? {} : (event[key] as Readonly<Record<string, unknown>>);
}

const outputOf = (event: HistoryEvent): unknown => JSON.parse(String(detailsOf(event).output));
const payloadOf = (event: HistoryEvent): unknown =>
  (outputOf(event) as { Payload: unknown }).Payload;

/**
 * Runs recorded executions again on the real machines, with nothing behind them: every call is answered
 * at once with what it was answered then.
 * @returns how many states were entered
 */
export async function replay(
  executions: readonly RecordedExecution[],
  store?: EngineStore,
): Promise<number> {
  let now = Date.parse("2027-01-04T14:00:00.000Z");
  const playing = { calls: [] as RecordedEnd[], token: "" };
  const engine = new StepFunctionsEngine({
    clock: { now: () => now },
    recordHistory: false,
    ...(store === undefined ? {} : { store }),
    invokeLambda: async (_name, payload) => {
      const token = (payload as { readonly token?: string }).token;
      if (token !== undefined) playing.token = token;
      return answerOf(playing.calls.shift());
    },
  });
  installMachines(engine);
  const prefix = engine.listStateMachines()[0]?.stateMachineArn.replace(/[^:]+$/, "");
  let transitions = 0;
  for (const [index, recorded] of executions.entries()) {
    playing.calls = [...recorded.calls];
    const holds = [...recorded.holds];
    const { executionArn } = engine.startExecution({
      stateMachineArn: `${prefix}${recorded.workflow}:live`,
      name: `replayed-${index}`,
      input: recorded.input,
    });
    for (;;) {
      await engine.runUntilIdle();
      if (engine.describeExecution(executionArn).status !== "RUNNING") break;
      const end = holds.shift();
      if (end?.kind === "answer") {
        engine.sendTaskSuccess({ taskToken: playing.token, output: end.output });
      } else if (end?.kind === "error") {
        const { kind: _kind, ...said } = end;
        engine.sendTaskFailure({ taskToken: playing.token, ...said });
      } else {
        // Time ran out, of the hold or of a pause before a retry.
        now = Math.max(now, engine.nextDueAt() ?? now);
      }
    }
    const { status } = engine.describeExecution(executionArn);
    if (status !== "SUCCEEDED")
      throw new Error(`A replayed ${recorded.workflow} ended as ${status}`);
    transitions += recorded.transitions;
  }
  engine.close();
  return transitions;
}

function answerOf(end: RecordedEnd | undefined): LambdaOutcome {
  if (end?.kind === "answer") return { ok: true, payload: end.output };
  const { error = "Lambda.Unknown", cause = "" } = end?.kind === "error" ? end : {};
  const said = cause.startsWith("{") ? (JSON.parse(cause) as { errorMessage?: string }) : {};
  return { ok: false, errorType: error, errorMessage: said.errorMessage ?? cause };
}
