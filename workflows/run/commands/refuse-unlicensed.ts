import type { Refusal } from "../../../shared/care/change/change.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isOnline, type Session } from "../../../shared/care/episode/session.ts";
import type { Site } from "../../../shared/care/program/site.ts";
import { isForOne } from "../../../shared/care/sessions/for-one.ts";
import {
  type GroupSessionPlace,
  groupSessionIdOf,
  readGroupSessionId,
} from "../../../shared/care/sessions/group-session-id.ts";
import { outsideLicence, waysOn } from "../../../shared/care/sessions/licences.ts";
import type { Timetable } from "../../../shared/care/sessions/schedule-conflicts.ts";
import {
  type Standing,
  standingOf,
  standingOfVisit,
} from "../../../shared/care/sessions/standing.ts";
import { addDays, localTime } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { loadEpisode } from "../../../shared/store/decide-and-commit.ts";
import { readEpisode, readEpisodeItem } from "../../../shared/store/episode-forms.ts";
import { loadProgram } from "../../../shared/store/load-program.ts";
import { listSeatSessions, listSeatsOfDay } from "../../../shared/store/seats.ts";
import { lookedAtWeeks } from "./refuse-booked.ts";

const ofWhom = "somebody who is expected";

/**
 * What the licences of leaders say against sessions of the timetable that would be held online: for somebody who is
 * expected in one and lives in a state for which no licence of its leader is on record.
 *
 * @param site - with its changes as they would be
 */
export async function refuseUnlicensed(
  store: Store,
  site: Site,
  timetables: readonly Timetable[],
  { which, isSeries }: { readonly which: GroupSessionPlace; readonly isSeries: boolean },
): Promise<Refusal | undefined> {
  const slot = timetables
    .find(({ programId }) => programId === which.programId)
    ?.sessions.find((one) => one.slot === which.slot);
  if (slot === undefined) return undefined;
  for (let week = 0; week < (isSeries ? lookedAtWeeks : 1); week += 1) {
    const plannedOn = addDays(which.plannedOn, week * 7);
    const standing = standingOf(site, which.programId, slot, plannedOn);
    if (!standing.isHeld || !isOnline(standing)) continue;
    const groupSessionId = groupSessionIdOf({ ...which, plannedOn });
    const sessions = await listSeatSessions(store, groupSessionId);
    for (const one of sessions) {
      if (one.groupSessionId !== groupSessionId || one.status !== "planned") continue;
      const state = await loadEpisode(store, one.episodeId);
      const sentence = outsideLicence(
        site,
        isForOne(slot.modality) ? one.leaderId : standing.leaderId,
        state?.episode.facts.homeState,
        ofWhom,
      );
      if (sentence !== undefined) return notNow(`${sentence} ${waysOn}`);
    }
  }
  return undefined;
}

/**
 * What the licences of leaders say against what a site plans for some days: whoever is expected at a session that would
 * be held online, or be led online by somebody else, and is in a state for which no licence of its leader is on record.
 * Weeks that are not open have nobody expected yet but in visits that are booked.
 *
 * @param days.before - the site as it is
 * @param days.next - the site as it would be
 * @param now - RFC 3339 UTC: what has begun is left
 */
export async function refuseUnlicensedDays(
  store: Store,
  days: { readonly before: Site; readonly next: Site; readonly dates: readonly string[] },
  now: string,
): Promise<Refusal | undefined> {
  const { before, next } = days;
  for (const on of days.dates) {
    const seats = await listSeatsOfDay(store, next.siteId, on);
    const [sessions, episodes] = await Promise.all([
      readSessions(store, seats),
      readEpisodes(store, [...new Set(seats.map(({ episodeId }) => episodeId))]),
    ]);
    for (const { episodeId, session } of sessions) {
      const episode = episodes.get(episodeId);
      if (episode === undefined || session.scheduledStartAt <= now) continue;
      const sentence = await newlyOutside(store, { before, next }, { episode, session });
      if (sentence !== undefined) return notNow(`${sentence} ${waysOn}`);
    }
  }
  return undefined;
}

/** What is said of one session, where it is not so already. */
async function newlyOutside(
  store: Store,
  { before, next }: { readonly before: Site; readonly next: Site },
  { episode, session }: { readonly episode: Episode; readonly session: Session },
): Promise<string | undefined> {
  if (session.status !== "planned" && session.cancelledFor === undefined) return undefined;
  const { facts, programId, programVersion } = episode;
  const state = session.visit?.stateThen ?? facts.homeState;
  if (state === undefined) return undefined;
  const { program } = await loadProgram(store, programId, programVersion);
  const slot = program.sessions.find((one) => one.slot === session.slot);
  const plannedOn = readGroupSessionId(session.groupSessionId)?.plannedOn ?? session.on;
  const as = (site: Site): Standing | undefined => {
    if (session.visit !== undefined) return standingOfVisit(site, session.visit);
    return slot === undefined ? undefined : standingOf(site, programId, slot, plannedOn);
  };
  const leaderOf = (standing: Standing) =>
    session.visit === undefined && slot !== undefined && isForOne(slot.modality)
      ? session.leaderId
      : standing.leaderId;
  const [was, is] = [as(before), as(next)];
  if (is === undefined || !is.isHeld || !isOnline(is)) return undefined;
  const isSame = was?.isHeld === true && isOnline(was) && leaderOf(was) === leaderOf(is);
  const sentence = isSame ? undefined : outsideLicence(next, leaderOf(is), state, ofWhom);
  if (sentence === undefined) return undefined;
  const title = slot === undefined ? "A visit" : `“${slot.title}”`;
  return `${title} on ${is.on} at ${localTime(is.startAt, next.timeZone)} would be online. ${sentence}`;
}

type Seat = { readonly episodeId: string; readonly sessionSk: string };

/** How many items one call reads at most. */
const atOnce = 100;

async function readMany(
  store: Store,
  wanted: readonly { readonly pk: string; readonly sk: string }[],
) {
  const parts = Array.from({ length: Math.ceil(wanted.length / atOnce) }, (_, index) =>
    wanted.slice(index * atOnce, (index + 1) * atOnce),
  );
  return (await Promise.all(parts.map((part) => store.getMany("care", part)))).flat();
}

async function readSessions(
  store: Store,
  seats: readonly Seat[],
): Promise<readonly { readonly episodeId: string; readonly session: Session }[]> {
  const wanted = seats.map((seat) => ({
    ...seat,
    ...keys.episodeItem(seat.episodeId, seat.sessionSk),
  }));
  const items = await readMany(
    store,
    wanted.map(({ pk, sk }) => ({ pk, sk })),
  );
  return items.flatMap((item) => {
    const session = readEpisodeItem(item);
    const seat = wanted.find(({ pk, sk }) => pk === item.pk && sk === item.sk);
    return seat === undefined || session.kind !== "session"
      ? []
      : [{ episodeId: seat.episodeId, session }];
  });
}

async function readEpisodes(
  store: Store,
  episodeIds: readonly string[],
): Promise<ReadonlyMap<string, Episode>> {
  const items = await readMany(
    store,
    episodeIds.map((episodeId) => keys.episode(episodeId)),
  );
  return new Map(items.map(readEpisode).map((episode) => [episode.episodeId, episode]));
}

function notNow(sentence: string): Refusal {
  return { refused: "not-now", sentence };
}
