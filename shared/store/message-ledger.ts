import type { Episode } from "../care/episode/episode.ts";
import type { Policy } from "../care/program/policy.ts";
import { isoWeekKey, localDate } from "../care/time/zoned-time.ts";
import { keys, ledgerPeriod } from "../keys/keys.ts";
import type { Store, WriteOperation } from "../ports/store.ts";

/** The counted periods of an instant: the participant's own calendar day and ISO week. */
type Periods = { readonly day: string; readonly week: string };

const keptDays = 21;
const countAttribute = "count";

export function ledgerPeriods(instant: string, timeZone: string): Periods {
  const date = localDate(instant, timeZone);
  return { day: ledgerPeriod.day(date), week: ledgerPeriod.week(isoWeekKey(date)) };
}

/** Routine messages claimed in the present day and week. Read consistently; the claim checks again. */
export async function readLedger(
  store: Store,
  episode: Pick<Episode, "participantId" | "timeZone">,
  now: string,
): Promise<{ readonly today: number; readonly thisWeek: number }> {
  const { day, week } = ledgerPeriods(now, episode.timeZone);
  const items = await store.getMany("care", [
    keys.ledger(episode.participantId, day),
    keys.ledger(episode.participantId, week),
  ]);
  const count = (period: string) => {
    const value = items.find((item) => item.sk === period)?.[countAttribute];
    return typeof value === "number" ? value : 0;
  };
  return { today: count(day), thisWeek: count(week) };
}

/** Counts one routine message in its day and week; the claim fails when a cap is reached. */
export function countOperations(
  episode: Pick<Episode, "participantId" | "timeZone" | "status">,
  policy: Pick<Policy, "caps">,
  now: string,
): readonly WriteOperation[] {
  const caps = episode.status === "aftercare" ? policy.caps.inAftercare : policy.caps.inProgram;
  const { day, week } = ledgerPeriods(now, episode.timeZone);
  const expiresAtEpochSeconds = Math.floor(Date.parse(now) / 1000) + keptDays * 86_400;
  const count = (period: string, value: number): WriteOperation => ({
    add: {
      table: "care",
      ...keys.ledger(episode.participantId, period),
      attribute: countAttribute,
      by: 1,
      set: { schemaVersion: 1, kind: "ledger", expiresAtEpochSeconds },
      condition: { kind: "absent-or-below", attribute: countAttribute, value },
    },
  });
  return [count(day, caps.perDay), count(week, caps.perWeek)];
}

/** Takes a counted message out again: it was definitely not sent. */
export function uncountOperations(
  episode: Pick<Episode, "participantId" | "timeZone">,
  claimedAt: string,
): readonly WriteOperation[] {
  const { day, week } = ledgerPeriods(claimedAt, episode.timeZone);
  return [day, week].map((period) => ({
    add: {
      table: "care",
      ...keys.ledger(episode.participantId, period),
      attribute: countAttribute,
      by: -1,
    },
  }));
}
