import type { Context } from "hono";
import { type Change, isRefusal, type Refusal } from "../../shared/domain/change/change.ts";
import type { DecisionContext } from "../../shared/domain/change/context.ts";
import type { OpenState } from "../../shared/domain/episode/episode.ts";
import type { CareDeps } from "../../shared/services/care-deps.ts";
import { decideAndCommit } from "../../shared/services/decide-and-commit.ts";
import {
  findRequest,
  type RequestIdentity,
  rememberRequest,
  requestKeyPattern,
} from "../../shared/services/remembered-request.ts";
import type { ApiVariables } from "./authenticate.ts";
import { problem, refusalProblem } from "./problem.ts";

/**
 * Carries out one command of a member of staff on one episode, once per `Idempotency-Key`: the same key
 * and body get the first answer again, another body a 422.
 *
 * @param input.decide - the domain's decision; pure
 * @param input.answer - what the caller is told, from the state after the change
 */
export async function runCommand(
  context: Context<{ Variables: ApiVariables }>,
  deps: CareDeps,
  input: {
    readonly episodeId: string;
    readonly bodyText: string;
    readonly alsoLoad?: readonly string[];
    readonly decide: (state: OpenState, ctx: DecisionContext) => Change | Refusal;
    readonly answer: (state: OpenState) => Readonly<Record<string, unknown>>;
    /** Calls that nobody repeats by accident (PUT, PATCH) need no key. */
    readonly isKeyOptional?: boolean;
  },
): Promise<Response> {
  const key = context.req.header("idempotency-key");
  if (key === undefined && input.isKeyOptional !== true) {
    return problem(
      context,
      400,
      "Send an Idempotency-Key header, so that a second click does nothing twice.",
      {
        errors: [{ path: "Idempotency-Key", problem: "is missing" }],
      },
    );
  }
  if (key !== undefined && !requestKeyPattern.test(key)) {
    return problem(
      context,
      400,
      "The Idempotency-Key must be 8 to 128 letters, digits or _ . : -",
      {
        errors: [
          { path: "Idempotency-Key", problem: "has characters or a length that is not taken" },
        ],
      },
    );
  }
  const staff = context.get("staff");
  const request: RequestIdentity | undefined =
    key === undefined
      ? undefined
      : {
          scope: staff.staffId,
          key,
          method: context.req.method,
          path: context.req.path,
          body: input.bodyText,
        };
  const known = request === undefined ? undefined : await findRequest(deps, request);
  if (known === "other-body")
    return problem(context, 422, "This Idempotency-Key was used for another request.");
  if (known !== undefined) return jsonText(context, known.body);
  const commandId =
    request === undefined
      ? `http/${staff.staffId}/${deps.ids.next()}`
      : `http/${staff.staffId}/${request.key}`;
  const outcome = await decideAndCommit(deps, {
    episodeId: input.episodeId,
    commandId,
    actor: context.get("actor"),
    ...(input.alsoLoad === undefined ? {} : { alsoLoad: input.alsoLoad }),
    decide: (state, ctx) => {
      if (!staff.siteIds.includes(state.episode.siteId))
        return { refused: "not-found", sentence: "There is no such thing here." };
      const change = input.decide(state, ctx);
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
    ...(request === undefined
      ? {}
      : {
          also: (_state: OpenState, ctx: DecisionContext, answer: string) => [
            rememberRequest(deps.secrets, request, { status: 200, body: answer }, ctx.now),
          ],
        }),
  });
  if (outcome.refusal !== undefined) return refusalProblem(context, outcome.refusal);
  return jsonText(context, outcome.answer);
}

function jsonText(context: Context, text: string): Response {
  return context.body(text, 200, {
    "content-type": "application/json",
    "cache-control": "no-store",
  });
}
