import type { Context } from "hono";
import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { rememberRequest } from "../../shared/store/remembered-request.ts";
import type { ApiVariables } from "./authenticate.ts";
import { answerOnce, identifyRequest } from "./identify-request.ts";

/**
 * Carries out one command of a member of staff on one episode, once per `Idempotency-Key`: the same key
 * and body get the first answer again, another body a 422. What was refused is not remembered.
 *
 * @param input.decide - the domain's decision; pure. `undefined` where it is so already: nothing is written
 * @param input.answer - what the caller is told, from the state after the change
 */
export async function runCommand(
  context: Context<{ Variables: ApiVariables }>,
  deps: CareDeps,
  input: {
    readonly episodeId: string;
    readonly bodyText: string;
    readonly alsoLoad?: readonly string[];
    readonly decide: (state: OpenState, ctx: DecisionContext) => Change | Refusal | undefined;
    readonly answer: (state: OpenState) => Readonly<Record<string, unknown>>;
  },
): Promise<Response> {
  const request = await identifyRequest(context, deps, input.bodyText);
  if (request instanceof Response) return request;
  const staff = context.get("staff");
  const command: Parameters<typeof decideAndCommit>[1] = {
    episodeId: input.episodeId,
    commandId: `http/${staff.staffId}/${request.key}`,
    actor: context.get("actor"),
    ...(input.alsoLoad === undefined ? {} : { alsoLoad: input.alsoLoad }),
    decide: (state, ctx) => {
      if (!staff.siteIds.includes(state.episode.siteId))
        return { refused: "not-found", sentence: "There is no such thing here." };
      const change = input.decide(state, ctx);
      if (change === undefined) return { answer: JSON.stringify(input.answer(state)) };
      if (isRefusal(change)) return change;
      const after: OpenState = {
        episode: change.episode,
        items: new Map([
          ...state.items,
          ...change.puts.map((put) => [put.item.sk, put.item] as const),
        ]),
      };
      return { change, answer: JSON.stringify(input.answer(after)) };
    },
    also: (_state, ctx, answer) => [
      rememberRequest(deps.secrets, request, { status: 200, body: answer }, ctx.now),
    ],
  };
  return answerOnce(context, deps, request, async () => {
    const outcome = await decideAndCommit(deps, command);
    return outcome.refusal ?? outcome.answer;
  });
}
