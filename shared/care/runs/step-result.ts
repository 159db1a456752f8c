import type { Change } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { WorkflowName } from "../episode/workflow-name.ts";
import type { WorkflowRun } from "../episode/workflow-run.ts";

/** What an `act` step did: a change (or none) and the outcome that names the next step. */
export type ActResult = { readonly outcome: string; readonly change?: Change };

/** What a `review` step found. `wait` always says until when. */
export type ReviewResult =
  | { readonly outcome: "wait"; readonly holdUntil: string }
  | { readonly outcome: string; readonly holdUntil?: undefined };

/** Changes something once. Must be safe to run again after its own commit. */
export type ActStep = (state: OpenState, run: WorkflowRun, ctx: DecisionContext) => ActResult;

/** Looks at the truth and says what is due; changes nothing. */
export type ReviewStep = (state: OpenState, run: WorkflowRun, ctx: DecisionContext) => ReviewResult;

/** A workflow's acts and reviews by the name of the step. */
export type Acts = Readonly<Record<string, ActStep>>;
export type Reviews = Readonly<Record<string, ReviewStep>>;
/** The reviews of every workflow. */
export type WorkflowReviews = Readonly<Record<WorkflowName, Reviews>>;
