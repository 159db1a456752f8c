/**
 * How the step table becomes states: which answers a step's state may get and where each leads, which
 * steps have a state at all, and what the choices are called.
 */

import type { WorkflowName } from "../shared/care/episode/workflow-name.ts";
import type { WorkflowStep } from "../shared/care/runs/workflow-steps.ts";
import { stepTable } from "../workflows/registry.ts";
import { actAfter } from "../workflows/run/next-step.ts";

/** Steps that always answer with the same review share the choice after it. */
export function choiceName(workflow: WorkflowName, name: string, step: WorkflowStep): string {
  const act = actAfter(workflow, name);
  const following = stepTable[workflow].steps[act ?? ""];
  if (act !== undefined && following !== undefined) return choiceName(workflow, act, following);
  const [next, ...others] = Object.values(step.next);
  const looked = others.length === 0 ? lookAfter(workflow, step, next ?? "") : undefined;
  return `After: ${(looked ?? step).state}`;
}

/** The review whose findings a step answers with: an act or a send that a review follows looks as well. */
function lookAfter(
  workflow: WorkflowName,
  step: WorkflowStep,
  next: string,
): WorkflowStep | undefined {
  const found = stepTable[workflow].steps[next];
  const looks = step.kind === "act" || step.kind === "send";
  return looks && found?.kind === "review" ? found : undefined;
}

/**
 * Every answer that a state may get, with the step after it. Acts and sends answer with the review that
 * follows them, so the review's outcomes are their own; so it is with an act that always follows an act.
 * @throws {Error} when one outcome would lead to two places
 */
export function answersOf(
  workflow: WorkflowName,
  name: string,
  step: WorkflowStep,
): Readonly<Record<string, string>> {
  const act = actAfter(workflow, name);
  const following = stepTable[workflow].steps[act ?? ""];
  if (act !== undefined && following !== undefined) return answersOf(workflow, act, following);
  const answers: Record<string, string> = {};
  for (const [outcome, next] of Object.entries(step.next)) {
    const review = lookAfter(workflow, step, next);
    for (const [answer, to] of Object.entries(review?.next ?? { [outcome]: next })) {
      if (answers[answer] !== undefined && answers[answer] !== to)
        throw new Error(`${workflow}: "${step.state}" has two ways to go on with ${answer}`);
      answers[answer] = to;
    }
  }
  return answers;
}

/** The one step after which a state never has to choose. */
export function onlyNext(
  workflow: WorkflowName,
  name: string,
  step: WorkflowStep,
): string | undefined {
  const following = [...new Set(Object.values(answersOf(workflow, name, step)))];
  return following.length === 1 ? following[0] : undefined;
}

/** What may follow the step at which a workflow run stands: "Where are we?" takes that step and answers with these. */
export function afterLocating(workflow: WorkflowName): ReadonlySet<string> {
  const stands = Object.entries(stepTable[workflow].steps).filter(
    ([, { kind }]) => kind === "act" || kind === "review",
  );
  return new Set(stands.flatMap(([name, step]) => Object.values(answersOf(workflow, name, step))));
}

/** The steps that have a state: a review that others always answer with has none, nor has a first act. */
export function stepsWithState(
  workflow: WorkflowName,
): readonly (readonly [string, WorkflowStep])[] {
  const { steps } = stepTable[workflow];
  const entered = new Set<string>();
  const enter = (names: Iterable<string>): void => {
    for (const name of names) {
      const step = steps[name];
      if (step === undefined || entered.has(name)) continue;
      entered.add(name);
      enter(Object.values(answersOf(workflow, name, step)));
    }
  };
  enter(afterLocating(workflow));
  return Object.entries(steps).filter(([name]) => entered.has(name));
}
