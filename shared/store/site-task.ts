import * as z from "zod";
import type { Refusal } from "../care/change/change.ts";
import { isRefusal } from "../care/change/change.ts";
import type { Actor } from "../care/episode/actor.ts";
import { type CareTask, taskSchema } from "../care/episode/care-task.ts";
import type { TaskKind } from "../care/episode/task-kinds.ts";
import type { StaffFunction } from "../care/program/staff-functions.ts";
import { auditChain, type Stored } from "../care/stored/fields.ts";
import { taskSk } from "../care/tasks/open-task.ts";
import { oweSiteTask } from "../care/tasks/owed-site-task.ts";
import { addHours } from "../care/time/instants.ts";
import { keys, siteTaskAggregate } from "../keys/keys.ts";
import type { StoredItem, WriteOperation } from "../ports/store.ts";
import { amongOthers } from "./among-others.ts";
import { auditEntry, emptyAuditChain } from "./audit-entry.ts";
import type { CareDeps } from "./care-deps.ts";
import { conflictRetriesOfDecision, transactWithRetry } from "./commit-change.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";
import { lateWorkAttributes, queueAttributes, withoutIndexes } from "./stored-items.ts";

/** A task of a site that belongs to no episode. Its audit chain is its own. */
export const siteTaskForm = storedForm(
  "care",
  "task",
  z.object({ ...taskSchema.shape, siteId: z.string(), audit: z.exactOptional(auditChain) }),
);
type SiteTask = Stored<typeof siteTaskForm.schema>;

/**
 * A task of a site that belongs to no episode, such as a text from a number that nobody has. Listed in the
 * site's queue like any other.
 * @param input.occurrence - with the kind, the business key
 */
export function siteTaskItem(input: {
  readonly siteId: string;
  readonly taskId: string;
  readonly taskKind: TaskKind;
  readonly occurrence: string;
  readonly words: string;
  readonly assignedFunction: StaffFunction;
  readonly priority: CareTask["priority"];
  readonly now: string;
  readonly dueInHours: number;
  readonly evidence: CareTask["evidence"];
  readonly about?: CareTask["about"];
}): StoredItem {
  const { siteId, occurrence, now, dueInHours, about, ...fields } = input;
  return storedSiteTask({
    ...fields,
    kind: "task",
    sk: taskSk(input.taskKind, occurrence),
    version: 1,
    siteId,
    status: "open",
    isApproval: false,
    openedAt: now,
    dueAt: addHours(now, dueInHours),
    ...(input.priority === "safety" ? { owed: oweSiteTask(now, input.taskId) } : {}),
    ...(about === undefined ? {} : { about }),
  });
}

function storedSiteTask(task: SiteTask): StoredItem {
  return {
    ...withoutIndexes(task),
    pk: keys.site(task.siteId).pk,
    schemaVersion: currentVersion(siteTaskForm),
    id: task.taskId,
    ...queueAttributes(task.siteId, task),
    ...lateWorkAttributes(task.siteId, task),
  };
}

export type SiteTaskChange = {
  readonly fields: Partial<CareTask>;
  /** Taken off the task: who has it, until when it is put off. */
  readonly clears?: readonly ("assignedTo" | "snoozedUntil")[];
  /** Past tense, for the audit trail. */
  readonly action: string;
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Words of a member of staff; kept apart from care state. */
  readonly reason?: string;
};

/**
 * Works a task of a site: the task and its audit entry, in one transaction.
 * @param input.decide - pure; may run several times
 * @param input.also - what is written with it, such as the answer to remember
 * @returns the task as it is now, or why nothing was done
 */
export async function changeSiteTask(
  deps: CareDeps,
  input: {
    readonly siteId: string;
    readonly sk: string;
    readonly commandId: string;
    readonly actor: Actor;
    readonly decide: (task: CareTask, now: string) => SiteTaskChange | Refusal;
    readonly also: (task: CareTask) => readonly WriteOperation[];
  },
): Promise<CareTask | Refusal> {
  return amongOthers(deps, async (): Promise<CareTask | Refusal> => {
    const stored = await deps.store.get("care", keys.site(input.siteId).pk, input.sk);
    if (stored?.kind !== "task")
      return { refused: "not-found", sentence: "There is no such task here." };
    const task = readStored(siteTaskForm, stored);
    const change = input.decide(task, deps.clock.now());
    if (isRefusal(change)) return change;
    const next: SiteTask = {
      ...without(task, change.clears ?? []),
      ...change.fields,
      version: task.version + 1,
    };
    await transactWithRetry(
      deps,
      [...operationsOf(deps, input, task, next, change), ...input.also(next)],
      conflictRetriesOfDecision,
    );
    return next;
  });
}

/** A stored item never holds `undefined`: what is cleared is left out. */
function without(
  { assignedTo, snoozedUntil, ...rest }: SiteTask,
  fields: readonly ("assignedTo" | "snoozedUntil")[],
): SiteTask {
  return {
    ...rest,
    ...(assignedTo === undefined || fields.includes("assignedTo") ? {} : { assignedTo }),
    ...(snoozedUntil === undefined || fields.includes("snoozedUntil") ? {} : { snoozedUntil }),
  };
}

function operationsOf(
  deps: CareDeps,
  input: Parameters<typeof changeSiteTask>[1],
  task: SiteTask,
  next: SiteTask,
  change: SiteTaskChange,
): readonly WriteOperation[] {
  const audit = auditEntry(deps.secrets, {
    aggregateId: siteTaskAggregate(task.taskId),
    chain: task.audit ?? emptyAuditChain,
    at: deps.clock.now(),
    commandId: input.commandId,
    draft: {
      action: change.action,
      actor: input.actor,
      facts: change.facts,
      ...(change.reason === undefined ? {} : { reason: change.reason }),
    },
  });
  const item = storedSiteTask({ ...next, siteId: input.siteId, audit: audit.chain });
  return [
    {
      put: {
        table: "care",
        item,
        condition: { kind: "equals", attributes: { version: task.version } },
      },
    },
    ...audit.operations,
  ];
}
