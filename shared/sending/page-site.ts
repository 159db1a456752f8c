import type { RotaPerson, Site } from "../care/program/site.ts";
import type { Pager } from "../ports/pager.ts";

/** Whoever is to be reached at a site at this instant, in the order in which they are tried. */
export function onCallOf(site: Site, now: string): readonly RotaPerson[] {
  const rota = site.rota.find((entry) => entry.from <= now && now < entry.to) ?? site.onCall;
  return rota === undefined ? [] : [rota.primary, rota.backup, rota.supervisor];
}

/** Everybody who is ever paged at a site, by phone. */
export function staffPhones(site: Site): ReadonlySet<string> {
  const entries = [...site.rota, ...(site.onCall === undefined ? [] : [site.onCall])];
  return new Set(
    entries.flatMap((entry) => [entry.primary.phone, entry.backup.phone, entry.supervisor.phone]),
  );
}

/**
 * Pages a site's on-call about something that belongs to no episode: call and text, person after person
 * until the provider takes one. At least once; doubles are fine.
 * @param startWith - index of who is tried first; everybody else follows, so that nobody is left out
 * @returns false when nobody could be paged: the task in the queue is all there is
 */
export async function pageSite(
  pager: Pager,
  site: Site,
  now: string,
  key: string,
  startWith = 0,
): Promise<boolean> {
  const words = `Throughcare alert for ${site.senderName}. Sign in to acknowledge.`;
  const from = site.senders.staffPages;
  const everybody = onCallOf(site, now);
  const first = Math.min(startWith, Math.max(0, everybody.length - 1));
  const inTurn = [...everybody.slice(first), ...everybody.slice(0, first)];
  for (const [index, person] of inTurn.entries()) {
    const results = await Promise.allSettled([
      pager.call({
        to: person.phone,
        from,
        words: `${words} ${words}`,
        key: `${key}-${index}-call`,
      }),
      pager.text({ to: person.phone, from, body: words, key: `${key}-${index}-text` }),
    ]);
    if (
      results.some((result) => result.status === "fulfilled" && result.value.outcome === "accepted")
    )
      return true;
  }
  return false;
}
