import type { Episode } from "./episode.ts";
import { type EpisodeStatus, statusLabels } from "./status.ts";

const inProgram: readonly EpisodeStatus[] = ["active", "onhold", "discharge-planning"];

/** The program week that somebody is in; nobody is in one before the program and after it. */
export function currentWeek({
  status,
  week,
}: Pick<Episode, "status" | "week">): number | undefined {
  return inProgram.includes(status) ? week : undefined;
}

/** Where somebody is on the pathway, with the week while they are in the program. */
export function whereLabel(episode: Pick<Episode, "status" | "week">): string {
  const week = currentWeek(episode);
  return week === undefined
    ? statusLabels[episode.status]
    : `${statusLabels[episode.status]}, week ${week}`;
}
