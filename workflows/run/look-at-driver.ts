import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { Driver } from "../../shared/care/episode/driver.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { driverSk } from "../../shared/care/runs/drivers.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import type { StepAnswer, StepEvent } from "../../shared/contracts/step-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { SupersededError } from "../../shared/errors/superseded-error.ts";
import { TransactionConflictError } from "../../shared/errors/transaction-conflict-error.ts";
import { UnknownStepError } from "../../shared/errors/unknown-step-error.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { loadContext } from "../../shared/store/load-context.ts";
import { loadEpisode } from "../../shared/store/load-episode.ts";
import { workflowReviews } from "../registry.ts";
import { nextStep } from "./next-step.ts";
import { endDriver, handOver } from "./save-driver.ts";

/** The longest wait given to one execution; the step looks again then. */
const longestHoldDays = 7;
/** An execution hands over to the next generation after this many days, so that none lives past 35. */
const handOverAfterDays = 27;
/** And after this many looks: each is about 15 history events, of which an execution has 25,000. */
const handOverAfterLooks = 90;

/** The sort key of the driver that an event is about. */
export function driverSkOf(event: Pick<StepEvent, "workflow" | "driverId">): string {
  return driverSk(event.workflow, event.driverId.slice(event.workflow.length + 1));
}

/**
 * The event's driver in a state.
 * @throws {SupersededError} when a newer generation of the driver has taken over
 */
export function driverIn(state: OpenState, event: StepEvent): Driver {
  const driver = state.items.get(driverSkOf(event));
  if (driver?.kind !== "driver")
    throw new NotFoundError("There is no such driver", { driverId: event.driverId });
  if (driver.generation > event.generation)
    throw new SupersededError("Another execution carries this driver on", {
      driverId: event.driverId,
    });
  return driver;
}

/** The episode with everything that is open, and the event's driver even where that is done. */
export async function loadForDriver(deps: CareDeps, event: StepEvent): Promise<OpenState> {
  const state = await loadEpisode(deps.store, event.episodeId, [driverSkOf(event)]);
  if (state === undefined)
    throw new NotFoundError("There is no such episode", { episodeId: event.episodeId });
  return state;
}

/**
 * Runs a workflow's review for a driver and answers with what is due, or until when to wait. Nothing of
 * the episode changes: a driver whose workflow is over is noted as done, and one whose execution has
 * become long is handed over.
 *
 * @param step - a review of the event's workflow
 * @param state - as it was read just now, or as it was just committed: a wait holds only while the
 *   episode is still at that version
 * @throws {SupersededError} when another execution carries the driver on from here
 * @throws {TransactionConflictError} when the episode moved on while the driver was to end: look again
 * @throws {UnknownStepError} when the step is no review of the workflow
 */
export async function lookAtDriver(
  deps: CareDeps,
  event: StepEvent,
  step: string,
  state: OpenState,
  known?: DecisionContext,
): Promise<StepAnswer> {
  const driver = driverIn(state, event);
  const review = ownValue(workflowReviews[event.workflow], step);
  if (review === undefined)
    throw new UnknownStepError("The step has no rule", { workflow: event.workflow, step });
  const ctx = known ?? (await loadContext(deps, state.episode, systemActor));
  const result = review(state, driver, ctx);
  if (result.holdUntil !== undefined) {
    if (
      event.looks >= handOverAfterLooks ||
      event.executionStartedAt <= addMinutes(ctx.now, -handOverAfterDays * 24 * 60)
    ) {
      await handOver(deps, state.episode, driver);
      throw new SupersededError("A new execution carries this driver on", {
        driverId: event.driverId,
      });
    }
    const cap = addMinutes(ctx.now, longestHoldDays * 24 * 60);
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
    driver.status !== "done" &&
    !(await endDriver(deps, state.episode, driver))
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
