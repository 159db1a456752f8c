import type { Context } from "hono";
import {
  type CallOutcome,
  type RequestIdentity,
  requestKeyPattern,
} from "../../shared/store/carry-out-once.ts";
import { problem, refusalProblem } from "../../shared/web/http/problem.ts";
import type { StaffCall } from "../../workflows/run/commands/on-episode.ts";
import type { ApiVariables } from "./authenticate.ts";

type StaffContext = Context<{ Variables: ApiVariables }>;

/**
 * Reads the call's `Idempotency-Key`.
 * @returns the call's identity, or the answer that ends it: a 400 where the key is missing or malformed
 */
export function identifyRequest(
  context: StaffContext,
  bodyText: string,
): RequestIdentity | Response {
  const key = context.req.header("idempotency-key");
  if (key === undefined) {
    return problem(
      context,
      400,
      "Send an Idempotency-Key header, so that a second click does nothing twice.",
      { errors: [{ path: "Idempotency-Key", problem: "is missing" }] },
    );
  }
  if (!requestKeyPattern.test(key)) {
    return problem(
      context,
      400,
      "The Idempotency-Key must be 8 to 128 characters: letters, digits, _ . : or -.",
      {
        errors: [
          { path: "Idempotency-Key", problem: "has characters or a length that is not taken" },
        ],
      },
    );
  }
  return {
    scope: context.get("staff").staffId,
    key,
    method: context.req.method,
    path: context.req.path,
    body: bodyText,
  };
}

/** Answers with what came of a call: 422 where its key was used for another one. */
export function outcomeAnswer(context: StaffContext, outcome: CallOutcome): Response {
  switch (outcome.outcome) {
    case "done":
      return jsonText(context, outcome.body);
    case "refused":
      return refusalProblem(context, outcome.refusal);
    case "other-call":
      return problem(context, 422, "This Idempotency-Key was used for another request.");
  }
}

/** Carries out a command of the member of staff who calls, once per `Idempotency-Key`, and answers with what came of it. */
export async function answerCall(
  context: StaffContext,
  bodyText: string,
  carryOut: (call: StaffCall) => Promise<CallOutcome>,
): Promise<Response> {
  const request = identifyRequest(context, bodyText);
  if (request instanceof Response) return request;
  const call = { staff: context.get("staff"), actor: context.get("actor"), request };
  return outcomeAnswer(context, await carryOut(call));
}

/** Answers 200 with JSON that is text already, kept by nobody on the way. */
export function jsonText(context: Context, text: string): Response {
  return context.body(text, 200, {
    "content-type": "application/json",
    "cache-control": "no-store",
  });
}
