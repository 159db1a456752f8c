import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { groupsOfPerson, refuseFull } from "../../../shared/care/sessions/full-groups.ts";
import { firstTrackOf } from "../../../shared/care/sessions/group-tracks.ts";
import { isSameWait } from "../../../shared/care/sessions/group-waits.ts";
import { licenceOfGroups } from "../../../shared/care/sessions/licences.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import type { Store, WriteOperation } from "../../../shared/ports/store.ts";
import {
  putPlacesBook,
  readGroupPlaces,
  readPlacesBook,
} from "../../../shared/store/group-places.ts";

/**
 * The groups that somebody comes to when they are admitted now, where these have a number of places or somebody is in them with whom they are not to sit.
 *
 * @returns nothing for any other decision; with what is written when the place is taken
 */
export async function admissionPlaces(
  store: Store,
  { site, program, now }: Pick<DecisionContext, "site" | "program" | "now">,
  { taskKind }: Pick<CareTask, "taskKind">,
  episode: Episode,
): ReturnType<typeof readGroupPlaces> {
  const groups = groupsOfAdmission({ site, program, now }, { taskKind }, episode);
  return readGroupPlaces(
    store,
    { siteId: site.siteId, program, episode, isToStay: true, isComing: true, now },
    groups,
  );
}

function groupsOfAdmission(
  { site, program, now }: Pick<DecisionContext, "site" | "program" | "now">,
  { taskKind }: Pick<CareTask, "taskKind">,
  episode: Episode,
): ReturnType<typeof groupsOfPerson> {
  if (taskKind !== "admission-approval") return [];
  return groupsOfPerson(program, episode, localDate(now, site.timeZone));
}

/** What the licences of leaders say against the groups that somebody comes to online when they are admitted now. */
export function licenceOfAdmission(
  ctx: Pick<DecisionContext, "site" | "program" | "now">,
  task: Pick<CareTask, "taskKind">,
  episode: Episode,
): string | undefined {
  return licenceOfGroups(
    ctx.site,
    ctx.program.programId,
    groupsOfAdmission(ctx, task, episode),
    episode.facts.homeState,
  );
}

/**
 * What is written where somebody waits instead of being admitted: where a group that they would come to is full, they
 * are on its waiting list from then on.
 */
export async function admissionWait(
  store: Store,
  ctx: Pick<DecisionContext, "site" | "program" | "now">,
  task: Pick<CareTask, "taskKind">,
  episode: Episode,
): Promise<readonly WriteOperation[]> {
  const { groups } = await admissionPlaces(store, ctx, task, episode);
  if (refuseFull(groups, false) === undefined) return [];
  const { siteId } = ctx.site;
  const { episodeId } = episode;
  const book = await readPlacesBook(store, { siteId, programId: ctx.program.programId });
  const track = firstTrackOf(ctx.program);
  const wait = { episodeId, since: ctx.now, ...(track === undefined ? {} : { track }) };
  if (book.waiting.some((one) => isSameWait(one, wait))) return [];
  return [putPlacesBook(book, { ...book, waiting: [...book.waiting, wait] }, ctx.now)];
}

/** What is written with the answer of somebody who was offered a place: the next one is asked at once. */
export async function answeredOffer(
  store: Store,
  ctx: Pick<DecisionContext, "site" | "program" | "now">,
  { taskKind }: Pick<CareTask, "taskKind">,
): Promise<readonly WriteOperation[]> {
  if (taskKind !== "group-place") return [];
  const of = { siteId: ctx.site.siteId, programId: ctx.program.programId };
  const book = await readPlacesBook(store, of);
  return [putPlacesBook(book, book, ctx.now)];
}
