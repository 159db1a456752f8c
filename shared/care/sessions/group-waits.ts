import * as z from "zod";
import { isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Episode } from "../episode/episode.ts";
import type { EpisodeItem } from "../episode/episode-item.ts";
import type { EpisodeStatus } from "../episode/status.ts";
import type { Program, SessionSlot } from "../program/program.ts";
import { instant, type Stored } from "../stored/fields.ts";
import { dayOfWeek, localDate } from "../time/zoned-time.ts";
import { isForOne } from "./for-one.ts";
import { groupsOf } from "./full-groups.ts";
import { readGroupSessionId } from "./group-session-id.ts";
import { firstTrackOf, isOfTrack, trackOn } from "./group-tracks.ts";
import { standingOf } from "./standing.ts";

/**
 * Somebody on the waiting list of a group. They wait for a lasting place in a track, for one session of a group to make
 * hours up, or, where neither is named, for the groups that everybody of the program comes to.
 */
export const groupWaitSchema = z.object({
  episodeId: z.string(),
  /** Who has waited longest is first. */
  since: instant,
  track: z.exactOptional(z.string()),
  /** The group session in which a make-up place is waited for. */
  sessionId: z.exactOptional(z.string()),
  /** The place is free, is kept for them, and this task asks them whether they take it. */
  offer: z.exactOptional(z.object({ at: instant, taskSk: z.string() })),
});
export type GroupWait = Stored<typeof groupWaitSchema>;

/** What is waited for. */
export type WaitTarget = Pick<GroupWait, "track" | "sessionId">;

/** A group of the timetable on one day. */
export type GroupOnDay = { readonly slot: SessionSlot; readonly plannedOn: string };

/** Whoever has a place in the groups of their program, on leave included. */
export const inGroups: readonly EpisodeStatus[] = ["active", "discharge-planning", "onhold"];
const beforeGroups: readonly EpisodeStatus[] = ["referred", "screening", "assessed", "waiting"];

/** True for somebody who has not come to a group of this episode yet and may. */
export function isToJoin({ status }: Pick<Episode, "status">): boolean {
  return beforeGroups.includes(status);
}

/** What tells two lists apart: everybody with the same one waits for the same place. */
export function targetKey({ track = "", sessionId = "" }: WaitTarget): string {
  return sessionId === "" ? `track:${track}` : `session:${sessionId}`;
}

/** True where two are the same person's, for the same place. */
export function isSameWait(
  left: Pick<GroupWait, "episodeId" | "track" | "sessionId">,
  right: Pick<GroupWait, "episodeId" | "track" | "sessionId">,
): boolean {
  return left.episodeId === right.episodeId && targetKey(left) === targetKey(right);
}

/** The waiting list without somebody's place in one of its lines. */
export function withoutWait(
  waits: readonly GroupWait[],
  wait: Pick<GroupWait, "episodeId" | "track" | "sessionId">,
): readonly GroupWait[] {
  return waits.filter((one) => !isSameWait(one, wait));
}

/** The groups with a number of places that somebody would come to; none where nothing of it is limited. */
export function groupsWaitedFor(
  ctx: Pick<DecisionContext, "program" | "site" | "now">,
  episode: Pick<Episode, "status">,
  target: WaitTarget,
): readonly GroupOnDay[] {
  return groupsComeTo(ctx, episode, target).filter(({ slot }) => slot.capacity !== undefined);
}

/** The groups that somebody who has the place would come to. */
export function groupsComeTo(
  { program, site, now }: Pick<DecisionContext, "program" | "site" | "now">,
  episode: Pick<Episode, "status">,
  { track, sessionId }: WaitTarget,
): readonly GroupOnDay[] {
  if (sessionId !== undefined) {
    const group = groupOfSession({ program, site }, sessionId);
    return isRefusal(group) ? [] : [group];
  }
  const tracks = isToJoin(episode) ? [undefined, track] : [track];
  return groupsOf(program.sessions, tracks, localDate(now, site.timeZone));
}

/** A group of a program on a day, by the id that everybody expected in it shares. */
export function groupOfSession(
  { program, site }: Pick<DecisionContext, "program" | "site">,
  sessionId: string,
): GroupOnDay | Refusal {
  const which = readGroupSessionId(sessionId);
  const slot = program.sessions.find((one) => one.slot === which?.slot);
  if (which === undefined || slot === undefined) return noGroup;
  if (which.programId !== program.programId || which.siteId !== site.siteId) return noGroup;
  if (isForOne(slot.modality) || dayOfWeek(which.plannedOn) !== slot.dayOfWeek) return noGroup;
  return { slot, plannedOn: which.plannedOn };
}

const noGroup: Refusal = {
  refused: "not-found",
  sentence: "There is no such group in this person's program.",
};

/** True where the place that is waited for takes one in this group on this day. */
export function takesPlaceIn(
  wait: WaitTarget,
  { slot }: GroupOnDay,
  groupSessionId: string,
): boolean {
  return wait.sessionId === undefined
    ? isOfTrack(slot, wait.track)
    : wait.sessionId === groupSessionId;
}

/** What is waited for, as staff call it. */
export function targetWords(
  { groupTracks = [], sessions, programId }: Program,
  { track, sessionId }: WaitTarget,
): string {
  const which = sessionId === undefined ? undefined : readGroupSessionId(sessionId);
  if (which !== undefined) {
    const title = sessions.find(({ slot }) => slot === which.slot)?.title ?? which.slot;
    return `“${title}” on ${which.plannedOn}`;
  }
  if (track === undefined) return `the groups of ${programId}`;
  return `“${groupTracks.find((one) => one.track === track)?.title ?? track}”`;
}

/** The track that is meant where somebody who is to be admitted names none: they begin in the first one. */
export function targetOf(
  program: Pick<Program, "groupTracks">,
  episode: Pick<Episode, "status">,
  { track, sessionId }: WaitTarget,
): WaitTarget {
  if (sessionId !== undefined) return { sessionId };
  const own = track ?? (isToJoin(episode) ? firstTrackOf(program) : undefined);
  return own === undefined ? {} : { track: own };
}

/** Later than any day on which somebody is moved. */
const lastDay = "9999-12-31";

/** True where somebody has what they wait for, by whatever way they came to it. */
export function hasPlace(
  { program }: Pick<DecisionContext, "program">,
  episode: Episode,
  items: Iterable<EpisodeItem>,
  { track, sessionId }: WaitTarget,
): boolean {
  if (sessionId !== undefined)
    return [...items].some(
      (item) =>
        item.kind === "session" && item.groupSessionId === sessionId && item.status !== "cancelled",
    );
  // Whoever leaves a track on a day to come may wait for it already.
  return inGroups.includes(episode.status) && trackOn(program, episode, lastDay) === track;
}

/** Why nobody waits for this any more; `undefined` while they do. */
export function whyOver(
  { program, site, now }: Pick<DecisionContext, "program" | "site" | "now">,
  episode: Episode,
  { sessionId }: WaitTarget,
): "not-in-care" | "session-began" | undefined {
  if (!inGroups.includes(episode.status) && !isToJoin(episode)) return "not-in-care";
  if (sessionId === undefined) return undefined;
  const group = groupOfSession({ program, site }, sessionId);
  if (isRefusal(group)) return "session-began";
  const { startAt } = standingOf(site, program.programId, group.slot, group.plannedOn);
  return startAt <= now ? "session-began" : undefined;
}

/** The task by which a place is offered: one for each person, place and time that it was offered. */
export function offerOccurrence(wait: GroupWait, at: string): string {
  return `${targetKey(wait)}/${at}`;
}

/** True for the task that offers what somebody waits for, or asks again about it. */
export function isOfferOf(task: CareTask, wait: WaitTarget): boolean {
  return task.taskKind === "group-place" && task.about?.id === targetKey(wait);
}
