import type { Actor } from "../../shared/care/episode/actor.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { runSk } from "../../shared/care/runs/workflow-runs.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import type { StepAnswer, StepEvent } from "../../shared/contracts/step-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { SupersededError } from "../../shared/errors/superseded-error.ts";
import { TransactionConflictError } from "../../shared/errors/transaction-conflict-error.ts";
import { UnknownStepError } from "../../shared/errors/unknown-step-error.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { type Loaded, loadDecision } from "../../shared/store/decide-and-commit.ts";
import { workflowReviews } from "../registry.ts";
import { nextStep } from "./next-step.ts";
import { endRun, handOver } from "./save-run.ts";

/** The longest wait given to one execution; the step looks again then. */
const longestWaitDays = 7;
/** An execution hands over to the next generation after this many days, so that none lives past 35. */
const handOverAfterDays = 27;
/** And after this many looks: each is about 15 history events, of which an execution has 25,000. */
const handOverAfterLooks = 90;

/** The sort key of the run that an event is about. */
export function runSkOf(event: Pick<StepEvent, "workflow" | "driverId">): string {
  return runSk(event.workflow, event.driverId.slice(event.workflow.length + 1));
}

/**
 * The event's run in a state.
 * @throws {SupersededError} when a newer generation of the run has taken over
 */
export function runIn(state: OpenState, event: StepEvent): WorkflowRun {
  const run = state.items.get(runSkOf(event));
  if (run?.kind !== "driver")
    throw new NotFoundError("There is no such driver", { driverId: event.driverId });
  if (run.generation > event.generation)
    throw new SupersededError("Another execution carries this driver on", {
      driverId: event.driverId,
    });
  return run;
}

/** The episode with everything that is open, the event's run even where that is done, and what its review looks at. */
export async function loadForRun(deps: CareDeps, event: StepEvent): Promise<Loaded> {
  const { episodeId } = event;
  const alsoLoad = [runSkOf(event)];
  const loaded = await loadDecision(deps, { episodeId, actor: systemActor, alsoLoad });
  if (loaded === undefined) throw new NotFoundError("There is no such episode", { episodeId });
  return loaded;
}

/**
 * Runs a workflow's review for a workflow run and answers with what is due, or until when to wait. Nothing of
 * the episode changes: a workflow run whose workflow is over is noted as done, and one whose execution has
 * become long is handed over.
 *
 * @param step - a review of the event's workflow
 * @param loaded - as it was read just now, or as it was just committed: a wait holds only while the
 *   episode is still at that version
 * @throws {SupersededError} when another execution carries the run on from here
 * @throws {TransactionConflictError} when the episode moved on while the run was to end: look again
 * @throws {UnknownStepError} when the step is no review of the workflow
 */
export async function lookAtRun(
  deps: CareDeps,
  event: StepEvent,
  step: string,
  { state, ctx }: Loaded,
): Promise<StepAnswer> {
  const run = runIn(state, event);
  const review = ownValue(workflowReviews[event.workflow], step);
  if (review === undefined)
    throw new UnknownStepError("The step has no rule", { workflow: event.workflow, step });
  const result = review(state, run, ctx);
  if (result.holdUntil !== undefined) {
    if (
      event.looks >= handOverAfterLooks ||
      event.executionStartedAt <= addMinutes(ctx.now, -handOverAfterDays * 24 * 60)
    ) {
      await handOver(deps, state.episode, run);
      throw new SupersededError("A new execution carries this driver on", {
        driverId: event.driverId,
      });
    }
    const cap = addMinutes(ctx.now, longestWaitDays * 24 * 60);
    const holdUntil = result.holdUntil < cap ? result.holdUntil : cap;
    const holdSeconds = Math.max(
      1,
      Math.ceil((Date.parse(holdUntil) - Date.parse(ctx.now)) / 1000),
    );
    return { outcome: "wait", holdUntil, holdSeconds, plannedAtVersion: state.episode.version };
  }
  assertOutcome(event, step, result.outcome);
  if (
    nextStep(event.workflow, step, result.outcome) === "end" &&
    run.status !== "done" &&
    !(await endRun(deps, state.episode, run))
  ) {
    // The machine gives the step again, which then looks at the episode as it is.
    throw new TransactionConflictError("The episode moved on while the driver was to end", {
      driverId: event.driverId,
    });
  }
  return { outcome: result.outcome };
}

/** @throws {UnknownStepError} when the step cannot end like that */
export function assertOutcome(event: StepEvent, step: string, outcome: string): void {
  if (nextStep(event.workflow, step, outcome) === undefined) {
    throw new UnknownStepError("The outcome is not in the workflow's table", { step, outcome });
  }
}

const systemActor: Actor = { kind: "system", part: "advance-care" };
