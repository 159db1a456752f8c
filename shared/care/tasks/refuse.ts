import type { Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Episode } from "../episode/episode.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { isTerminal, statusLabels } from "../episode/status.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { staffMark } from "../text/staff-mark.ts";

/** A pathway that has ended takes no more decisions. */
export function refuseEnded(episode: Episode): Refusal | undefined {
  if (!isTerminal(episode.status)) return undefined;
  return {
    refused: "not-now",
    sentence: `This pathway has ended (${statusLabels[episode.status].toLowerCase()}). A new referral starts again.`,
    details: { status: episode.status },
  };
}

/** The member of staff who acts; everybody else is refused. */
export function actingStaff(
  ctx: DecisionContext,
): { readonly staffId: string; readonly functions: readonly StaffFunction[] } | Refusal {
  if (ctx.actor.kind === "staff") return ctx.actor;
  return { refused: "not-allowed", sentence: "Only a member of staff can do this." };
}

/** The task a command is about, closed ones included where the caller loaded them. */
export function findTaskBySk(state: OpenState, taskSk: string): CareTask | Refusal {
  const item = state.items.get(taskSk);
  if (item?.kind === "task") return item;
  return { refused: "not-found", sentence: "There is no such task here." };
}

/** Refuses what was decided on an older look at the task. */
export function refuseStale(task: CareTask, version: number | undefined): Refusal | undefined {
  if (version === undefined || version === task.version) return undefined;
  return {
    refused: "stale-version",
    sentence: "The task has changed since you read it. Read it again, then decide.",
    details: { version: task.version },
  };
}

/** Refuses a second ending of a task, and names who ended it. */
export function refuseClosed(task: CareTask): Refusal | undefined {
  if (task.status === "open") return undefined;
  if (task.status === "cancelled") {
    return {
      refused: "not-now",
      sentence: "This task is not needed any more: the pathway moved on.",
    };
  }
  const by = task.outcome?.recordedBy ?? task.decision?.decidedBy;
  return {
    refused: "already-decided",
    sentence: `This task is done already, by ${by === undefined ? "somebody" : staffMark(by)}.`,
    details: {
      by: by ?? "somebody",
      outcome: task.outcome?.code ?? task.decision?.decision ?? "done",
    },
  };
}
