import { escalateApproval, escalatesAt } from "../../shared/care/approvals/escalate-approval.ts";
import {
  decisionAt,
  openApproval,
  settleApproval,
} from "../../shared/care/approvals/open-approval.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { cancelTasks, endRequests } from "../../shared/care/pathway/end-plans.ts";
import { type Contact, nextContact } from "../../shared/care/pathway/next-contact.ts";
import { proposeFewerContacts, standingOf } from "../../shared/care/pathway/propose-cadence.ts";
import type { ActStep, ReviewStep } from "../../shared/care/runs/step-result.ts";
import {
  addRun,
  endRuns,
  hasDueMessage,
  nextSendAt,
} from "../../shared/care/runs/workflow-runs.ts";
import { lockingAlerts } from "../../shared/care/safety/safety-lock.ts";
import { endSupplyTasks } from "../../shared/care/services/follow-supply.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { wantsNoFollowUp } from "../../shared/messages/consent.ts";
import { hasContactAhead } from "../../shared/messages/follow-up-consent.ts";
import { checkInSk, planCheckIn } from "../../shared/messages/plan-check-in.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { numberOf } from "./open-check-in.ts";

/** Where a person decided to go on, closing is asked about again after this long. */
const askAgainHours = 30 * 24;
/** An open alert is looked at again this often while a closing waits for it. */
const alertLookHours = 1;

/** Plans the next check-in; after the last, or where the person wants no more, asks a person to close. */
export const planNext: ActStep = (state, run, ctx) => {
  if (state.episode.status !== "aftercare") return { outcome: "planned" };
  const draft = new Draft(state, ctx);
  const last = noteLast(draft, ctx, run);
  const next = wantsNoFollowUp(state.episode) ? undefined : planNextContact(draft, ctx, last);
  if (next !== undefined) {
    const { number, day, why } = next;
    const facts = { number, day, ...(why === undefined ? {} : { why }) };
    return { outcome: "planned", change: draft.finish("check-in-planned", facts) };
  }
  const occurrence = `c${numberOf(run)}`;
  // The question stands for days, and its check-in is over: it is an execution of its own.
  const closing = addRun(draft, {
    workflow: "aftercare",
    subject: `${run.subject}-closing`,
    step: "review-closing",
    data: run.data,
  });
  askToClose(draft, ctx, closing, occurrence);
  return { outcome: "propose-closing", change: draft.finish("closing-proposed") };
};

type Last = Pick<Contact, "number" | "row" | "day">;

/** Keeps which contact is over: the next one counts from it, also where the follow-up rests in between. */
function noteLast(draft: Draft, ctx: DecisionContext, run: WorkflowRun): Last {
  const number = numberOf(run);
  const over = draft.item(checkInSk(number));
  const row = (over?.kind === "check-in" ? over.row : undefined) ?? number;
  const planned = ctx.program.aftercare.checkIns.find((one) => one.number === row);
  const day = (over?.kind === "check-in" ? over.day : undefined) ?? planned?.day ?? 0;
  const last = { number, row, day };
  const { steady = 0, ...rest } = draft.episode.aftercare ?? {};
  draft.set({ aftercare: { ...rest, steady, last } });
  return last;
}

function planNextContact(draft: Draft, ctx: DecisionContext, last: Last): Contact | undefined {
  const standing = standingOf(draft, ctx);
  const next = standing === undefined ? undefined : nextContact(standing, last);
  if (next === undefined) return undefined;
  planCheckIn(draft, ctx, next);
  proposeFewerContacts(draft, ctx, last, next);
  return next;
}

function askToClose(
  draft: Draft,
  ctx: DecisionContext,
  run: WorkflowRun,
  occurrence: string,
): void {
  const rules = ctx.program.approvals.closing;
  const { unreachedContacts, openEscalations } = draft.episode;
  openTask(draft, ctx, {
    taskKind: "closing-approval",
    occurrence,
    words: wantsNoFollowUp(draft.episode)
      ? "The person took back the consent to follow-up, or never gave it. Close the aftercare?"
      : "The last check-in of the aftercare is over. Close it, or keep in touch?",
    assignedFunction: rules.decidedBy[0] ?? rules.escalateTo,
    driverId: run.driverId,
    evidence: { missedRunning: unreachedContacts, openAlerts: openEscalations.length },
    proposal: "close",
  });
}

/** What the closing needs: a person's decision, no open serious alert, and then its last message. */
export const reviewClosing: ReviewStep = (state, run, ctx) => {
  const { status } = state.episode;
  if (status !== "aftercare" && status !== "closed") return { outcome: "stop" };
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  if (status === "closed") {
    const holdUntil = nextSendAt(state, run);
    return holdUntil === undefined ? { outcome: "stop" } : { outcome: "wait", holdUntil };
  }
  const approval = openApproval(state, "closing-approval", run.driverId);
  // Who wants the follow-up again is followed up: the closing is asked about when it is over.
  if (approval === undefined && hasContactAhead(state.items.values())) return { outcome: "stop" };
  // Without a question on the table nobody would ever answer it: it is put again.
  if (approval === undefined) return { outcome: "overdue" };
  const decision = decisionAt(approval, ctx.now);
  if (decision.state === "resting") return { outcome: "wait", holdUntil: decision.until };
  if (decision.state === "approved") {
    return lockingAlerts(state).length === 0
      ? { outcome: "closed" }
      : { outcome: "wait", holdUntil: addHours(ctx.now, alertLookHours) };
  }
  const dueAt =
    decision.state === "rejected"
      ? askAgainAt(approval)
      : escalatesAt(approval, ctx.program.approvals.closing);
  return dueAt <= ctx.now ? { outcome: "overdue" } : { outcome: "wait", holdUntil: dueAt };
};

function askAgainAt(approval: CareTask): string {
  return addHours(approval.decision?.decidedAt ?? approval.dueAt, askAgainHours);
}

/** Passes an overdue closing on, and asks again where somebody chose to keep in touch. No timer closes. */
export const escalateClosing: ActStep = (state, run, ctx) => {
  if (state.episode.status !== "aftercare") return { outcome: "done" };
  const approval = openApproval(state, "closing-approval", run.driverId);
  const isRejected = approval?.decision?.decision === "rejected";
  const isDue =
    approval === undefined ||
    (isRejected ? askAgainAt(approval) <= ctx.now : isOverdue(approval, ctx));
  if (!isDue) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const rules = ctx.program.approvals.closing;
  if (approval !== undefined && !isRejected) {
    escalateApproval(draft, ctx, approval, rules);
    return {
      outcome: "done",
      change: draft.finish("closing-decision-escalated", { to: rules.escalateTo }),
    };
  }
  settleApproval(draft, approval);
  askToClose(draft, ctx, run, `again-${state.episode.version}`);
  return { outcome: "done", change: draft.finish("closing-proposed-again") };
};

function isOverdue(approval: CareTask, { program, now }: DecisionContext): boolean {
  return approval.decision === undefined && escalatesAt(approval, program.approvals.closing) <= now;
}

/** Closes the aftercare as a person decided, with one last message that leaves the door open. */
export const finishAftercare: ActStep = (state, run, ctx) => {
  if (state.episode.status !== "aftercare") return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const approval = openApproval(state, "closing-approval", run.driverId);
  settleApproval(draft, approval);
  draft.cancelMessages(() => true, "closed");
  endRequests(draft);
  cancelTasks(draft, (task) => task.decision === undefined);
  // Whoever prescribes a medicine follows it from here on.
  endSupplyTasks(draft);
  endRuns(draft, (other) => other.workflow !== "escalation" && other.sk !== run.sk);
  draft.set({ status: "closed", closedAt: ctx.now, closingReason: "aftercare-complete" });
  planMessages(draft, ctx, {
    anchor: "aftercare-closed",
    anchorAt: ctx.now,
    driverId: run.driverId,
    occurrence: `c${numberOf(run)}`,
  });
  return {
    outcome: "done",
    change: draft.finish("aftercare-closed", {
      decidedBy: approval?.decision?.decidedBy ?? "unknown",
    }),
  };
};
