import { workflowNames } from "../../shared/care/episode/workflow-name.ts";
import { runSk } from "../../shared/care/runs/workflow-runs.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import {
  episodeIdOf,
  groupPlacesOf,
  itemPrefixes,
  type WorkKind,
  workPartitions,
} from "../../shared/keys/keys.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { Store, StoredItem } from "../../shared/ports/store.ts";
import { openMessageGap, settleStaleClaim } from "../../shared/sending/settle-messages.ts";
import { loadRun } from "../../shared/store/decide-and-commit.ts";
import { listSiteIds, listSitesWithFaults } from "../../shared/store/list-sites.ts";
import { loadPolicyInUse } from "../../shared/store/load-policy.ts";
import { isUnreadable, type Unreadable } from "../../shared/store/read-stored.ts";
import { reportUnreadable } from "../../shared/store/report-unreadable.ts";
import { askForDueAttendance } from "../../workflows/run/ask-for-due-attendance.ts";
import {
  carryOutOutboxEntry,
  type OutboxDeps,
} from "../../workflows/run/carry-out-outbox-entry.ts";
import { climbDueTask } from "../../workflows/run/climb-owed-task.ts";
import { lookAfterWaits } from "../../workflows/run/look-after-waits.ts";
import { reviveIfGone, reviveRun } from "../../workflows/run/start-run.ts";

export type SweepDeps = OutboxDeps & { readonly logger: Logger };
export type SweepCounts = Record<
  "effects" | "claims" | "unknowns" | "attendance" | "owed" | "drivers" | "failures",
  number
>;

/** How widely the sweep looks. */
export type SweepOptions = {
  /** At every run, not just at the overdue ones. */
  readonly rebuild?: boolean | undefined;
  /** Only into these partitions of the due-work index, and not at live data: for a caller who knows what is due. */
  readonly partitions?: readonly string[] | undefined;
};

const farFuture = "9999-12-31T23:59:59.999Z";

/**
 * The net under everything that waits: carries out outbox entries that the stream did not, settles claims
 * without an end, turns unknown sends into staff tasks, asks for unmarked attendance, passes owed work that
 * nobody did on to the next function, offers places in groups to who waits for one, starts runs that are due and revives those whose execution is gone. Every item is read again before anything is done.
 */
export async function sweepStalledWork(
  deps: SweepDeps,
  options: SweepOptions = {},
): Promise<SweepCounts> {
  const counts: SweepCounts = {
    effects: 0,
    claims: 0,
    unknowns: 0,
    attendance: 0,
    owed: 0,
    drivers: 0,
    failures: 0,
  };
  const now = deps.clock.now();
  const only = options.partitions === undefined ? undefined : new Set(options.partitions);
  const look: Look = { deps, counts, now, only };
  let oldestRun = now;
  const siteIds = await listSiteIds(deps.store);
  for (const siteId of siteIds) {
    await carryOutDue(look, siteId);
    await eachDue(look, siteId, "claim", now, async (item) => {
      if (await settleStaleClaim(deps, item)) counts.claims += 1;
    });
    await eachDue(look, siteId, "unknown", now, async (item) => {
      if (await openMessageGap(deps, item)) counts.unknowns += 1;
    });
    await eachDue(look, siteId, "attendance", now, async (item) => {
      if (await askForDueAttendance(deps, item)) counts.attendance += 1;
    });
    await eachDue(look, siteId, "owed", now, async (item) => {
      const isDone =
        groupPlacesOf(item) === undefined
          ? await climbDueTask(deps, item)
          : await lookAfterWaits(deps, item);
      if (isDone) counts.owed += 1;
    });
    const oldest = await eachDue(
      look,
      siteId,
      "driver",
      options.rebuild === true ? farFuture : now,
      async (item) => {
        const episodeId = episodeIdOf(item.pk) ?? "";
        if (options.rebuild === true) {
          const run = await loadRun(deps.store, episodeId, item.sk);
          if (run?.status === "running" || run?.status === "lost") {
            if ((await reviveIfGone(deps, episodeId, run)) === "revived") counts.drivers += 1;
            return;
          }
          if (run?.startAt !== undefined && run.startAt > now) return;
        }
        await reviveRun(deps, episodeId, item.sk);
        counts.drivers += 1;
      },
    );
    if (oldest !== undefined && oldest < oldestRun) oldestRun = oldest;
  }
  try {
    if (options.partitions === undefined) await checkLiveData(deps, siteIds);
  } catch (error) {
    counts.failures += 1;
    deps.logger.error("Live data could not be looked at", { error });
  }
  logWhatWasFound(deps, counts, (Date.parse(now) - Date.parse(oldestRun)) / 1000);
  return counts;
}

/** One run of the sweep: what it works with, what it has done, and where it looks (everywhere, unless it is told). */
type Look = {
  readonly deps: SweepDeps;
  readonly counts: SweepCounts;
  readonly now: string;
  readonly only: ReadonlySet<string> | undefined;
};

/** What a text owes its episodes comes of one outbox entry: a page must not wait for another sweep at each link. */
const linksAtOnce = 3;

async function carryOutDue(look: Look, siteId: string): Promise<void> {
  const { deps, counts, now } = look;
  for (let link = 0, before = -1; link < linksAtOnce && counts.effects > before; link += 1) {
    before = counts.effects;
    await eachDue(look, siteId, "effect", now, async (item) => {
      if ((await carryOutOutboxEntry(deps, item)) === "done") counts.effects += 1;
    });
  }
}

/** What the alarms on stalled care count: see `infra/operations/log-metrics.ts`. */
function logWhatWasFound(deps: SweepDeps, counts: SweepCounts, oldestDriverSeconds: number): void {
  for (const [outcome, count] of Object.entries(counts))
    if (count > 0) deps.logger.info("The sweep moved stalled work on", { outcome, count });
  if (oldestDriverSeconds > 0)
    deps.logger.info("The oldest overdue driver was due this many seconds ago", {
      count: Math.round(oldestDriverSeconds),
    });
}

/** An execution that ended badly: its run is revived at once instead of when it is overdue. */
export async function markExecutionLost(
  deps: SweepDeps,
  input: { readonly driverId: string; readonly episodeId: string },
): Promise<void> {
  const workflow = workflowNames.find((name) => input.driverId.startsWith(`${name}-`));
  if (workflow === undefined) return;
  const sk = runSk(workflow, input.driverId.slice(workflow.length + 1));
  const run = await loadRun(deps.store, input.episodeId, sk);
  if (run?.status !== "running") return;
  await reviveIfGone(deps, input.episodeId, run);
}

/**
 * One item's failure is logged and counted and does not keep the others waiting.
 * @returns the instant at which the oldest item was due
 */
async function eachDue(
  { deps, counts, only }: Look,
  siteId: string,
  kind: WorkKind,
  until: string,
  work: (item: StoredItem) => Promise<void>,
): Promise<string | undefined> {
  let oldest: string | undefined;
  for (const partition of workPartitions(siteId, kind)) {
    if (only?.has(partition) === false) continue;
    for await (const item of pagedWork(deps.store, partition, until)) {
      const dueAt = item.workAt;
      if (typeof dueAt === "string" && (oldest === undefined || dueAt < oldest)) oldest = dueAt;
      try {
        await work(item);
      } catch (error) {
        counts.failures += 1;
        await tellOfUnreadable(deps, siteId, item, error);
        deps.logger.error("Stalled work could not be settled", {
          episodeId: episodeIdOf(item.pk) ?? "none",
          effectKey: item.sk,
          error,
        });
      }
    }
  }
  return oldest;
}

/** What cannot be read is told at its site: nobody is left alone by an item that the code does not understand. */
async function tellOfUnreadable(
  deps: SweepDeps,
  siteId: string,
  { pk, sk }: StoredItem,
  error: unknown,
): Promise<void> {
  if (!isUnreadable(error)) return;
  const isAlert = sk.startsWith(itemPrefixes.driver) && sk.includes("escalation");
  // An outbox entry may be a page, or words of danger on their way to an alert.
  const isSafety = isAlert || sk.startsWith(itemPrefixes.effect);
  await reportUnreadable(deps, { siteId, error, episodeId: episodeIdOf(pk), isSafety });
}

/** Live data that cannot be read is told at every site it counts for, each minute in the log. */
async function checkLiveData(deps: SweepDeps, siteIds: readonly string[]): Promise<void> {
  if (siteIds.length === 0) return;
  const { faults } = await listSitesWithFaults(deps.store);
  const fault = await policyFault(deps);
  const found = [
    ...faults,
    ...(fault === undefined ? [] : siteIds.map((siteId) => ({ siteId, error: fault }))),
  ];
  for (const { siteId, error } of found) {
    deps.logger.error("Live data cannot be read", { code: "live-data", error });
    await reportUnreadable(deps, { siteId, error, isSafety: false });
  }
}

/** Why the live policy cannot be read, whether or not an earlier one stands in. */
async function policyFault(deps: SweepDeps): Promise<Unreadable | undefined> {
  try {
    return (await loadPolicyInUse(deps.store)).fault;
  } catch (error) {
    if (isUnreadable(error)) return error;
    // A place that is just being set up: nothing counts there yet.
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

const itemsPerPage = 100;

/** Page by page to the end: items that fail again and again at the front never hide those behind them. */
async function* pagedWork(
  store: Store,
  partition: string,
  until: string,
): AsyncGenerator<StoredItem, void, undefined> {
  let after: string | undefined;
  do {
    const page = await store.queryIndex("byWork", partition, {
      to: until,
      limit: itemsPerPage,
      ...(after === undefined ? {} : { after }),
    });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
