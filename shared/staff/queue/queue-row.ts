import type { CareTask } from "../../care/episode/care-task.ts";
import { statusLabels } from "../../care/episode/status.ts";
import { currentWeek } from "../../care/episode/where-label.ts";
import { lateSteps, ownerOf } from "../../care/tasks/late-work.ts";
import { taskKindRecords } from "../../care/tasks/task-kinds.ts";
import { type queueRowSchema, queueTabs } from "../../contracts/routes/queue.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import { episodeIdOf, keys } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { readEpisode } from "../../store/episode-forms.ts";
import { listedName } from "../../store/read-profile.ts";
import { readOr } from "../../store/read-stored.ts";
import type { StaffMember } from "../staff-member.ts";
import {
  inOrder,
  isOnTab,
  isOverdue,
  type LoadedTask,
  loadDoneTasks,
  loadOpenTasks,
  type Tab,
} from "./load-tasks.ts";

/** One row of the queue: why it is here, by when, and what can be done. */
export type QueueRow = Answered<typeof queueRowSchema>;

type QueueDeps = { readonly store: Store; readonly clock: { now(): string } };

const unknownPerson = "Unknown number";

/** The rows of a tab in the order to do them, and how many there are on every tab of open work. */
export async function listQueueWithCounts(
  deps: QueueDeps,
  staff: StaffMember,
  tab: Tab,
): Promise<{
  readonly rows: readonly QueueRow[];
  readonly counts: Readonly<Partial<Record<Tab, number>>>;
}> {
  const now = deps.clock.now();
  const open = await loadOpenTasks(deps, staff);
  const counts: Partial<Record<Tab, number>> = {};
  for (const name of queueTabs)
    if (name !== "done") counts[name] = open.filter(({ task }) => isOnTab(task, name, now)).length;
  const shown =
    tab === "done"
      ? await loadDoneTasks(deps, staff)
      : open.filter(({ task }) => isOnTab(task, tab, now)).sort(inOrder);
  const rows: QueueRow[] = [];
  for (const loaded of shown) {
    const row = await queueRow(deps.store, loaded, now);
    if (row !== undefined) rows.push(row);
  }
  return { rows, counts };
}

/** A task as the queue shows it, with the name of the person it is about. */
export async function queueRow(
  store: Store,
  { pk, siteId, task }: LoadedTask,
  now: string,
): Promise<QueueRow | undefined> {
  const episodeId = episodeIdOf(pk);
  if (episodeId === undefined) {
    return { ...taskFields(task, now), participant: unknownPerson, phase: "", siteId };
  }
  const root = await store.get("care", pk, keys.episode("").sk);
  if (root === undefined) return undefined;
  const episode = readOr(root, readEpisode, () => undefined);
  if (episode === undefined) {
    const of = episodeId === undefined ? {} : { episodeId };
    return { ...taskFields(task, now), ...of, participant: "Cannot be read", phase: "", siteId };
  }
  const week = currentWeek(episode);
  return {
    ...taskFields(task, now),
    episodeId: episode.episodeId,
    participant: await listedName(store, episode.participantId),
    phase: statusLabels[episode.status],
    siteId: episode.siteId,
    ...(week === undefined ? {} : { week }),
  };
}

function taskFields(task: CareTask, now: string) {
  const late = lateSteps(task);
  return {
    taskId: task.taskId,
    version: task.version,
    taskKind: task.taskKind,
    label: taskKindRecords[task.taskKind].label,
    isApproval: task.isApproval,
    status: task.status,
    priority: task.priority,
    words: task.words,
    evidence: task.evidence,
    openedAt: task.openedAt,
    dueAt: task.dueAt,
    isOverdue: isOverdue(task, now),
    assignedFunction: task.assignedFunction,
    ...(task.proposal === undefined ? {} : { proposal: task.proposal }),
    ...(task.snoozedUntil === undefined ? {} : { snoozedUntil: task.snoozedUntil }),
    ...(task.assignedTo === undefined ? {} : { assignedTo: task.assignedTo }),
    ...(task.requestedBy === undefined ? {} : { requestedBy: task.requestedBy }),
    ...(task.owed === undefined ? {} : { owed: task.owed }),
    ...(late.length === 0 ? {} : { late }),
    ...(task.handedUp === undefined ? {} : { handedUpFrom: ownerOf(task) }),
    ...(task.about === undefined ? {} : { about: task.about }),
    ...(task.decision === undefined ? {} : { decision: task.decision }),
    ...(task.outcome === undefined ? {} : { outcome: task.outcome }),
  };
}
