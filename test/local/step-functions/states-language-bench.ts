import { StepFunctionsEngine } from "../../../local/step-functions/engine.ts";
import type { HistoryEvent, LambdaOutcome } from "../../../local/step-functions/engine-types.ts";
import { type Behaviour, fillIn, type RecordedCase } from "./states-language-cases.ts";

const prefix = "arn:aws:lambda:us-east-1:000000000000:function:";
const machineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:recorded";

/** What the placeholders of the cases stand for on this bench. */
export const placeholders: Readonly<Record<string, string>> = {
  FunctionArn: `${prefix}Function`,
  FunctionName: "Function",
  StateMachineArn: machineArn,
};

/** Runs one case on a clock that only this bench moves; answers with the engine it ran on. */
export async function runCase(recorded: RecordedCase): Promise<{
  readonly engine: StepFunctionsEngine;
  readonly executionArn: string;
}> {
  let now = Date.parse("2026-11-23T10:00:00.000Z");
  const sleeping: { readonly until: number; readonly end: () => void }[] = [];
  const tokens = [...(recorded.tokens ?? [])];

  const invoke = async (name: string, payload: unknown): Promise<LambdaOutcome> => {
    const behaviour = recorded.lambdas?.[name];
    if (behaviour === undefined) throw new Error(`The case has no function ${name}`);
    if (behaviour.behaviour === "sleep") {
      const until = now + behaviour.seconds * 1000;
      await new Promise<void>((end) => sleeping.push({ until, end }));
    }
    return answerOf(behaviour, payload);
  };
  const engine = new StepFunctionsEngine({ clock: { now: () => now }, invokeLambda: invoke });
  engine.createStateMachine({
    name: "recorded",
    definition: fillIn(recorded.definition, placeholders) as object,
    ...(recorded.type === undefined ? {} : { type: recorded.type }),
  });
  const { executionArn } = engine.startExecution({
    stateMachineArn: machineArn,
    name: "one",
    input: fillIn(recorded.input ?? {}, placeholders),
  });
  for (let round = 0; round < 1000; round += 1) {
    await settle(engine);
    const { status, currentState } = engine.describeExecution(executionArn);
    if (status !== "RUNNING") return { engine, executionArn };
    if (recorded.stop !== undefined && recorded.stop.whenEntered === currentState) {
      await engine.stopExecution({ executionArn });
      continue;
    }
    const taskToken = waitingToken(engine.getExecutionHistory(executionArn));
    const next = taskToken === undefined ? undefined : tokens.shift();
    if (next !== undefined && taskToken !== undefined) {
      answerToken(engine, taskToken, fillIn(next, placeholders) as typeof next);
      continue;
    }
    const times = [engine.nextDueAt(), ...sleeping.map(({ until }) => until)];
    now = Math.max(now, Math.min(...times.filter((time) => time !== undefined)));
    for (const sleeper of sleeping.splice(0)) {
      if (sleeper.until <= now) sleeper.end();
      else sleeping.push(sleeper);
    }
  }
  throw new Error("The case does not come to an end");
}

/** Lets promises of functions that answer at once come in, without waiting for those that sleep. */
async function settle(engine: StepFunctionsEngine): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await engine.pump();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function answerOf(behaviour: Behaviour, payload: unknown): LambdaOutcome {
  switch (behaviour.behaviour) {
    case "raise":
      return { ok: false, errorType: behaviour.error, errorMessage: behaviour.message };
    case "constant": {
      const repeat = behaviour.valueRepeat;
      const text = repeat === undefined ? behaviour.value : repeat.text.repeat(repeat.times);
      return { ok: true, payload: text };
    }
    default:
      return { ok: true, payload };
  }
}

/** The token that the last task handed out, read where the function got it. */
function waitingToken(history: readonly HistoryEvent[]): string | undefined {
  if (history.at(-1)?.type !== "TaskSubmitted") return undefined;
  const details = history.at(-1)?.taskSubmittedEventDetails as { readonly output: string };
  return /"TaskToken":"([^"]+)"/.exec(details.output)?.[1];
}

function answerToken(
  engine: StepFunctionsEngine,
  taskToken: string,
  next: NonNullable<RecordedCase["tokens"]>[number],
): void {
  if (next.action === "heartbeat") engine.sendTaskHeartbeat({ taskToken });
  else if (next.action === "success") engine.sendTaskSuccess({ taskToken, output: next.output });
  else {
    engine.sendTaskFailure({
      taskToken,
      ...(next.error === undefined ? {} : { error: next.error }),
      ...(next.cause === undefined ? {} : { cause: next.cause }),
    });
  }
}
