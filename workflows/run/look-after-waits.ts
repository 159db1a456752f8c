import {
  type GroupWait,
  groupsComeTo,
  isSameWait,
  targetKey,
} from "../../shared/care/sessions/group-waits.ts";
import { groupPlacesOf } from "../../shared/keys/keys.ts";
import type { StoredItem } from "../../shared/ports/store.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { amongOthers } from "../../shared/store/carry-out-once.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import {
  countPlaces,
  type PlacesOf,
  putPlacesBook,
  readPlacesBook,
} from "../../shared/store/group-places.ts";
import { followWait } from "../weekly-program/wait-for-group.ts";
import { sessionWaitedFor } from "./commands/session-waited-for.ts";

const actor = { kind: "system", part: "sweep-stalled-work" } as const;

/**
 * Looks after everybody who waits for a place in the groups of a program at a site, longest first: a place that is free
 * is offered to one of them, and kept for them while they are asked.
 *
 * @param due - an entry of the due-work index
 * @returns true where something changed for somebody
 * @throws {StoreUnavailableError} when the store cannot be reached; safe to call again
 */
export async function lookAfterWaits(
  deps: CareDeps,
  due: Pick<StoredItem, "pk" | "sk">,
): Promise<boolean> {
  const of = groupPlacesOf(due);
  if (of === undefined) return false;
  const { waiting } = await readPlacesBook(deps.store, of);
  const full = new Set<string>();
  let isChanged = false;
  for (const wait of waiting) {
    // Where whoever is before them does not get in, nobody behind them does.
    if (wait.offer === undefined && full.has(targetKey(wait))) continue;
    const came = await lookAfterOne(deps, of, wait);
    if (came === "full") full.add(targetKey(wait));
    if (came === "changed") isChanged = true;
  }
  await amongOthers(deps, async () => {
    const book = await readPlacesBook(deps.store, of);
    const now = deps.clock.now();
    // What was answered or taken off lets somebody else in: a look right after this one sees it.
    await deps.store.transact([putPlacesBook(book, book, now, !isChanged)]);
  });
  return isChanged;
}

async function lookAfterOne(deps: CareDeps, of: PlacesOf, wait: GroupWait): Promise<string> {
  const outcome = await decideAndCommit(deps, {
    episodeId: wait.episodeId,
    commandId: `look-after-wait/${deps.ids.next()}`,
    actor,
    alsoLoad: [...(wait.offer === undefined ? [] : [wait.offer.taskSk]), ...sessionWaitedFor(wait)],
    decide: async (state, ctx) => {
      const book = await readPlacesBook(deps.store, of);
      const fresh = book.waiting.find((one) => isSameWait(one, wait));
      if (fresh === undefined) return { answer: "as-it-was" };
      const { episode } = state;
      const isHere = episode.siteId === of.siteId && episode.programId === of.programId;
      const places = await countPlaces(
        deps.store,
        {
          siteId: of.siteId,
          program: ctx.program,
          episode,
          isToStay: wait.sessionId === undefined,
          now: ctx.now,
        },
        isHere ? groupsComeTo(ctx, episode, fresh) : [],
        book,
      );
      const followed = followWait(state, fresh, ctx, { waits: book.waiting, places, isHere });
      if (typeof followed === "string") return { answer: followed };
      return {
        answer: "changed",
        change: followed.change,
        also: [putPlacesBook(book, { coming: book.coming, waiting: followed.waits }, ctx.now)],
      };
    },
  });
  return outcome.answer ?? "as-it-was";
}
