import type { CareTask } from "../episode/care-task.ts";
import { type SafetyTier, safetyTiers } from "../program/safety-tiers.ts";

const rank: Readonly<Record<CareTask["priority"], number>> = { safety: 0, urgent: 1, normal: 2 };

/** Of two alerts the higher tier comes first, however late the other one is: RED is the shorter clock. */
const tierRank: Readonly<Record<SafetyTier, number>> = { RED: 0, ORANGE: 1, YELLOW: 2, ROUTINE: 3 };

type Ordered = Pick<CareTask, "priority" | "dueAt" | "evidence">;

/** The order in which to do work, for sorting: what is about safety, by its tier; what is urgent; then by due time. */
export function compareUrgency(left: Ordered, right: Ordered): number {
  return (
    rank[left.priority] - rank[right.priority] ||
    (left.priority === "safety" ? tierRankOf(left) - tierRankOf(right) : 0) ||
    left.dueAt.localeCompare(right.dueAt)
  );
}

/** The tier of an alert's task; nothing for other work. */
export function tierOf({ evidence }: Pick<CareTask, "evidence">): SafetyTier | undefined {
  return safetyTiers.find((tier) => tier === evidence.tier);
}

/** What is about safety and of no alert, such as a decision about a welfare check, is a matter of hours as ORANGE is. */
function tierRankOf(task: Ordered): number {
  return tierRank[tierOf(task) ?? "ORANGE"];
}

/** A decided approval waits for nobody any more. */
export function isOverdue(
  task: Pick<CareTask, "status" | "decision" | "dueAt">,
  now: string,
): boolean {
  return task.status === "open" && task.decision === undefined && task.dueAt < now;
}
