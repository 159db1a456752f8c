import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Message } from "../../shared/care/episode/message.ts";
import type { SendEvent } from "../../shared/contracts/send-event.ts";
import type { StepAnswer, StepEvent } from "../../shared/contracts/step-event.ts";
import { UnknownStepError } from "../../shared/errors/unknown-step-error.ts";
import type { SendDeps } from "../../shared/sending/deliver-claimed.ts";
import { sendOneMessage } from "../../shared/sending/send-one-message.ts";
import type { Loaded } from "../../shared/store/decide-and-commit.ts";
import { readOnce } from "../../shared/store/read-once.ts";
import { loadForRun, lookAtRun, runIn } from "../../workflows/run/look-at-run.ts";
import { nextStep, stepOf } from "../../workflows/run/next-step.ts";

export type SendMessageDeps = SendDeps;

/** Passes over a workflow run's messages: one may plan another, on the other channel. */
const maxPasses = 3;

/**
 * Sends one message, or everything that is due of a workflow run's messages and then says what the workflow
 * needs next, as its review does. Each message goes through the gate, is claimed, handed to the provider
 * once and recorded; afterwards it is sent, settled or held until a later instant.
 *
 * @returns what the review after a send step found; for one message, how it ended
 * @throws {NotFoundError} when there is no such episode or run
 * @throws {SupersededError} when another execution carries the run on
 * @throws {StoreUnavailableError} when the store cannot be reached; the same event may be given again
 */
export async function sendMessage(given: SendMessageDeps, event: SendEvent): Promise<StepAnswer> {
  const deps = { ...given, store: readOnce(given.store) };
  if ("messageSk" in event)
    return { outcome: await sendOneMessage(deps, event.episodeId, event.messageSk) };
  const step = stepOf(event.workflow, event.step);
  const review = nextStep(event.workflow, event.step, "done");
  if (step?.kind !== "send" || review === undefined)
    throw new UnknownStepError("The step sends nothing", {
      workflow: event.workflow,
      step: event.step,
    });
  return lookAtRun(deps, event, review, await sendDue(deps, event));
}

/** @returns the episode as it is once everything has gone as far as it goes */
async function sendDue(deps: SendMessageDeps, event: StepEvent): Promise<Loaded> {
  let loaded = await loadForRun(deps, event);
  let count = 0;
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const { state } = loaded;
    const due = dueMessages(state, runIn(state, event).driverId, deps.clock.now());
    if (due.length === 0) break;
    for (const messageSk of due) await sendOneMessage(deps, event.episodeId, messageSk);
    count += due.length;
    loaded = await loadForRun(deps, event);
  }
  if (count > 0)
    deps.logger.info("Due messages were taken as far as they go", {
      driverId: event.driverId,
      count,
    });
  return loaded;
}

/** In the order in which they were due, then planned: what was said first arrives first. */
function dueMessages(state: OpenState, driverId: string, now: string): readonly string[] {
  return [...state.items.values()]
    .filter((item) => item.kind === "message")
    .filter((item) => item.driverId === driverId && item.status === "PLANNED" && item.sendAt <= now)
    .sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1))
    .map((item) => item.sk);
}

function orderOf(message: Message): string {
  return `${message.sendAt} ${message.plannedAt} ${message.messageId}`;
}
