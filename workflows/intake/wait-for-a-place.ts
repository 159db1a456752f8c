import { openApproval, settleApproval } from "../../shared/care/approvals/open-approval.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { withMissing } from "../../shared/care/pathway/admission-needs.ts";
import { addStaffedMinutes } from "../../shared/care/program/staffed-time.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { isAbout, openInPlaceOf } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { contactOrCall } from "../../shared/messages/plan-messages.ts";
import { admissionEvidence } from "./assess.ts";

const weekHours = 7 * 24;
/** Calls between two re-screens: every second week. */
const callsPerRescreen = 2;

/**
 * Puts the person on the waiting list, or sees to the week's call of somebody who is on it. The question
 * stays open under a new approval: only a person admits or takes off the list.
 */
export const waitForAPlace: ActStep = (state, run, ctx) => {
  const { episode } = state;
  if (episode.status !== "assessed" && episode.status !== "waiting") return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const approval = openApproval(state, "admission-approval", run.driverId);
  const isDecided = approval?.decision !== undefined && approval.decision.effectiveAt <= ctx.now;
  const calls = episode.waiting?.calls ?? 0;
  if (isDecided) {
    settleApproval(draft, approval);
    askForPlace(draft, ctx, run, calls);
  }
  if (isDecided && episode.status === "assessed") startWaiting(draft, ctx, run);
  const waiting = draft.episode.waiting;
  const isCallDue = waiting !== undefined && waiting.nextCallAt <= ctx.now;
  if (isCallDue) openCall(draft, ctx, run, waiting);
  if (!isDecided && !isCallDue) return { outcome: "done" };
  return {
    outcome: "done",
    change: draft.finish("waiting-list-kept", { calls: draft.episode.waiting?.calls ?? 0 }),
  };
};

function startWaiting(draft: Draft, ctx: DecisionContext, run: WorkflowRun): void {
  const waiting = {
    since: ctx.now,
    reason: "no-place",
    calls: 0,
    nextCallAt: addHours(ctx.now, weekHours),
  };
  draft.set({ status: "waiting", waiting });
  contactOrCall(
    draft,
    ctx,
    { anchor: "waiting", anchorAt: ctx.now, driverId: run.driverId, occurrence: "intake" },
    "Say that the person is on the list and that somebody calls every week.",
  );
}

function askForPlace(draft: Draft, ctx: DecisionContext, run: WorkflowRun, calls: number): void {
  openTask(draft, ctx, {
    taskKind: "admission-approval",
    occurrence: `place-${draft.episode.version}`,
    words: "On the waiting list. Admit when a place is free, or refer on.",
    assignedFunction: ctx.program.approvals.admission.decidedBy[0] ?? "case-manager",
    // A place may take weeks; twice a month somebody has to look at the list.
    dueAt: addHours(ctx.now, 2 * weekHours),
    priority: isFirst(draft.episode) ? "urgent" : "normal",
    driverId: run.driverId,
    evidence: withMissing(
      { ...admissionEvidence(draft.episode, []), weeklyCalls: calls },
      draft.episode,
      ctx,
    ),
    proposal: "admit-when-free",
  });
}

function openCall(
  draft: Draft,
  ctx: DecisionContext,
  run: WorkflowRun,
  waiting: NonNullable<Episode["waiting"]>,
): void {
  const calls = waiting.calls + 1;
  const call = {
    taskKind: "waiting-call",
    occurrence: `${waiting.since}-${calls}`,
    words: "Weekly call to somebody who waits for a place: how are they, do they still want it?",
    priority: isFirst(draft.episode) ? "urgent" : "normal",
    driverId: run.driverId,
    evidence: { call: calls },
  } as const;
  openInPlaceOf(draft, ctx, call, () => true);
  if (calls % callsPerRescreen === 0) {
    const rescreen = {
      taskKind: "clinician-review",
      occurrence: `rescreen-${waiting.since}-${calls}`,
      words: "Two weeks on the waiting list: ask the suicide and withdrawal screens again.",
      assignedFunction: "clinician",
      dueAt: addStaffedMinutes(ctx.site, ctx.now, 480),
      priority: "urgent",
      driverId: run.driverId,
    } as const;
    openInPlaceOf(draft, ctx, rescreen, isAbout("clinician-review", "rescreen-"));
  }
  draft.set({ waiting: { ...waiting, calls, nextCallAt: addHours(ctx.now, weekHours) } });
}

/** Leaving hospital, pregnant, injecting: first when a place is free. */
function isFirst(episode: Episode): boolean {
  const { pregnant, injects, recentHigherCareOn } = episode.facts;
  return pregnant === true || injects === true || recentHigherCareOn !== undefined;
}
