import type { OutboxEntry } from "../../shared/care/change/outbox-entry.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { WriteOperation } from "../../shared/ports/store.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { transactWithRetry } from "../../shared/store/commit-change.ts";
import { outboxItem } from "../../shared/store/outbox-item.ts";
import { listSeatsOfDay } from "../../shared/store/seats.ts";

type SiteDay = Extract<OutboxEntry, { kind: "tell-site-day" }>;

/** Episodes told in one transaction: far below its 100 items. */
const episodesAtOnce = 25;

/**
 * Hands a change of a site's day to everybody who has a session there that day, however many: a command to each
 * of their episodes. A repeat writes the same items again: their ids follow from the outbox entry's.
 */
export async function tellSiteDay(
  deps: CareDeps,
  { siteId, on }: SiteDay,
  { effectId, owedAt }: { readonly effectId: string; readonly owedAt: string },
): Promise<void> {
  const seats = await listSeatsOfDay(deps.store, siteId, on);
  const byEpisode = new Map<string, string[]>();
  for (const { episodeId, sessionSk } of seats)
    byEpisode.set(episodeId, [...(byEpisode.get(episodeId) ?? []), sessionSk]);
  const commands = [...byEpisode].map(
    ([episodeId, sessionSks]): WriteOperation => ({
      put: {
        table: "care",
        item: outboxItem({
          pk: keys.episode(episodeId).pk,
          siteId,
          effectId: `${effectId}-${episodeId}`,
          effect: {
            kind: "apply",
            episodeId,
            command: { type: "site-day-changed", on, sessionSks: [...sessionSks].sort() },
          },
          // Owed since then: the sweep does not give each link of the chain another minute.
          now: owedAt,
        }),
      },
    }),
  );
  for (let from = 0; from < commands.length; from += episodesAtOnce)
    await transactWithRetry(deps, commands.slice(from, from + episodesAtOnce));
}
