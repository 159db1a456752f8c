import type { WorkflowName } from "../../shared/care/episode/workflow-name.ts";
import type { WorkflowStep } from "../../shared/care/runs/workflow-steps.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { stepTable } from "../registry.ts";

/** A step by its name from outside; `undefined` where the table has none, `constructor` and the like included. */
export function stepOf(workflow: WorkflowName, step: string): WorkflowStep | undefined {
  const { steps } = stepTable[workflow];
  return ownValue(steps, step);
}

/** The step after an outcome, or `undefined` where the outcome is not in the table. */
export function nextStep(
  workflow: WorkflowName,
  step: string,
  outcome: string,
): string | undefined {
  const next = stepOf(workflow, step)?.next;
  return ownValue(next, outcome);
}

/** The act that is all that ever follows an act: one call takes both, each with its own commit. */
export function actAfter(workflow: WorkflowName, act: string): string | undefined {
  const [next, ...others] = Object.values(stepOf(workflow, act)?.next ?? {});
  const isAct =
    stepOf(workflow, act)?.kind === "act" && stepOf(workflow, next ?? "")?.kind === "act";
  return isAct && others.length === 0 ? next : undefined;
}

/**
 * The step a workflow run's record holds after an outcome. Sends, pages and holds are passed through: they
 * always come back to the step that sent them there, so a rebuilt execution looks again from it.
 */
export function resumeStep(
  workflow: WorkflowName,
  step: string,
  outcome: string,
): string | undefined {
  const next = nextStep(workflow, step, outcome);
  if (next === undefined || next === "end") return next;
  const kind = stepOf(workflow, next)?.kind;
  return kind === "act" || kind === "review" ? next : step;
}
