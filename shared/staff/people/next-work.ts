import type { CareTask } from "../../care/episode/care-task.ts";
import type { Episode } from "../../care/episode/episode.ts";
import { compareUrgency, isOverdue } from "../../care/tasks/in-order.ts";
import { taskKindRecords } from "../../care/tasks/task-kinds.ts";
import type { nextWorkSchema } from "../../contracts/routes/people.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import { itemPrefixes, keys } from "../../keys/keys.ts";
import type { Store } from "../../ports/store.ts";
import { readEpisodeItem } from "../../store/episode-forms.ts";
import { readOr } from "../../store/read-stored.ts";
import type { ListedPerson } from "./load-together.ts";

/** The open work about somebody that is to be done first, and whose it is. */
export type NextWork = Answered<typeof nextWorkSchema>;

/** How many items one call reads. */
const batchSize = 100;

/** The next work of each of these people, by episode; whoever has none is left out. All of it is read together. */
export async function nextWorkOf(
  { store, clock }: { readonly store: Store; readonly clock: { now(): string } },
  people: readonly ListedPerson[],
): Promise<ReadonlyMap<string, NextWork>> {
  const wanted = people.flatMap(({ episode }) =>
    episode === "unreadable" ? [] : openTaskKeys(episode),
  );
  const batches = [];
  for (let index = 0; index < wanted.length; index += batchSize)
    batches.push(store.getMany("care", wanted.slice(index, index + batchSize)));
  const first = new Map<string, CareTask>();
  for (const stored of (await Promise.all(batches)).flat()) {
    const task = readOr(stored, readEpisodeItem, () => undefined);
    if (task?.kind !== "task" || task.status !== "open" || task.decision !== undefined) continue;
    const known = first.get(stored.pk);
    if (known === undefined || compareUrgency(task, known) < 0) first.set(stored.pk, task);
  }
  const now = clock.now();
  return new Map(
    people.flatMap(({ episode }) => {
      if (episode === "unreadable") return [];
      const task = first.get(keys.episode(episode.episodeId).pk);
      return task === undefined ? [] : [[episode.episodeId, described(task, now)] as const];
    }),
  );
}

function openTaskKeys({ episodeId, open }: Pick<Episode, "episodeId" | "open">) {
  return open
    .filter((sk) => sk.startsWith(itemPrefixes.task))
    .map((sk) => keys.episodeItem(episodeId, sk));
}

function described(task: CareTask, now: string): NextWork {
  return {
    taskId: task.taskId,
    label: taskKindRecords[task.taskKind].label,
    dueAt: task.dueAt,
    isOverdue: isOverdue(task, now),
    assignedFunction: task.assignedFunction,
    ...(task.assignedTo === undefined ? {} : { assignedTo: task.assignedTo }),
  };
}
