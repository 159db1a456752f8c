import { isOnline, type Session } from "../../care/episode/session.ts";
import {
  type GroupSessionPlace,
  readGroupSessionId,
} from "../../care/sessions/group-session-id.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import type { groupSessionRowSchema, rosterRowSchema } from "../../contracts/routes/sessions.ts";
import { episodeIdOf, itemPrefixes, keys } from "../../keys/keys.ts";
import type { Store, StoredItem } from "../../ports/store.ts";
import { loadAddress } from "../../store/contact-point-items.ts";
import { readEpisodeItem } from "../../store/episode-forms.ts";
import { displayName } from "../../store/person-items.ts";
import { readPresence } from "../../store/read-presence.ts";
import { readOr, readStored } from "../../store/read-stored.ts";
import { groupSessionForm, seatForm } from "../../store/seats.ts";
import { type ListedPerson, loadTogether } from "../people/load-together.ts";
import type { StaffMember } from "../staff-member.ts";

/** A place in the timetable on one day: everybody who is expected there shares it. */
export type GroupSessionRow = Answered<typeof groupSessionRowSchema>;

/** Who is expected in a session, and what was entered about them. */
export type RosterRow = Answered<typeof rosterRowSchema>;

const pageSize = 200;

/** The parts of a group session's id when it is one of the member of staff's sites. */
function readGroupId(staff: StaffMember, groupSessionId: string): GroupSessionPlace | undefined {
  const place = readGroupSessionId(groupSessionId);
  return place !== undefined && staff.siteIds.includes(place.siteId) ? place : undefined;
}

/** The group sessions of the member of staff's sites between two local dates, both included. */
export async function listGroupSessions(
  store: Store,
  staff: StaffMember,
  from: string,
  to: string,
): Promise<readonly GroupSessionRow[]> {
  const found = new Set<string>();
  for (const siteId of staff.siteIds) {
    for (const item of await siteDays(store, siteId, commonStart(from, to))) {
      const date = item.sk.slice(0, 10);
      if (date >= from && date <= to) found.add(readStored(groupSessionForm, item).groupSessionId);
    }
  }
  const read = await Promise.all(
    [...found].map((groupSessionId) => readGroupSession(store, staff, groupSessionId)),
  );
  // A session that was moved away is listed on the day on which it is held.
  const held = read.filter(
    (one) => one !== undefined && one.row.expected > 0 && one.row.on >= from && one.row.on <= to,
  );
  const visited = held.flatMap((one) => one?.visited ?? []);
  const people = await loadTogether(store, visited);
  return held
    .flatMap((one) => (one === undefined ? [] : withName(one, people)))
    .sort(
      (left, right) =>
        left.on.localeCompare(right.on) ||
        (left.startsAt ?? "").localeCompare(right.startsAt ?? "") ||
        (left.participant ?? "").localeCompare(right.participant ?? ""),
    );
}

function withName(
  { row, visited }: { readonly row: GroupSessionRow; readonly visited?: string },
  people: ReadonlyMap<string, ListedPerson>,
): GroupSessionRow {
  const person = visited === undefined ? undefined : people.get(visited);
  return person === undefined ? row : { ...row, participant: nameOf(person) };
}

function nameOf({ episode, profile }: ListedPerson): string {
  return episode === "unreadable" || profile === "unreadable"
    ? "Name cannot be read"
    : displayName(profile);
}

/** What both dates begin with: a day, a month or a year. */
function commonStart(from: string, to: string): string {
  let length = 0;
  while (length < from.length && from[length] === to[length]) length += 1;
  return from.slice(0, length);
}

async function siteDays(
  store: Store,
  siteId: string,
  skPrefix: string,
): Promise<readonly StoredItem[]> {
  const found: StoredItem[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("care", keys.siteDay(siteId, "", "").pk, {
      limit: pageSize,
      ...(skPrefix === "" ? {} : { skPrefix }),
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** One group session with its seats, for staff of its site; nothing for any other. */
export async function groupSessionRow(
  store: Store,
  staff: StaffMember,
  groupSessionId: string,
): Promise<GroupSessionRow | undefined> {
  return (await readGroupSession(store, staff, groupSessionId))?.row;
}

/** The session, and whose visit it is where it is one person's alone. */
async function readGroupSession(
  store: Store,
  staff: StaffMember,
  groupSessionId: string,
): Promise<{ readonly row: GroupSessionRow; readonly visited?: string } | undefined> {
  const group = readGroupId(staff, groupSessionId);
  if (group === undefined) return undefined;
  const seats = await listSeats(store, groupSessionId);
  const sessions = seats.flatMap(({ session }) => session ?? []);
  const [first] = sessions;
  const [seat, ...others] = seats;
  const { plannedOn, ...place } = group;
  // A visit was booked for somebody, or stands in the timetable for each person alone.
  const isVisit = first?.visit !== undefined || (first !== undefined && first.slot !== place.slot);
  const row = {
    sessionId: groupSessionId,
    ...place,
    slot: first?.slot ?? place.slot,
    on: first?.on ?? plannedOn,
    ...(first === undefined
      ? {}
      : {
          startsAt: first.scheduledStartAt,
          endsAt: first.scheduledEndAt,
          modality: first.modality,
        }),
    expected: seats.length,
    marked: sessions.filter((session) => isMarked(session)).length,
  };
  return seat !== undefined && others.length === 0 && isVisit
    ? { row, visited: seat.episodeId }
    : { row };
}

function isMarked(session: Session): boolean {
  return session.attendance !== undefined && session.attendance.status !== "on-the-way";
}

/** Who is expected, and their session, where it can be read. */
type Seat = { readonly episodeId: string; readonly session?: Session };

/** The seats of a session whose session still stands: one that was cancelled expects nobody. */
async function listSeats(store: Store, groupSessionId: string): Promise<readonly Seat[]> {
  const items: StoredItem[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("care", keys.groupSession(groupSessionId).pk, {
      skPrefix: itemPrefixes.seat,
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    const wanted = page.items.map((item) => {
      const seat = readStored(seatForm, item);
      return keys.episodeItem(seat.episodeId, seat.sessionSk);
    });
    items.push(...(await store.getMany("care", wanted)));
    after = page.next;
  } while (after !== undefined);
  return items.flatMap((item) => {
    const episodeId = episodeIdOf(item.pk);
    if (episodeId === undefined) return [];
    const session = readOr(item, readEpisodeItem, () => undefined);
    // Whoever is expected stays on the list; marking them says what is wrong.
    if (session === undefined) return [{ episodeId }];
    // Whoever another site took over before it began is expected there.
    const isHere = session.kind === "session" && session.groupSessionId === groupSessionId;
    return isHere && session.status !== "cancelled" ? [{ episodeId, session }] : [];
  });
}

/** Where somebody is who comes online: as it was entered, and as the record has it while it is not. */
async function presenceOf(
  store: Store,
  { episode, profile }: ListedPerson,
  session: Session | undefined,
): Promise<Pick<RosterRow, "isOnline" | "presence" | "outsideLicence" | "onRecord">> {
  if (session === undefined || episode === "unreadable") return {};
  const online = session.attendance?.online;
  if (online !== undefined) {
    const entered = await readPresence(store, episode.episodeId, session.sessionId);
    return {
      ...(isOnline(session) ? { isOnline: true } : {}),
      ...(online.isOutsideLicence === true ? { outsideLicence: true } : {}),
      ...(entered === undefined
        ? {}
        : {
            presence: {
              address: entered.address,
              state: online.state,
              callback: entered.callback,
            },
          }),
    };
  }
  if (!isOnline(session)) return {};
  const known = profile === "unreadable" ? undefined : profile;
  const phone = known?.phoneId === undefined ? undefined : await loadAddress(store, known.phoneId);
  const state = session.visit?.stateThen ?? episode.facts.homeState;
  // Whoever is elsewhere that day is not at the address where they live.
  const isAtHome = state === episode.facts.homeState;
  return {
    isOnline: true,
    onRecord: {
      ...(known?.homeAddress === undefined || !isAtHome ? {} : { address: known.homeAddress }),
      ...(state === undefined ? {} : { state }),
      ...(phone === undefined ? {} : { callback: phone }),
    },
  };
}

/** Everybody expected in a session, by name. */
export async function listRosterOf(
  store: Store,
  staff: StaffMember,
  groupSessionId: string,
): Promise<readonly RosterRow[]> {
  if (readGroupId(staff, groupSessionId) === undefined) return [];
  const rows: RosterRow[] = [];
  const seats = await listSeats(store, groupSessionId);
  const people = await loadTogether(
    store,
    seats.map(({ episodeId }) => episodeId),
  );
  for (const { episodeId, session } of seats) {
    const person = people.get(episodeId);
    if (person === undefined) continue;
    // Whoever is expected stays on the list, whatever of them cannot be read.
    const { episode, profile } = person;
    const isElsewhere = episode !== "unreadable" && !staff.siteIds.includes(episode.siteId);
    // Whoever was taken over since was in the session all the same.
    if (isElsewhere && session === undefined) continue;
    const attendance = session?.attendance;
    rows.push({
      episodeId,
      participant: nameOf(person),
      ...(isElsewhere ? { isElsewhere } : {}),
      ...(episode === "unreadable" ? {} : { reference: episode.reference }),
      ...(profile === "unreadable" || profile?.recordNumber === undefined
        ? {}
        : { recordNumber: profile.recordNumber }),
      attendance: attendance?.status ?? "not-yet",
      corrections: attendance?.corrections ?? 0,
      ...(attendance === undefined
        ? {}
        : { attendedMinutes: attendance.attendedMinutes, recordedBy: attendance.recordedBy }),
      ...(attendance?.arrivedAt === undefined ? {} : { arrivedAt: attendance.arrivedAt }),
      ...(attendance?.leftAt === undefined ? {} : { leftAt: attendance.leftAt }),
      ...(await presenceOf(store, person, session)),
      ...(attendance?.mood === undefined ? {} : { mood: attendance.mood }),
      ...(attendance?.safetyConcern === undefined
        ? {}
        : { safetyConcern: attendance.safetyConcern }),
    });
  }
  return rows.sort((left, right) => left.participant.localeCompare(right.participant));
}
