import { readGroupSessionId } from "../../../shared/care/sessions/group-session-id.ts";
import type { makeUpBodySchema } from "../../../shared/contracts/schedule-bodies.ts";
import { itemKeys } from "../../../shared/keys/keys.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { readGroupPlaces } from "../../../shared/store/group-places.ts";
import { bookMakeUp } from "../../weekly-program/book-make-up.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { withTaking } from "./take-places.ts";

type Body = ReturnType<typeof makeUpBodySchema.parse>;

/** Gives somebody a make-up place in a group of their program, or takes it back. */
export function makeUpOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: Body,
): Promise<CallOutcome> {
  const which = readGroupSessionId(body.sessionId);
  return commandOnEpisode(deps, call, {
    episodeId,
    alsoLoad: which === undefined ? [] : [itemKeys.session(which.plannedOn, which.slot)],
    decide: async (state, ctx) => {
      const slot = ctx.program.sessions.find((one) => one.slot === which?.slot);
      const isAsked = which !== undefined && slot !== undefined && body.isGivenUp !== true;
      const places = await readGroupPlaces(
        deps.store,
        {
          siteId: ctx.site.siteId,
          program: ctx.program,
          episode: state.episode,
          isToStay: false,
          target: { sessionId: body.sessionId },
          now: ctx.now,
        },
        isAsked ? [{ slot, plannedOn: which.plannedOn }] : [],
      );
      return withTaking(bookMakeUp(state, body, ctx, places.groups), places.taking);
    },
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}
