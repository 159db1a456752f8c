import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Actor } from "../../../shared/care/episode/actor.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { WriteOperation } from "../../../shared/ports/store.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import {
  type CallOutcome,
  carryOutOnce,
  type RequestIdentity,
  rememberRequest,
} from "../../../shared/store/carry-out-once.ts";
import { decideAndCommit } from "../../../shared/store/decide-and-commit.ts";
import { nameStaff } from "./name-staff.ts";

/** A change with what is written beside it, outside the episode. */
export type ChangeAndMore = { readonly change: Change; readonly also: readonly WriteOperation[] };

type Decision = Change | ChangeAndMore | Refusal | undefined;

/** One call of a member of staff, from the API or from a page. */
export type StaffCall = {
  readonly staff: StaffMember;
  readonly actor: Actor;
  /** Under the key that the client or the page's form chose: the same call twice does nothing twice. */
  readonly request: RequestIdentity;
};

/** The id of a staff call's command, by which its episode or site knows it again. */
export function commandIdOf({ staff, request }: StaffCall): string {
  return `http/${staff.staffId}/${request.key}`;
}

/**
 * Carries out one command of a member of staff on one episode of their sites, once for each key.
 *
 * @param input.alsoLoad - sort keys of closed items that the decision needs
 * @param input.decide - the domain's decision; pure, after what it reads. `undefined` where it is so already: nothing is written
 * @param input.answer - what the caller is told, from the state after the change
 */
export function commandOnEpisode(
  deps: CareDeps,
  call: StaffCall,
  input: {
    readonly episodeId: string;
    readonly alsoLoad?: readonly string[];
    /** The site whose call it is, where that is not the person's own. */
    readonly siteId?: string;
    readonly decide: (state: OpenState, ctx: DecisionContext) => Decision | Promise<Decision>;
    readonly answer: (state: OpenState) => Readonly<Record<string, unknown>>;
  },
): Promise<CallOutcome> {
  const command: Parameters<typeof decideAndCommit>[1] = {
    episodeId: input.episodeId,
    commandId: commandIdOf(call),
    actor: call.actor,
    alsoLoad: input.alsoLoad,
    decide: async (state, ctx) => {
      if (!call.staff.siteIds.includes(input.siteId ?? state.episode.siteId))
        return { refused: "not-found", sentence: "There is no such thing here." };
      const decided = await input.decide(state, ctx);
      if (decided === undefined) return { answer: JSON.stringify(input.answer(state)) };
      if (isRefusal(decided)) return decided;
      const { change, also } = "change" in decided ? decided : { change: decided, also: [] };
      const after: OpenState = {
        episode: change.episode,
        items: new Map([
          ...state.items,
          ...change.puts.map((put) => [put.item.sk, put.item] as const),
        ]),
      };
      return { change, also, answer: JSON.stringify(input.answer(after)) };
    },
    also: (_state, ctx, answer) => [
      rememberRequest(deps.secrets, call.request, { status: 200, body: answer }, ctx.now),
    ],
  };
  return carryOutOnce(deps, call.request, async () => {
    const outcome = await decideAndCommit(deps, command);
    return outcome.refusal === undefined ? outcome.answer : nameStaff(deps.store, outcome.refusal);
  });
}
