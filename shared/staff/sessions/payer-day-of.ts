import { type PayerDay, payerDayRule, payerDays } from "../../care/sessions/payer-days.ts";
import type { Store } from "../../ports/store.ts";
import { listSessions } from "../../store/list-week-sessions.ts";
import { loadProgram } from "../../store/load-program.ts";
import { loadTogether } from "../people/load-together.ts";

/**
 * How a day stands for each of some people, where their payer pays by the day.
 *
 * @param on - local date at the site
 * @returns by episode; nothing for whom nothing is entered that day, or whose program is not paid by the day
 */
export async function payerDayOf(
  store: Store,
  episodeIds: readonly string[],
  on: string,
): Promise<ReadonlyMap<string, PayerDay>> {
  const people = await loadTogether(store, episodeIds);
  const found = await Promise.all(
    [...people].map(async ([episodeId, { episode }]) => {
      if (episode === "unreadable") return [];
      const [{ program }, sessions] = await Promise.all([
        loadProgram(store, episode.programId, episode.programVersion),
        listSessions(store, episodeId),
      ]);
      const rule = payerDayRule(program.weeklyHours);
      if (rule === undefined) return [];
      const ofDay = sessions.filter((one) => one.on === on);
      return payerDays(ofDay, rule).map((day) => [episodeId, day] as const);
    }),
  );
  return new Map(found.flat());
}
