import type { Refusal } from "../care/change/change.ts";
import { isRefusal } from "../care/change/change.ts";
import type { Actor } from "../care/episode/actor.ts";
import type { CareTask } from "../care/episode/care-task.ts";
import { keys, siteTaskAggregate } from "../keys/keys.ts";
import type { WriteOperation } from "../ports/store.ts";
import { auditEntry, emptyAuditChain } from "./audit-entry.ts";
import type { CareDeps } from "./care-deps.ts";
import { amongOthers } from "./carry-out-once.ts";
import { conflictRetriesOfDecision, transactWithRetry } from "./commit-change.ts";
import { readStored } from "./read-stored.ts";
import { type SiteTask, siteTaskForm, storedSiteTask } from "./site-task-item.ts";

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
