import {
  type EndedExecution,
  executionOfArn,
  runOfInput,
} from "../../shared/contracts/sweep-event.ts";
import { UnreadableEventError } from "../../shared/errors/unreadable-event-error.ts";
import { markExecutionLost, type SweepDeps } from "./sweep-stalled-work.ts";

/**
 * Takes up an execution that ended badly: its run goes on at once. An event that does not say what the
 * execution was started with, since it was too large, is completed from the execution itself.
 * @throws {UnreadableEventError} when neither names a workflow run: the event is kept for a person
 */
export async function markEndedExecution(deps: SweepDeps, ended: EndedExecution): Promise<void> {
  const run = runOfInput(ended.input) ?? runOfInput(await lookedUpInput(deps, ended));
  if (run === undefined)
    throw new UnreadableEventError("An execution ended whose input names no driver");
  await markExecutionLost(deps, run);
}

async function lookedUpInput(
  { runner }: SweepDeps,
  { executionArn }: EndedExecution,
): Promise<string | undefined> {
  const execution = executionOfArn(executionArn);
  return execution === undefined ? undefined : runner.input(execution.workflow, execution.name);
}
