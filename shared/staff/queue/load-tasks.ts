import type { CareTask } from "../../care/episode/care-task.ts";
import { compareUrgency, isOverdue } from "../../care/tasks/in-order.ts";
import { addHours } from "../../care/time/instants.ts";
import type { queueTabs } from "../../contracts/routes/queue.ts";
import { type QueueTab, queuePartition } from "../../keys/keys.ts";
import type { Store, StoredItem } from "../../ports/store.ts";
import { readEpisodeItem } from "../../store/episode-forms.ts";
import { readOr } from "../../store/read-stored.ts";
import type { StaffMember } from "../staff-member.ts";
import { unreadableTask } from "./unreadable-task.ts";

export type Tab = (typeof queueTabs)[number];

/** A task with where it is stored: under its episode, or under its site when it belongs to none. */
export type LoadedTask = { readonly pk: string; readonly siteId: string; readonly task: CareTask };

type QueueDeps = { readonly store: Store; readonly clock: { now(): string } };

const openPartitions: readonly QueueTab[] = ["safety", "approvals", "work", "snoozed"];
/** More than a site ever has open: one call for each partition, however many people there are. */
const pageSize = 2000;
/** How many items one call reads. */
const batchSize = 100;
/** How far back the tab of what is done reaches, in hours. */
const doneHours = 7 * 24;

/**
 * Every open task of the sites a member of staff has, as the index lists them: enough to count and to order. What is
 * shown of them is read again, see {@link readAgain}.
 */
export async function loadOpenTasks(
  deps: QueueDeps,
  staff: StaffMember,
): Promise<readonly LoadedTask[]> {
  const partitions = staff.siteIds.flatMap((siteId) =>
    openPartitions.map((tab) => indexed(deps.store, siteId, tab)),
  );
  const hits = (await Promise.all(partitions)).flat();
  return readHits(hits, deps.clock.now()).filter(({ task }) => task.status === "open");
}

/** What was done in the last week, the newest first, as the index lists it. */
export async function loadDoneTasks(
  deps: QueueDeps,
  staff: StaffMember,
): Promise<readonly LoadedTask[]> {
  const from = addHours(deps.clock.now(), -doneHours);
  const hits = await Promise.all(
    staff.siteIds.map((siteId) => indexed(deps.store, siteId, "done", from)),
  );
  return readHits(hits.flat(), deps.clock.now())
    .filter(({ task }) => task.status === "done")
    .sort((left, right) => doneAt(right.task).localeCompare(doneAt(left.task)));
}

function doneAt(task: CareTask): string {
  return task.outcome?.recordedAt ?? task.decision?.decidedAt ?? task.dueAt;
}

async function indexed(
  store: Store,
  siteId: string,
  tab: QueueTab,
  from?: string,
): Promise<readonly StoredItem[]> {
  const found: StoredItem[] = [];
  let after: string | undefined;
  do {
    const page = await store.queryIndex("byQueue", queuePartition(siteId, tab), {
      limit: pageSize,
      ...(from === undefined ? {} : { from }),
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** The index may lag: what is shown of a task is the item itself, in the order that was given. */
export async function readAgain(
  { store, clock }: QueueDeps,
  loaded: readonly LoadedTask[],
): Promise<readonly LoadedTask[]> {
  const batches: Promise<readonly StoredItem[]>[] = [];
  for (let index = 0; index < loaded.length; index += batchSize) {
    const wanted = loaded.slice(index, index + batchSize);
    batches.push(
      store.getMany(
        "care",
        wanted.map(({ pk, task }) => ({ pk, sk: task.sk })),
      ),
    );
  }
  return readHits((await Promise.all(batches)).flat(), clock.now());
}

function readHits(hits: readonly StoredItem[], now: string): readonly LoadedTask[] {
  return hits.flatMap((stored) => {
    const task = readOr(stored, readEpisodeItem, () => unreadableTask(stored, now));
    return task.kind === "task"
      ? [{ pk: stored.pk, siteId: String(stored.siteId ?? ""), task }]
      : [];
  });
}

/** True while a task is put aside until a later instant. */
export function isSnoozed(task: CareTask, now: string): boolean {
  return task.snoozedUntil !== undefined && task.snoozedUntil > now;
}

/** True where an open task is listed under this tab at this instant. */
export function isOnTab(task: CareTask, tab: Exclude<Tab, "done">, now: string): boolean {
  if (tab === "safety") return task.priority === "safety";
  if (tab === "snoozed") return task.priority !== "safety" && isSnoozed(task, now);
  if (isSnoozed(task, now)) return false;
  if (tab === "overdue") return isOverdue(task, now);
  if (task.priority === "safety") return false;
  return tab === "approvals" ? task.isApproval : !task.isApproval;
}

/** The order in which to do it. */
export function inOrder(left: LoadedTask, right: LoadedTask): number {
  return compareUrgency(left.task, right.task);
}
