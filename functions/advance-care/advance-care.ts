import type { StepAnswer, StepEvent } from "../../shared/contracts/step-event.ts";
import type { Change, Refusal } from "../../shared/domain/change/change.ts";
import type { DecisionContext } from "../../shared/domain/change/context.ts";
import type { Actor, Driver, OpenState } from "../../shared/domain/episode/episode.ts";
import { workflowActs } from "../../shared/domain/workflows/acts.ts";
import {
  addMinutes,
  driverSk,
  stalledAfterMinutes,
} from "../../shared/domain/workflows/drivers.ts";
import { workflowReviews } from "../../shared/domain/workflows/reviews.ts";
import { nextStep, resumeStep, stepTable } from "../../shared/domain/workflows/step-table.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { StepStandsStillError } from "../../shared/errors/step-stands-still-error.ts";
import { SupersededError } from "../../shared/errors/superseded-error.ts";
import { TransactionConflictError } from "../../shared/errors/transaction-conflict-error.ts";
import { UnknownStepError } from "../../shared/errors/unknown-step-error.ts";
import type { CareDeps } from "../../shared/services/care-deps.ts";
import { type Decided, decideAndCommit } from "../../shared/services/decide-and-commit.ts";
import { loadContext } from "../../shared/services/load-context.ts";
import { loadDriver, loadEpisode } from "../../shared/services/load-episode.ts";
import { reportProblem } from "../../shared/services/report-problem.ts";
import { endDriver, handOver } from "../../shared/services/save-driver.ts";

/** Acts in a row, without a wait, that change nothing: a few are a race, more are a circle. */
const mostIdleSteps = 12;
/** The longest wait given to one execution; the step looks again then. */
const longestHoldDays = 7;
/** An execution hands over to the next generation after this many days, so that none lives past 35. */
const handOverAfterDays = 27;
/** And after this many looks: each is about 15 history events, of which an execution has 25,000. */
const handOverAfterLooks = 90;

/**
 * Carries out one workflow step. `locate` says where the driver is; reviews say what is due and write
 * nothing; acts decide and commit once per execution, state and entered time, and answer with the look
 * that follows them where one does.
 *
 * @throws {SupersededError} when a newer generation of the driver has taken over, or it is done
 * @throws {UnknownStepError} when the step is not in the workflow's table
 */
export async function advanceCare(deps: CareDeps, event: StepEvent): Promise<StepAnswer> {
  const sk = driverSk(event.workflow, event.driverId.slice(event.workflow.length + 1));
  const driver = await loadDriver(deps.store, event.episodeId, sk);
  if (driver === undefined)
    throw new NotFoundError("There is no such driver", { driverId: event.driverId });
  if (event.step === "report-problem") {
    await reportProblem(deps, {
      episodeId: event.episodeId,
      driver,
      problem: event.problem ?? "unknown",
      commandId: commandIdOf(event),
    });
    return { outcome: "reported" };
  }
  if (driver.generation > event.generation || driver.status === "done") {
    // A repeat of the step that ended the driver is told the same again by its command id below.
    if (event.step === "locate" || driver.generation > event.generation) {
      throw new SupersededError("Another execution carries this driver on", {
        driverId: event.driverId,
      });
    }
  }
  if (event.step === "locate") return { outcome: driver.step };

  const step = stepTable[event.workflow].steps[event.step];
  if (step?.kind === "review") return runReview(deps, event, driver);
  if (step?.kind === "act") return runAct(deps, event, sk);
  throw new UnknownStepError("The step is not in the workflow's table", {
    workflow: event.workflow,
    step: event.step,
  });
}

function commandIdOf(event: StepEvent): string {
  return `${event.executionName}/${event.step}/${event.enteredAt}`;
}

async function runReview(deps: CareDeps, event: StepEvent, driver: Driver): Promise<StepAnswer> {
  const state = await loadEpisode(deps.store, event.episodeId);
  if (state === undefined)
    throw new NotFoundError("There is no such episode", { episodeId: event.episodeId });
  const ctx = await loadContext(deps, state.episode, systemActor);
  const result = reviewStep(event)(state, driver, ctx);
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
  assertOutcome(event, result.outcome);
  if (
    nextStep(event.workflow, event.step, result.outcome) === "end" &&
    !(await endDriver(deps, state.episode, driver))
  ) {
    // The machine gives the step again, which then looks at the episode as it is.
    throw new TransactionConflictError("The episode moved on while the driver was to end", {
      driverId: event.driverId,
    });
  }
  return { outcome: result.outcome };
}

async function runAct(deps: CareDeps, event: StepEvent, sk: string): Promise<StepAnswer> {
  const decided = await decideAndCommit(deps, {
    episodeId: event.episodeId,
    commandId: commandIdOf(event),
    actor: systemActor,
    ownDriverSk: sk,
    alsoLoad: [sk],
    decide: (state, ctx) => decideAct(event, sk, state, ctx),
  });
  if (decided.refusal !== undefined) {
    throw new UnknownStepError("A step refused to run", {
      step: event.step,
      code: decided.refusal.refused,
    });
  }
  const next = nextStep(event.workflow, event.step, decided.answer) ?? "end";
  if (stepTable[event.workflow].steps[next]?.kind !== "review") return { outcome: decided.answer };
  // Nothing lies between the act and the look that follows it: one call answers for both.
  const driver = await loadDriver(deps.store, event.episodeId, sk);
  if (driver === undefined || driver.generation > event.generation) {
    throw new SupersededError("Another execution carries this driver on", {
      driverId: event.driverId,
    });
  }
  return runReview(deps, { ...event, step: next }, driver);
}

function decideAct(
  event: StepEvent,
  sk: string,
  state: OpenState,
  ctx: DecisionContext,
): Decided | Refusal {
  const driver = state.items.get(sk);
  const act = workflowActs[event.workflow][event.step];
  if (driver?.kind !== "driver" || act === undefined) {
    throw new UnknownStepError("The step has no rule", {
      workflow: event.workflow,
      step: event.step,
    });
  }
  const result = act(state, driver, ctx);
  assertOutcome(event, result.outcome);
  return {
    answer: result.outcome,
    change: withDriverMoved(result.change, state, driver, event, result.outcome, ctx),
  };
}

/** Puts the driver's next step into the same transaction as the step's own change. */
function withDriverMoved(
  change: Change | undefined,
  state: OpenState,
  driver: Driver,
  event: StepEvent,
  outcome: string,
  ctx: DecisionContext,
): Change {
  const step = resumeStep(event.workflow, event.step, outcome);
  const isOver = step === "end" || step === undefined;
  const isIdle = change === undefined || change.puts.length === 0;
  const idleSteps = isIdle ? (driver.idleSteps ?? 0) + 1 : 0;
  if (idleSteps > mostIdleSteps) {
    throw new StepStandsStillError("The step is taken again and again and changes nothing", {
      driverId: driver.driverId,
      step: event.step,
    });
  }
  const { startAt: _startAt, ...rest } = driver;
  const moved: Driver = {
    ...rest,
    version: driver.version + 1,
    step: isOver ? driver.step : step,
    status: isOver ? "done" : "running",
    expectedBy: addMinutes(ctx.now, stalledAfterMinutes),
    idleSteps,
  };
  const put = { item: moved, expects: { version: driver.version } };
  if (change === undefined) {
    return {
      episode: { ...state.episode, version: state.episode.version + 1 },
      puts: [put],
      identityPuts: [],
      mirrors: [],
      effects: [],
      audit: {
        action: "step-taken",
        actor: ctx.actor,
        facts: { workflow: event.workflow, step: event.step, outcome },
      },
    };
  }
  const others = change.puts.filter((planned) => planned.item.sk !== driver.sk);
  const open = isOver
    ? change.episode.open.filter((key) => key !== driver.sk)
    : [...new Set([...change.episode.open, driver.sk])].sort();
  return { ...change, episode: { ...change.episode, open }, puts: [...others, put] };
}

function reviewStep(event: StepEvent) {
  const review = workflowReviews[event.workflow][event.step];
  if (review === undefined)
    throw new UnknownStepError("The step has no rule", {
      workflow: event.workflow,
      step: event.step,
    });
  return review;
}

function assertOutcome(event: StepEvent, outcome: string): void {
  if (nextStep(event.workflow, event.step, outcome) === undefined) {
    throw new UnknownStepError("The outcome is not in the workflow's table", {
      step: event.step,
      outcome,
    });
  }
}

const systemActor: Actor = { kind: "system", part: "advance-care" };
