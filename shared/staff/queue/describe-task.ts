import { approvalKind, decidersOf } from "../../care/approvals/approval-kinds.ts";
import type { CareTask } from "../../care/episode/care-task.ts";
import type { Episode } from "../../care/episode/episode.ts";
import type { StaffFunction } from "../../care/program/staff-functions.ts";
import { taskKindRecords } from "../../care/tasks/task-kinds.ts";
import { asksVisitDay, outcomesFor, recordedBy } from "../../care/tasks/task-outcomes.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { checklistItemSchema, taskDescriptionSchema } from "../../contracts/routes/tasks.ts";
import { keys, siteTaskAggregate } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { loadAddress } from "../../store/contact-point-items.ts";
import { loadEpisode } from "../../store/decide-and-commit.ts";
import { readEpisode } from "../../store/episode-forms.ts";
import { loadProgram } from "../../store/load-program.ts";
import { type Found, findById } from "../find-by-id.ts";
import { type Note, readNote } from "../written/read-notes.ts";
import { readReason, reasonsOf } from "../written/read-reasons.ts";
import { askedQuestions } from "./asked-questions.ts";
import { queueRow } from "./queue-row.ts";

/** A task with what somebody needs to work it. */
export type TaskDescription = Answered<typeof taskDescriptionSchema>;

export type ChecklistItem = Answered<typeof checklistItemSchema>;

/**
 * A task with all that its page shows beside the row: the note, the message or the decision that it is
 * about. Nothing when its episode is gone.
 */
export async function describeTask(
  deps: { readonly store: Store; readonly clock: { now(): string } },
  found: Found<"task">,
): Promise<TaskDescription | undefined> {
  const { item: task, pk, siteId } = found;
  const row = await queueRow(deps.store, { pk, siteId, task }, deps.clock.now());
  if (row === undefined) return undefined;
  const note = task.about?.type === "note" ? await noteOf(deps.store, found) : undefined;
  const { contactPointId } = task.evidence;
  const phone =
    typeof contactPointId === "string" ? await loadAddress(deps.store, contactPointId) : undefined;
  const root = await deps.store.get("care", pk, keys.episode("").sk);
  const [decisionReason, outcomeNote] = await Promise.all([
    reasonOf(deps.store, found),
    outcomeNoteOf(deps.store, found),
  ]);
  const mayRecord =
    root === undefined ? recordedBy(task) : await whoMay(deps.store, readEpisode(root), task);
  const checklist = await othersOfChecklist(deps.store, found);
  return {
    ...row,
    ...(mayRecord === undefined ? {} : { recordedBy: mayRecord }),
    ...(checklist.length === 0 ? {} : { checklist }),
    ...(asksVisitDay(task) ? { asksVisitDay: true as const } : {}),
    ...(taskKindRecords[task.taskKind].asksReceiver === true
      ? { asksReceiver: true as const }
      : {}),
    outcomes: outcomesFor(task).map(({ value, words }) => ({ value, words })),
    questions:
      root === undefined || !(await isCheckInToAnswer(deps.store, found))
        ? []
        : await askedQuestions(deps.store, readEpisode(root), task),
    ...(note === undefined ? {} : { note }),
    ...(phone === undefined ? {} : { phone }),
    ...(decisionReason === undefined ? {} : { decisionReason }),
    ...(outcomeNote === undefined ? {} : { outcomeNote }),
  };
}

async function whoMay(
  store: Store,
  episode: Pick<Episode, "programId" | "programVersion">,
  task: CareTask,
): Promise<readonly StaffFunction[] | undefined> {
  const kind = approvalKind(task.taskKind);
  if (kind === undefined) return recordedBy(task);
  const { program } = await loadProgram(store, episode.programId, episode.programVersion);
  return decidersOf(kind, program);
}

async function othersOfChecklist(
  store: Store,
  { episodeId, item }: Found<"task">,
): Promise<readonly ChecklistItem[]> {
  if (item.taskKind !== "discharge-checklist" || episodeId === undefined) return [];
  const state = await loadEpisode(store, episodeId);
  return [...(state?.items.values() ?? [])].flatMap((other) => {
    if (other.kind !== "task" || other.taskKind !== item.taskKind || other.status !== "open")
      return [];
    if (other.driverId !== item.driverId || other.taskId === item.taskId) return [];
    const by = recordedBy(other);
    const { taskId, words } = other;
    return [{ taskId, words, ...(by === undefined ? {} : { recordedBy: by }) }];
  });
}

/** True for a call about a check-in that has no answers yet. */
async function isCheckInToAnswer(store: Store, { pk, item }: Found<"task">): Promise<boolean> {
  const id = item.about?.id ?? "";
  const stored = id.includes("#")
    ? await store.get("care", pk, id)
    : (await findById(store, id, "check-in"))?.item;
  return stored?.status === "open";
}

async function reasonOf(store: Store, { pk, item }: Found<"task">): Promise<string | undefined> {
  return item.decision === undefined ? undefined : readReason(store, pk, item.decision.reasonEntry);
}

function ownerOf({ episodeId, siteId }: Found<"task">): string {
  return episodeId ?? keys.site(siteId).pk;
}

async function noteOf(store: Store, found: Found<"task">): Promise<Note | undefined> {
  return readNote(store, ownerOf(found), found.item.about?.id ?? "");
}

/** What was written with the outcome: a note of the episode, or beside the entry of a site's own task. */
async function outcomeNoteOf(store: Store, found: Found<"task">): Promise<string | undefined> {
  const { outcome, taskId } = found.item;
  if (outcome === undefined) return undefined;
  if (outcome.noteId !== undefined)
    return (await readNote(store, ownerOf(found), outcome.noteId))?.text;
  if (found.episodeId !== undefined) return undefined;
  const aggregateId = siteTaskAggregate(taskId);
  const page = await store.query("audit", aggregateId, { limit: 1, descending: true });
  return (await reasonsOf(store, aggregateId, page.items)).values().next().value;
}
