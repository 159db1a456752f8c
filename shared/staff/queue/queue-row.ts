import type { CareTask } from "../../care/episode/care-task.ts";
import { currentWeek, phaseLabel } from "../../care/episode/where-label.ts";
import type { Site } from "../../care/program/site.ts";
import type { StaffFunction } from "../../care/program/staff-functions.ts";
import { worksFor } from "../../care/sessions/works-for.ts";
import { isOverdue } from "../../care/tasks/in-order.ts";
import { lateSteps, ownerOf } from "../../care/tasks/late-work.ts";
import { taskKindRecords } from "../../care/tasks/task-kinds.ts";
import { type queueRowSchema, queueTabs, type whoseWork } from "../../contracts/routes/queue.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import { episodeIdOf } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { loadSites } from "../../store/list-sites.ts";
import { displayName } from "../../store/person-items.ts";
import type { Part } from "../part.ts";
import { type ListedPerson, loadTogether } from "../people/load-together.ts";
import type { StaffMember } from "../staff-member.ts";
import {
  inOrder,
  isOnTab,
  isSnoozed,
  type LoadedTask,
  loadDoneTasks,
  loadOpenTasks,
  readAgain,
  type Tab,
} from "./load-tasks.ts";

/** One row of the queue: why it is here, by when, and what can be done. */
export type QueueRow = Answered<typeof queueRowSchema>;

type QueueDeps = { readonly store: Store; readonly clock: { now(): string } };

const unknownPerson = "Unknown number";

export type WhoseWork = (typeof whoseWork)[number];

/** The work of a member of staff's sites, before it is known what of it is shown. */
export type Queue = {
  readonly open: readonly LoadedTask[];
  readonly counts: Readonly<Partial<Record<Tab, number>>>;
};

/** The open work and how much there is on every tab of it. */
export async function loadQueue(
  deps: QueueDeps,
  staff: StaffMember,
  whose: WhoseWork = "all",
): Promise<Queue> {
  const now = deps.clock.now();
  const [tasks, sites] = await Promise.all([
    loadOpenTasks(deps, staff),
    whose === "all" ? [] : loadSites(deps.store, staff.siteIds),
  ]);
  const open = tasks.filter((loaded) => isOf(loaded, staff, { whose, sites, now }));
  return { open, counts: countsOf(open, now) };
}

/** How much of this work is on every tab of open work. */
export function countsOf(open: readonly LoadedTask[], now: string): Queue["counts"] {
  const counts: Partial<Record<Tab, number>> = {};
  for (const name of queueTabs)
    if (name !== "done") counts[name] = open.filter(({ task }) => isOnTab(task, name, now)).length;
  return counts;
}

const supervising: readonly StaffFunction[] = ["supervisor", "site-lead"];

/** Work of a colleague who is away is their cover's meanwhile; without one it shows to the supervisors. */
function isOf(
  { siteId, task }: LoadedTask,
  staff: StaffMember,
  asked: { readonly whose: WhoseWork; readonly sites: readonly Site[]; readonly now: string },
): boolean {
  const { whose, sites, now } = asked;
  if (whose === "all" || task.assignedTo === staff.staffId) return true;
  if (whose === "team" && staff.functions.includes(task.assignedFunction)) return true;
  const site = sites.find((one) => one.siteId === siteId);
  if (task.assignedTo === undefined || site === undefined) return false;
  const worker = worksFor(site, task.assignedTo, now);
  return worker === undefined
    ? staff.functions.some((one) => supervising.includes(one))
    : worker === staff.staffId;
}

/**
 * The rows of a tab in the order to do them, and how many there are in all. However many people there are, what is
 * read beside the index are the tasks, episodes and names of the part that is shown, together.
 */
export async function queueRows(
  deps: QueueDeps,
  staff: StaffMember,
  queue: Queue,
  wanted: { readonly tab: Tab; readonly whose?: WhoseWork; readonly part?: Part },
): Promise<{ readonly rows: readonly QueueRow[]; readonly total: number }> {
  const now = deps.clock.now();
  const { tab, whose = "all", part } = wanted;
  const listed =
    tab === "done"
      ? (await loadDoneTasks(deps, staff)).filter((loaded) =>
          isOf(loaded, staff, { whose, sites: [], now }),
        )
      : queue.open.filter(({ task }) => isOnTab(task, tab, now)).sort(inOrder);
  const shown = part === undefined ? listed : listed.slice(part.from, part.from + part.size);
  const current = (await readAgain(deps, shown)).filter(({ task }) =>
    tab === "done" ? task.status === "done" : task.status === "open" && isOnTab(task, tab, now),
  );
  const people = await loadTogether(
    deps.store,
    current.flatMap(({ pk, task }) => [episodeIdOf(pk) ?? [], otherOf(task) ?? []].flat()),
  );
  const rows = current.flatMap((loaded) => {
    const row = rowOf(loaded, people, now);
    return row === undefined ? [] : { ...row, ...recordsOf(loaded, people, staff) };
  });
  return { rows, total: listed.length };
}

/** The other record that a task asks about, where it asks whether two are of the same person. */
function otherOf({ taskKind, about }: CareTask): string | undefined {
  return taskKind === "same-person" && about?.type === "episode" ? about.id : undefined;
}

/** Both records, where the member of staff may open both: else several such tasks about one person read alike. */
function recordsOf(
  { pk, task }: LoadedTask,
  people: ReadonlyMap<string, ListedPerson>,
  staff: StaffMember,
): Pick<QueueRow, "records"> {
  const own = recordOf(people.get(episodeIdOf(pk) ?? ""), staff);
  const other = recordOf(people.get(otherOf(task) ?? ""), staff);
  return own === undefined || other === undefined ? {} : { records: { own, other } };
}

function recordOf(person: ListedPerson | undefined, staff: StaffMember) {
  if (person === undefined || person.episode === "unreadable") return undefined;
  const { reference, createdAt, siteId } = person.episode;
  if (!staff.siteIds.includes(siteId)) return undefined;
  return { participant: shownName(person.profile), reference, referredAt: createdAt };
}

function shownName(profile: ListedPerson["profile"]): string {
  return profile === "unreadable" ? "Name cannot be read" : displayName(profile);
}

/** A task as the queue shows it, with the name of the person it is about. */
export async function queueRow(
  store: Store,
  loaded: LoadedTask,
  now: string,
): Promise<QueueRow | undefined> {
  const episodeId = episodeIdOf(loaded.pk);
  return rowOf(loaded, await loadTogether(store, episodeId === undefined ? [] : [episodeId]), now);
}

function rowOf(
  { pk, siteId, task }: LoadedTask,
  people: ReadonlyMap<string, ListedPerson>,
  now: string,
): QueueRow | undefined {
  const episodeId = episodeIdOf(pk);
  if (episodeId === undefined)
    return { ...taskFields(task, now), participant: unknownPerson, phase: "", siteId };
  const person = people.get(episodeId);
  if (person === undefined) return undefined;
  const { episode, profile } = person;
  if (episode === "unreadable") {
    const participant = "Cannot be read";
    return { ...taskFields(task, now), episodeId, participant, phase: "", siteId };
  }
  const week = currentWeek(episode);
  return {
    ...taskFields(task, now),
    episodeId: episode.episodeId,
    participant: shownName(profile),
    phase: phaseLabel(episode),
    siteId: episode.siteId,
    ...(week === undefined ? {} : { week }),
    ...(episode.lastContact === undefined ? {} : { lastContact: episode.lastContact }),
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
    ...(task.snoozedUntil !== undefined && isSnoozed(task, now)
      ? { snoozedUntil: task.snoozedUntil }
      : {}),
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
