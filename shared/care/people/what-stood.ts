import type { Draft } from "../change/draft.ts";
import type { EndedItem, WhatStood } from "../episode/episode.ts";
import type { EpisodeItem, OpenState } from "../episode/episode-item.ts";

/**
 * What a change ends, as it stood before: kept with the episode, so that a death, or another record of the same person,
 * which was recorded by mistake is put right from the facts. Safety alerts are not in it: they go on, whatever ends.
 *
 * @param before - the state as the change found it
 * @param draft - the change, with everything in it that is ended
 */
export function whatStood(before: OpenState, draft: Draft): WhatStood {
  const { status, hold, waiting, disposition, dischargedAt } = before.episode;
  const { unreachedContacts, timeZone, weeks } = before.episode;
  return {
    recordedAt: draft.now,
    status,
    ...(hold === undefined ? {} : { hold }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(dischargedAt === undefined ? {} : { dischargedAt }),
    unreachedContacts,
    timeZone,
    weeks: weeks.filter(({ closedAt }) => closedAt === undefined),
    items: [...before.items.values()].flatMap((item) => ended(item, draft.item(item.sk)) ?? []),
  };
}

/** What of an item is kept; nothing where the change left it as it was. */
function ended(was: EpisodeItem, is: EpisodeItem | undefined): EndedItem | undefined {
  const { sk } = was;
  if (was.kind === "hold" || was.kind === "escalation") return undefined;
  if (was.kind === "driver")
    // A running one ends by itself at its next look, after this change.
    return was.workflow === "escalation" || was.status === "done"
      ? undefined
      : { sk, status: was.status, step: was.step };
  if (is === undefined || is === was) return undefined;
  const owed = was.kind === "task" && was.owed !== undefined ? { owed: was.owed } : {};
  return { sk, status: was.status, ...owed };
}
