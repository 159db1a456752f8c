import type { Draft } from "../change/draft.ts";
import type { Episode } from "../episode/episode.ts";
import type { Program } from "../program/program.ts";
import type { StaffScreen } from "../program/staff-screen.ts";
import { ownValue } from "../text/own-value.ts";
import { addHours } from "../time/instants.ts";
import { localDate } from "../time/zoned-time.ts";

/** The item of the discharge checklist that asks for a suicide screen. */
export const suicideScreenItem = "suicide-screen";

/** Days for which a recorded screen counts at a discharge where the program says nothing (a default). */
const unlessSaidDays = 7;

function asksSuicide({ questions }: StaffScreen): boolean {
  return questions.some(({ asks }) => asks === "suicide");
}

/** Until when a screen that was recorded at an instant counts at a discharge; RFC 3339 UTC. */
function countsUntil(program: Program, at: string): string {
  return addHours(at, (program.discharge.screenWithinDays ?? unlessSaidDays) * 24);
}

/**
 * When the suicide screen was recorded last, where that is recent enough for a discharge; RFC 3339 UTC.
 * @param when - the instant of the discharge, now or to come
 */
export function recentSuicideScreen(
  episode: Pick<Episode, "screens">,
  program: Program,
  when: string,
): string | undefined {
  const askedAt = (program.screens ?? [])
    .filter(asksSuicide)
    .flatMap(({ screenId }) => ownValue(episode.screens ?? {}, screenId)?.askedAt ?? []);
  return askedAt.toSorted().findLast((at) => countsUntil(program, at) >= when);
}

/** What stands beside the decision on a discharge: the day of the recorded screen, or that there is none. */
export function suicideScreenWords(
  episode: Pick<Episode, "screens" | "timeZone">,
  program: Program,
  now: string,
): string {
  const at = recentSuicideScreen(episode, program, now);
  if (at !== undefined)
    return `recorded on ${localDate(at, episode.timeZone)}, counts until ${localDate(countsUntil(program, at), episode.timeZone)}`;
  const days = program.discharge.screenWithinDays ?? unlessSaidDays;
  return `none is recorded in the last ${days} days: record it first, or say in the reason where it is kept`;
}

/**
 * What the checklist says ahead of time of a screen that counts now and no more at the discharge; `undefined` where there
 * is no such screen.
 * @param when - the planned discharge
 */
export function screenRunsOutWords(
  episode: Pick<Episode, "screens" | "timeZone">,
  program: Program,
  now: string,
  when: string,
): string | undefined {
  const at = recentSuicideScreen(episode, program, now);
  if (at === undefined || countsUntil(program, at) >= when) return undefined;
  const day = (instant: string) => localDate(instant, episode.timeZone);
  return `The last one, of ${day(at)}, counts until ${day(countsUntil(program, at))}, and the discharge is planned for ${day(when)}: ask again before then.`;
}

/** The screen was recorded: whoever works the checklist off need not tick it. */
export function tickSuicideScreen(draft: Draft, screen: StaffScreen, staffId: string): void {
  if (!asksSuicide(screen)) return;
  for (const item of draft.items())
    if (
      item.kind === "task" &&
      item.taskKind === "discharge-checklist" &&
      item.status === "open" &&
      item.about?.id === suicideScreenItem
    )
      draft.replace(item, {
        status: "done",
        outcome: { code: "done", recordedBy: staffId, recordedAt: draft.now },
      });
}
