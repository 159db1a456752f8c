import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { Program } from "../program/program.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { finishWithReason } from "../safety/finish-with-reason.ts";
import { safetyLock } from "../safety/safety-lock.ts";
import { actingStaff, findTaskBySk, refuseEnded, refuseStale } from "../tasks/refuse.ts";
import { ownValue } from "../text/own-value.ts";
import { staffMark } from "../text/staff-mark.ts";
import { toInstant } from "../time/instants.ts";
import {
  type ApprovalKind,
  approvalKind,
  decidersOf,
  decisionLabel,
  notMetEvidence,
  offeredWays,
} from "./approval-kinds.ts";

/** Seconds in which a decision can be taken back, and before which nothing follows from it. */
export const restSeconds = 30;

export type ApprovalDecision = {
  readonly taskSk: string;
  readonly decision: "approved" | "rejected";
  readonly reason: string;
  /** The task's version that was read. */
  readonly version: number;
  /** Among several ways to approve; `wait` lets an admission wait for a place. */
  readonly choice?: string | undefined;
  /** Admitted although a group has no place left. */
  readonly isOverCapacity?: boolean | undefined;
  /** Admitted although a group is online and no licence of its leader is on record for where they live. */
  readonly isOutsideLicence?: boolean | undefined;
};

/**
 * Decides an approval. It takes effect after half a minute, in which it can be taken back; until then
 * nothing follows from it. Who comes second is told who was first and what they decided.
 */
export function decideApproval(
  state: OpenState,
  input: ApprovalDecision,
  ctx: DecisionContext,
): Change | Refusal {
  const task = findTaskBySk(state, input.taskSk);
  if (isRefusal(task)) return task;
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const kind = approvalKind(task.taskKind);
  if (kind === undefined || !task.isApproval) {
    return {
      refused: "invalid",
      sentence: "This task is no approval. Record its outcome instead.",
    };
  }
  const allowed = decidersOf(kind, ctx.program);
  if (!staff.functions.some((one) => allowed.includes(one))) {
    return {
      refused: "not-allowed",
      sentence: `This is decided by: ${allowed.join(", ")}.`,
    };
  }
  const command = withWayNamed(task, input);
  const refusal =
    refuseDecided(task) ??
    refuseEnded(state.episode) ??
    refuseStale(task, command.version) ??
    refuseInput(kind, task, command) ??
    refuseNotMet(kind, task, command) ??
    refuseWithout(kind, command, staff.functions, ctx.program) ??
    refuseOwn(task, command, staff.staffId) ??
    (command.decision === "approved"
      ? safetyLock(state, kind.endingOf(state.episode, task, command.choice) ?? "")
      : undefined);
  if (refusal !== undefined) return refusal;
  return commitDecision(state, task, command, staff.staffId, ctx);
}

function commitDecision(
  state: OpenState,
  task: CareTask,
  command: ApprovalDecision,
  staffId: string,
  ctx: DecisionContext,
): Change {
  const draft = new Draft(state, ctx);
  const { snoozedUntil: _snoozedUntil, ...awake } = task;
  draft.replace(awake, {
    decision: {
      decision: command.decision,
      decidedBy: staffId,
      decidedAt: ctx.now,
      reasonEntry: state.episode.audit.sequence + 1,
      ...(command.choice === undefined ? {} : { choice: command.choice }),
      effectiveAt: toInstant(Date.parse(ctx.now) + restSeconds * 1000),
    },
  });
  return finishWithReason(
    draft,
    ctx,
    `${task.taskKind.replace("-approval", "")}-${command.decision}`,
    {
      taskId: task.taskId,
      ...(task.proposal === undefined ? {} : { proposal: task.proposal }),
      ...(command.choice === undefined ? {} : { choice: command.choice }),
      ...(command.isOverCapacity === true ? { overCapacity: true } : {}),
      ...(command.isOutsideLicence === true ? { outsideLicence: true } : {}),
    },
    command.reason,
  );
}

function refuseDecided(task: CareTask): Refusal | undefined {
  const { decision } = task;
  if (decision !== undefined) {
    return {
      refused: "already-decided",
      sentence: `${staffMark(decision.decidedBy)} was first: “${decisionLabel(task, decision)}”, at ${decision.decidedAt}.`,
      details: {
        decidedBy: decision.decidedBy,
        decision: decision.decision,
        decidedAt: decision.decidedAt,
        ...(decision.choice === undefined ? {} : { choice: decision.choice }),
      },
    };
  }
  if (task.status === "open") return undefined;
  return {
    refused: "not-now",
    sentence: "There is nothing to decide here any more: the pathway moved on.",
  };
}

function refuseInput(
  kind: ApprovalKind,
  task: CareTask,
  command: ApprovalDecision,
): Refusal | undefined {
  if (command.reason.trim() === "") {
    return { refused: "invalid", sentence: "Say why, in a few words." };
  }
  const choices = kind.ways.flatMap((way) => (way.choice === undefined ? [] : [way.choice]));
  const { choice } = command;
  if (choice !== undefined && choices.length > 0 && !choices.includes(choice)) {
    const open = kind.ways.filter(({ isOpen }) => isOpen?.(task.evidence) ?? true);
    const offered = open.flatMap((way) => way.choice ?? []);
    return {
      refused: "invalid",
      sentence: `${choice} is no choice here. Choose one of: ${offered.join(", ")}.`,
    };
  }
  return undefined;
}

/** What the program asks for and is missing is passed over by a choice of its own, never by the plain one. */
function refuseNotMet(
  kind: ApprovalKind,
  task: CareTask,
  command: ApprovalDecision,
): Refusal | undefined {
  if (command.decision === "rejected") return undefined;
  const missing = ownValue(task.evidence, notMetEvidence);
  const other = offeredWays(task).find(
    ({ decision, isOpen }) => decision === "approved" && isOpen !== undefined,
  );
  if (missing === undefined || other === undefined) return undefined;
  const chosen = kind.ways.find(
    ({ decision, choice }) => decision === "approved" && choice === command.choice,
  );
  if (chosen !== undefined && (chosen.isOpen?.(task.evidence) ?? true)) return undefined;
  const orElse =
    task.taskKind === "discharge-approval" ? "do not discharge yet" : "decide when it is there";
  return {
    refused: "not-now",
    sentence: `${String(missing)} Choose "${other.label}" and say why, or ${orElse}.`,
    details: { choice: other.choice ?? "" },
  };
}

/**
 * A decision that names no way, or the plain one, takes the one that is meant for it, where something is missing: its
 * reason is why.
 */
function withWayNamed(task: CareTask, input: ApprovalDecision): ApprovalDecision {
  if (input.decision === "rejected") return input;
  const named = approvalKind(task.taskKind)?.ways.find(
    ({ decision, choice }) => decision === "approved" && choice === input.choice,
  );
  const isPlain = named !== undefined && named.isOpen?.(task.evidence) === false;
  if (input.choice !== undefined && !isPlain) return input;
  if (ownValue(task.evidence, notMetEvidence) === undefined) return input;
  const unnamed = offeredWays(task).find(({ isTakenUnnamed }) => isTakenUnnamed === true);
  return unnamed === undefined ? input : { ...input, choice: unnamed.choice };
}

/** Some ways are not open to everybody who decides. */
function refuseWithout(
  kind: ApprovalKind,
  { decision, choice }: ApprovalDecision,
  functions: readonly StaffFunction[],
  program: Program,
): Refusal | undefined {
  const way = kind.ways.find((one) => one.decision === decision && one.choice === choice);
  const allowed = way?.by?.(program);
  if (allowed === undefined || functions.some((one) => allowed.includes(one))) return undefined;
  return {
    refused: "not-allowed",
    sentence: `Something is missing that the program asks for. To go on without it is decided by: ${allowed.join(", ")}.`,
  };
}

function refuseOwn(
  task: CareTask,
  command: ApprovalDecision,
  staffId: string,
): Refusal | undefined {
  if (task.requestedBy !== staffId || command.decision === "rejected") return undefined;
  return {
    refused: "not-now",
    sentence:
      "You asked for this yourself. Somebody else has to approve it; you can take it back by rejecting.",
    details: { requestedBy: staffId },
  };
}
