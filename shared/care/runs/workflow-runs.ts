import { itemKeys } from "../../keys/keys.ts";
import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { Message } from "../episode/message.ts";
import { firstSteps, type WorkflowName } from "../episode/workflow-name.ts";
import type { WorkflowRun } from "../episode/workflow-run.ts";
import { ownValue } from "../text/own-value.ts";
import { addMinutes, earliest } from "../time/instants.ts";
import type { WorkflowReviews } from "./step-result.ts";

/** The sort key of the one run of a workflow for one subject. */
export function runSk(workflow: WorkflowName, subject: string): string {
  return itemKeys.driver(workflow, subject);
}

/** The sort key under which a run's wait is registered. */
export function waitSk(run: { readonly workflow: WorkflowName; readonly subject: string }): string {
  return itemKeys.hold(run.workflow, run.subject);
}

/** Minutes after its due time at which a run under way counts as stalled. */
export const stalledAfterMinutes = 10;

/**
 * Adds a workflow run: running at once, or dormant until `startAt`.
 * @param input.subject - unique within the workflow: an id, or `<episodeId>-w3`
 */
export function addRun(
  draft: Draft,
  input: {
    readonly workflow: WorkflowName;
    readonly subject: string;
    readonly startAt?: string;
    readonly data?: Readonly<Record<string, string | number>>;
    /** Where it begins, where that is not the workflow's first step. */
    readonly step?: string;
  },
): WorkflowRun {
  const sk = runSk(input.workflow, input.subject);
  const isDormant = input.startAt !== undefined && input.startAt > draft.now;
  const run: WorkflowRun = {
    kind: "driver",
    sk,
    version: 1,
    driverId: `${input.workflow}-${input.subject}`,
    workflow: input.workflow,
    subject: input.subject,
    generation: 1,
    step: input.step ?? firstSteps[input.workflow],
    status: isDormant ? "dormant" : "running",
    data: input.data ?? {},
    ...(isDormant
      ? { startAt: input.startAt }
      : { expectedBy: addMinutes(draft.now, stalledAfterMinutes) }),
  };
  draft.add(run);
  if (!isDormant)
    draft.owe({ kind: "start-driver", episodeId: draft.episode.episodeId, driverSk: sk });
  return run;
}

/** Ends every run that matches: dormant ones never start, running ones stop at their next look. */
export function endRuns(draft: Draft, matches: (run: WorkflowRun) => boolean): void {
  for (const item of draft.items()) {
    if (item.kind === "driver" && item.status === "dormant" && matches(item)) {
      draft.replace(item, { status: "done" });
    }
  }
}

/** The run's messages that still wait to be sent. */
export function plannedMessages(state: OpenState, run: WorkflowRun): Message[] {
  const found: Message[] = [];
  for (const item of state.items.values()) {
    if (item.kind === "message" && item.driverId === run.driverId && item.status === "PLANNED")
      found.push(item);
  }
  return found;
}

/** True when at least one of the run's messages may go now. */
export function hasDueMessage(state: OpenState, run: WorkflowRun, now: string): boolean {
  return plannedMessages(state, run).some((message) => message.sendAt <= now);
}

/** The next instant at which one of the run's messages may go. */
export function nextSendAt(state: OpenState, run: WorkflowRun): string | undefined {
  return earliest(plannedMessages(state, run).map((message) => message.sendAt));
}

/**
 * The running runs whose registered wait no longer fits the state: something is due now, or is due
 * before the wait ends. The others sleep on; most commits wake nobody.
 * @param reviews - the reviews of every workflow, as the registry holds them
 */
export function runsToWake(
  state: OpenState,
  ctx: DecisionContext,
  reviews: WorkflowReviews,
  exceptSk?: string,
): WorkflowRun[] {
  const woken: WorkflowRun[] = [];
  for (const item of state.items.values()) {
    if (item.kind !== "driver" || item.status !== "running" || item.sk === exceptSk) continue;
    const hold = state.items.get(waitSk(item));
    // Without a wait of this generation the run is between two steps and reads the state itself.
    if (hold?.kind !== "hold" || hold.status !== "waiting" || hold.generation !== item.generation)
      continue;
    const review = ownValue(reviews[item.workflow], item.step);
    if (review === undefined) continue;
    const result = review(state, item, ctx);
    if (result.holdUntil === undefined || result.holdUntil < hold.holdUntil) woken.push(item);
  }
  return woken;
}
