import { isRefusal } from "../../../shared/care/change/change.ts";
import { groupsComeTo, targetOf } from "../../../shared/care/sessions/group-waits.ts";
import type { groupWaitBodySchema } from "../../../shared/contracts/schedule-bodies.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { countPlaces, putPlacesBook, readPlacesBook } from "../../../shared/store/group-places.ts";
import { waitForGroup } from "../../weekly-program/wait-for-group.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { sessionWaitedFor } from "./session-waited-for.ts";

type Body = ReturnType<typeof groupWaitBodySchema.parse>;

/** Puts somebody on the waiting list of a group that is full, or takes them off it. */
export function groupWaitOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: Body,
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    alsoLoad: sessionWaitedFor(body),
    decide: async (state, ctx) => {
      const { siteId, programId } = state.episode;
      const book = await readPlacesBook(deps.store, { siteId, programId });
      const target = targetOf(ctx.program, state.episode, body);
      const places = await countPlaces(
        deps.store,
        {
          siteId,
          program: ctx.program,
          episode: state.episode,
          isToStay: target.sessionId === undefined,
          now: ctx.now,
        },
        groupsComeTo(ctx, state.episode, target),
        book,
      );
      const decided = waitForGroup(state, body, ctx, { waits: book.waiting, places });
      if (isRefusal(decided)) return decided;
      const waiting = decided.waits;
      return {
        change: decided.change,
        also: [putPlacesBook(book, { coming: book.coming, waiting }, ctx.now)],
      };
    },
    answer: ({ episode: { status, version } }) => ({ episodeId, status, version }),
  });
}
