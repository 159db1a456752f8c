import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { stalledAfterMinutes } from "../../shared/care/runs/workflow-runs.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { addMinutes } from "../../shared/care/time/instants.ts";
import type { StepAnswer, StepEvent } from "../../shared/contracts/step-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import { StepStandsStillError } from "../../shared/errors/step-stands-still-error.ts";
import { SupersededError } from "../../shared/errors/superseded-error.ts";
import { UnknownStepError } from "../../shared/errors/unknown-step-error.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import {
  type Decided,
  decideAndCommit,
  type Loaded,
  loadRootAndRun,
} from "../../shared/store/decide-and-commit.ts";
import { readOnce } from "../../shared/store/read-once.ts";
import { workflowActs } from "../../workflows/all-acts.ts";
import { assertOutcome, loadForRun, lookAtRun, runSkOf } from "../../workflows/run/look-at-run.ts";
import { actAfter, nextStep, resumeStep, stepOf } from "../../workflows/run/next-step.ts";
import { reportProblem } from "../../workflows/run/report-problem.ts";

/** Acts in a row, without a wait, that change nothing: a few are a race, more are a circle. */
const maxIdleSteps = 12;
/**
 * Carries out one workflow step. Reviews say what is due and write nothing; acts decide and commit once
 * per execution, state and entered time, and answer with the look that follows them where one does.
 * `locate` takes the step at which the run stands and answers with the name of the step after it.
 *
 * @throws {SupersededError} when a newer generation of the run has taken over, or it is done
 * @throws {UnknownStepError} when the step is not in the workflow's table
 */
export async function advanceCare(given: CareDeps, event: StepEvent): Promise<StepAnswer> {
  const deps = { ...given, store: readOnce(given.store) };
  const { run } = await loadRootAndRun(deps.store, event.episodeId, runSkOf(event));
  if (run === undefined)
    throw new NotFoundError("There is no such driver", { driverId: event.driverId });
  if (event.step === "report-problem") {
    await reportProblem(deps, {
      episodeId: event.episodeId,
      driver: run,
      problem: event.problem ?? "unknown",
      commandId: commandIdOf(event),
    });
    return { outcome: "reported" };
  }
  // A repeat of the step that ended the run is told the same again by its command id below.
  const isOver = run.status === "done" && event.step === "locate";
  if (run.generation > event.generation || isOver) {
    throw new SupersededError("Another execution carries this driver on", {
      driverId: event.driverId,
    });
  }
  if (event.step !== "locate") return (await takeStep(deps, event)).answer;
  // A repeat after a lost answer takes the step at which the first left the run.
  const { answer, next } = await takeStep(deps, { ...event, step: run.step });
  return { ...answer, outcome: next };
}

/** What a step answered, and the step that follows. */
type Taken = { readonly answer: StepAnswer; readonly next: string };

function takeStep(deps: CareDeps, event: StepEvent): Promise<Taken> {
  const step = stepOf(event.workflow, event.step);
  if (step?.kind === "review") return look(deps, event, event.step);
  if (step?.kind === "act") return runAct(deps, event);
  throw new UnknownStepError("The step is not in the workflow's table", {
    workflow: event.workflow,
    step: event.step,
  });
}

function commandIdOf(event: StepEvent): string {
  return `${event.executionName}/${event.step}/${event.enteredAt}`;
}

async function look(
  deps: CareDeps,
  event: StepEvent,
  review: string,
  committed?: Loaded,
): Promise<Taken> {
  const answer = await lookAtRun(deps, event, review, committed ?? (await loadForRun(deps, event)));
  return { answer, next: nextStep(event.workflow, review, answer.outcome) ?? "end" };
}

async function runAct(deps: CareDeps, event: StepEvent): Promise<Taken> {
  const sk = runSkOf(event);
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
  const act = actAfter(event.workflow, event.step);
  if (act !== undefined) return runAct(deps, { ...event, step: act });
  const next = nextStep(event.workflow, event.step, decided.answer) ?? "end";
  if (stepOf(event.workflow, next)?.kind !== "review")
    return { answer: { outcome: decided.answer }, next };
  // Nothing lies between the act and the look that follows it: one call answers for both.
  return look(deps, event, next, decided);
}

function decideAct(
  event: StepEvent,
  sk: string,
  state: OpenState,
  ctx: DecisionContext,
): Decided | Refusal {
  const run = state.items.get(sk);
  const act = ownValue(workflowActs[event.workflow], event.step);
  if (run?.kind !== "driver" || act === undefined) {
    throw new UnknownStepError("The step has no rule", {
      workflow: event.workflow,
      step: event.step,
    });
  }
  const result = act(state, run, ctx);
  assertOutcome(event, event.step, result.outcome);
  return {
    answer: result.outcome,
    change: withRunMoved(result.change, state, run, event, result.outcome, ctx),
  };
}

/** Puts the run's next step into the same transaction as the step's own change. */
function withRunMoved(
  change: Change | undefined,
  state: OpenState,
  run: WorkflowRun,
  event: StepEvent,
  outcome: string,
  ctx: DecisionContext,
): Change {
  const step = resumeStep(event.workflow, event.step, outcome);
  const isOver = step === "end" || step === undefined;
  const isIdle = change === undefined || change.puts.length === 0;
  const idleSteps = isIdle ? (run.idleSteps ?? 0) + 1 : 0;
  if (idleSteps > maxIdleSteps) {
    throw new StepStandsStillError("The step is taken again and again and changes nothing", {
      driverId: run.driverId,
      step: event.step,
    });
  }
  const { startAt: _startAt, ...rest } = run;
  const moved: WorkflowRun = {
    ...rest,
    version: run.version + 1,
    step: isOver ? run.step : step,
    status: isOver ? "done" : "running",
    expectedBy: addMinutes(ctx.now, stalledAfterMinutes),
    idleSteps,
  };
  const put = { item: moved, expects: { version: run.version } };
  if (change === undefined) {
    return {
      episode: { ...state.episode, version: state.episode.version + 1 },
      puts: [put],
      identityPuts: [],
      projections: [],
      outbox: [],
      audit: {
        action: "step-taken",
        actor: ctx.actor,
        facts: { workflow: event.workflow, step: event.step, outcome },
      },
    };
  }
  const others = change.puts.filter((planned) => planned.item.sk !== run.sk);
  const open = isOver
    ? change.episode.open.filter((key) => key !== run.sk)
    : [...new Set([...change.episode.open, run.sk])].sort();
  return { ...change, episode: { ...change.episode, open }, puts: [...others, put] };
}

const systemActor: Actor = { kind: "system", part: "advance-care" };
