import { type OwnPayerDay, ownPayerDays } from "../../care/sessions/payer-days.ts";
import type { Store } from "../../ports/store.ts";
import { listSessions } from "../../store/list-week-sessions.ts";
import { loadProgram } from "../../store/load-program.ts";
import { loadTogether } from "../people/load-together.ts";

/**
 * How the days between two local dates stand for each of some people, where whoever pays for them pays by the day.
 *
 * @param from - local date at the site
 * @param to - the last one
 * @returns by episode; nothing for whom nothing is entered then, or who is not paid for by the day
 */
export async function payerDaysOf(
  store: Store,
  episodeIds: readonly string[],
  from: string,
  to: string,
): Promise<ReadonlyMap<string, readonly OwnPayerDay[]>> {
  const people = await loadTogether(store, [...new Set(episodeIds)]);
  const found = await Promise.all(
    [...people].map(async ([episodeId, { episode }]) => {
      if (episode === "unreadable") return [];
      const [{ program }, sessions] = await Promise.all([
        loadProgram(store, episode.programId, episode.programVersion),
        listSessions(store, episodeId),
      ]);
      const asked = sessions.filter(({ on }) => from <= on && on <= to);
      const days = ownPayerDays(program.weeklyHours, episode, asked).filter(
        ({ isByDay }) => isByDay,
      );
      return [[episodeId, days] as const];
    }),
  );
  return new Map(found.flat());
}
