import * as z from "zod";
import type { Session } from "../care/episode/session.ts";
import type { Booking } from "../care/sessions/visits.ts";
import { count, date, instant } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { readEpisodeItem } from "./episode-forms.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

/** What a member of staff has given of a day: whoever books a visit with them writes the same item, so that none is given twice. */
export const staffDayForm = storedForm(
  "care",
  "staff-day",
  z.object({
    staffId: z.string(),
    on: date,
    version: count,
    bookings: z.array(
      z.object({
        sessionId: z.string(),
        episodeId: z.string(),
        sessionSk: z.string(),
        startAt: instant,
        endAt: instant,
      }),
    ),
  }),
);

type Entry = Booking & { readonly episodeId: string; readonly sessionSk: string };

/** A day of a member of staff as it is: the visits that stand, and the version that a new one is written over. */
export type StaffDay = {
  readonly staffId: string;
  readonly on: string;
  /** 0 where nothing was ever booked. */
  readonly version: number;
  readonly bookings: readonly Entry[];
};

/**
 * The days of a member of staff. Each visit is read again: one that was cancelled, moved or given to somebody else since
 * takes no time.
 */
export async function readStaffDays(
  store: Store,
  wanted: readonly { readonly staffId: string; readonly on: string }[],
): Promise<readonly StaffDay[]> {
  if (wanted.length === 0) return [];
  const found = (
    await store.getMany(
      "care",
      wanted.map(({ staffId, on }) => keys.staffDay(staffId, on)),
    )
  ).map((item) => readStored(staffDayForm, item));
  const entries = found.flatMap(({ bookings }) => bookings);
  const sessions = new Map<string, Session>();
  for (let from = 0; from < entries.length; from += 100) {
    const items = await store.getMany(
      "care",
      entries
        .slice(from, from + 100)
        .map(({ episodeId, sessionSk }) => keys.episodeItem(episodeId, sessionSk)),
    );
    for (const item of items) {
      const session = readEpisodeItem(item);
      if (session.kind === "session") sessions.set(session.sessionId, session);
    }
  }
  return wanted.map(({ staffId, on }) => {
    const known = found.find((one) => one.staffId === staffId && one.on === on);
    const bookings = (known?.bookings ?? []).filter(({ sessionId, startAt, endAt }) => {
      const session = sessions.get(sessionId);
      return (
        session?.status === "planned" &&
        session.leaderId === staffId &&
        session.scheduledStartAt === startAt &&
        session.scheduledEndAt === endAt
      );
    });
    return { staffId, on, version: known?.version ?? 0, bookings };
  });
}

/** Writes visits that are held into the days of those who hold them; fails where somebody else was first. */
export function staffDayOperations(
  days: readonly StaffDay[],
  episodeId: string,
  visits: readonly Session[],
): readonly WriteOperation[] {
  return days.flatMap((day): readonly WriteOperation[] => {
    const own = visits.filter(
      ({ status, on, leaderId }) =>
        status === "planned" && on === day.on && leaderId === day.staffId,
    );
    if (own.length === 0) return [];
    const ids = own.map(({ sessionId }) => sessionId);
    return [
      {
        put: {
          table: "care",
          item: {
            ...keys.staffDay(day.staffId, day.on),
            schemaVersion: currentVersion(staffDayForm),
            kind: "staff-day",
            staffId: day.staffId,
            on: day.on,
            version: day.version + 1,
            bookings: [
              ...day.bookings.filter(({ sessionId }) => !ids.includes(sessionId)),
              ...own.map((visit) => ({
                sessionId: visit.sessionId,
                episodeId,
                sessionSk: visit.sk,
                startAt: visit.scheduledStartAt,
                endAt: visit.scheduledEndAt,
              })),
            ],
          },
          condition:
            day.version === 0
              ? { kind: "absent" }
              : { kind: "equals", attributes: { version: day.version } },
        },
      },
    ];
  });
}
