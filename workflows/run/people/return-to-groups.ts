import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Draft } from "../../../shared/care/change/draft.ts";
import type { WhatStood } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import { isForOne } from "../../../shared/care/sessions/for-one.ts";
import { type GroupPlaces, groupsOfPerson } from "../../../shared/care/sessions/full-groups.ts";
import { readGroupSessionId } from "../../../shared/care/sessions/group-session-id.ts";
import { type GroupOnDay, inGroups } from "../../../shared/care/sessions/group-waits.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { readGroupPlaces } from "../../../shared/store/group-places.ts";

/**
 * The places of the groups that somebody comes to again because what ended their care was a mistake: those in which
 * their sessions come back, and the next of each that their track has.
 *
 * @param state - with what was ended among its items
 */
export function returnPlaces(
  store: Store,
  { site, program, now }: DecisionContext,
  { episode, items }: OpenState,
  stood: WhatStood | undefined,
): ReturnType<typeof readGroupPlaces> | { readonly groups: []; readonly taking: [] } {
  if (stood === undefined || !inGroups.includes(stood.status)) return { groups: [], taking: [] };
  const coming = new Map<string, GroupOnDay>();
  for (const { sk } of stood.items) {
    const item = items.get(sk);
    if (item?.kind !== "session" || isForOne(item.modality) || item.scheduledStartAt <= now)
      continue;
    const plannedOn = plannedOnOf(item);
    const slot = program.sessions.find((one) => one.slot === item.slot);
    if (slot !== undefined && plannedOn !== undefined)
      coming.set(`${item.slot} ${plannedOn}`, { slot, plannedOn });
  }
  const next = groupsOfPerson(program, episode, localDate(now, site.timeZone));
  for (const group of next) {
    const isKnown = [...coming.values()].some(({ slot }) => slot.slot === group.slot.slot);
    if (!isKnown) coming.set(`${group.slot.slot} ${group.plannedOn}`, group);
  }
  return readGroupPlaces(store, { siteId: site.siteId, program, episode, isToStay: true, now }, [
    ...coming.values(),
  ]);
}

function plannedOnOf({ groupSessionId }: Session): string | undefined {
  return readGroupSessionId(groupSessionId)?.plannedOn;
}

/** True for a session in which somebody sits, by now, with whom the person is not to be in one group. */
export function isApartIn(session: Session, groups: readonly GroupPlaces[]): boolean {
  const plannedOn = plannedOnOf(session);
  return groups.some(
    ({ slot, on, isApart }) => isApart === true && slot === session.slot && on === plannedOn,
  );
}

/**
 * Whoever comes back by a correction is not turned away: groups that have no place left for them, or somebody with whom
 * they are not to be, are a task that says so before the next of them.
 *
 * @returns what the audit trail says of it
 */
export function sayPlaces(
  draft: Draft,
  ctx: DecisionContext,
  groups: readonly GroupPlaces[],
): Readonly<Record<string, boolean>> {
  const full = groups.filter(isFull);
  const apart = groups.filter(({ isApart }) => isApart === true);
  if (full.length === 0 && apart.length === 0) return {};
  const words = [
    "The person is in the program again, because what ended their care was a mistake.",
    ...apart.map(
      ({ title, on }) =>
        `“${title}” on ${on}: somebody who comes to it and this person are not to be in one group. They are not expected in it; move one of the two to another group before the next one.`,
    ),
    ...full.map(
      ({ title, on, taken, capacity }) =>
        `“${title}” on ${on} is full without them: ${taken} ${taken === 1 ? "other is" : "others are"} expected, and it has ${capacity} ${capacity === 1 ? "place" : "places"}. See who stays in it.`,
    ),
  ].join(" ");
  openTask(draft, ctx, {
    taskKind: "group-conflict",
    occurrence: `return-v${draft.episode.version}`,
    words,
  });
  return {
    ...(full.length === 0 ? {} : { overCapacity: true }),
    ...(apart.length === 0 ? {} : { apart: true }),
  };
}

function isFull({ taken, capacity }: GroupPlaces): boolean {
  return capacity !== undefined && taken >= capacity;
}
