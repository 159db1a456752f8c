import { Hono } from "hono";
import type { CareTask } from "../../../shared/domain/episode/episode.ts";
import { statusWords } from "../../../shared/domain/episode/status.ts";
import type { Store, StoredItem } from "../../../shared/ports/store.ts";
import { readEpisode, readEpisodeItem } from "../../../shared/services/load-episode.ts";
import { displayName, readProfile } from "../../../shared/services/read-profile.ts";
import { keys, type QueueTab, queuePartition } from "../../../shared/table/tables.ts";
import type { ApiVariables, StaffMember } from "../authenticate.ts";
import { problem } from "../problem.ts";

const tabs = ["safety", "approvals", "overdue", "work", "snoozed", "done"] as const;
export type Tab = (typeof tabs)[number];

/** One row of the queue: why it is here, by when, and what can be done. */
export type QueueRow = {
  readonly taskId: string;
  readonly version: number;
  readonly taskKind: string;
  readonly isApproval: boolean;
  readonly status: string;
  readonly priority: string;
  readonly words: string;
  readonly proposal?: string;
  readonly evidence: Readonly<Record<string, string | number | boolean>>;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly isOverdue: boolean;
  readonly snoozedUntil?: string;
  readonly assignedFunction: string;
  readonly assignedTo?: string;
  readonly about?: { readonly type: string; readonly id: string };
  readonly episodeId: string;
  readonly participant: string;
  readonly phase: string;
  readonly week?: number;
  readonly siteId: string;
  readonly decision?: CareTask["decision"];
};

const openTabs: Readonly<Record<Tab, readonly QueueTab[]>> = {
  safety: ["safety"],
  approvals: ["approvals"],
  work: ["work"],
  overdue: ["safety", "approvals", "work"],
  snoozed: ["snoozed"],
  done: ["done"],
};

/** The rows of a tab for the sites a member of staff has, in the order to do them. */
export async function listQueue(
  deps: { readonly store: Store; readonly clock: { now(): string } },
  staff: StaffMember,
  tab: Tab,
): Promise<readonly QueueRow[]> {
  const now = deps.clock.now();
  const hits: StoredItem[] = [];
  for (const siteId of staff.siteIds) {
    for (const part of openTabs[tab]) {
      // Done tasks rank by time: the last ones are the interesting ones.
      const page = await deps.store.queryIndex("byQueue", queuePartition(siteId, part), {
        limit: 100,
      });
      hits.push(...page.items);
    }
  }
  const rows: QueueRow[] = [];
  for (const hit of hits) {
    const stored = await deps.store.get("care", hit.pk, hit.sk);
    if (stored === undefined) continue;
    const task = readEpisodeItem(stored);
    if (task.kind !== "task") continue;
    const row = await queueRow(deps.store, hit.pk, task, now);
    if (row !== undefined && (tab !== "overdue" || row.isOverdue)) rows.push(row);
  }
  const rank = { safety: 0, urgent: 1, normal: 2 } as Readonly<Record<string, number>>;
  return tab === "done"
    ? rows.reverse()
    : rows.sort(
        (left, right) =>
          (rank[left.priority] ?? 3) - (rank[right.priority] ?? 3) ||
          left.dueAt.localeCompare(right.dueAt),
      );
}

/** A task as the queue shows it, with the name of the person it is about. */
export async function queueRow(
  store: Store,
  pk: string,
  task: CareTask,
  now: string,
): Promise<QueueRow | undefined> {
  const root = await store.get("care", pk, keys.episode("").sk);
  if (root === undefined) return undefined;
  const episode = readEpisode(root);
  const profile = await readProfile(store, episode.participantId);
  return {
    taskId: task.taskId,
    version: task.version,
    taskKind: task.taskKind,
    isApproval: task.isApproval,
    status: task.status,
    priority: task.priority,
    words: task.words,
    evidence: task.evidence,
    openedAt: task.openedAt,
    dueAt: task.dueAt,
    isOverdue: task.status === "open" && task.dueAt < now,
    assignedFunction: task.assignedFunction,
    episodeId: episode.episodeId,
    participant: displayName(profile),
    phase: statusWords[episode.status],
    siteId: episode.siteId,
    ...(task.proposal === undefined ? {} : { proposal: task.proposal }),
    ...(task.snoozedUntil === undefined ? {} : { snoozedUntil: task.snoozedUntil }),
    ...(task.assignedTo === undefined ? {} : { assignedTo: task.assignedTo }),
    ...(task.about === undefined ? {} : { about: task.about }),
    ...(episode.week === undefined ? {} : { week: episode.week }),
    ...(task.decision === undefined ? {} : { decision: task.decision }),
  };
}

export function queueRoutes(deps: { readonly store: Store; readonly clock: { now(): string } }) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/queue", async (context) => {
    const asked = context.req.query("tab") ?? "approvals";
    const tab = tabs.find((name) => name === asked);
    if (tab === undefined) {
      return problem(context, 400, "There is no such tab.", {
        errors: [{ path: "tab", problem: `must be one of ${tabs.join(", ")}` }],
      });
    }
    const items = await listQueue(deps, context.get("staff"), tab);
    return context.json({ tab, items });
  });
  return app;
}
