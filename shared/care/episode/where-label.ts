import type { Disposition } from "../program/program.ts";
import type { Episode } from "./episode.ts";
import { isInProgram, statusLabels } from "./status.ts";

/** The program week that somebody is in; nobody is in one before the program and after it. */
export function currentWeek({
  status,
  week,
}: Pick<Episode, "status" | "week">): number | undefined {
  return isInProgram(status) ? week : undefined;
}

/** Where planning goes that is no discharge to whoever it is about: to other care, up or down. */
const planningLabels: Readonly<Partial<Record<Disposition, string>>> = {
  "transfer-up": "Planning a step up",
  "transfer-down": "Planning a step down",
};

/** Where somebody is on the pathway; never a code. */
export function phaseLabel({
  status,
  disposition,
}: Pick<Episode, "status" | "disposition">): string {
  // How an ending is called is no matter for whoever rings next: that there is nobody to ring is.
  if (disposition === "deceased") return "Died";
  const planned = status === "discharge-planning" ? disposition : undefined;
  return (planned === undefined ? undefined : planningLabels[planned]) ?? statusLabels[status];
}

/** Where somebody is on the pathway, with the week while they are in the program. */
export function whereLabel(episode: Pick<Episode, "status" | "week" | "disposition">): string {
  const week = currentWeek(episode);
  const phase = phaseLabel(episode);
  return week === undefined ? phase : `${phase}, week ${week}`;
}
