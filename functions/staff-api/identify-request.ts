import type { Context } from "hono";
import type { Refusal } from "../../shared/care/change/change.ts";
import type { Secrets } from "../../shared/ports/secrets.ts";
import type { Store } from "../../shared/ports/store.ts";
import {
  findRequest,
  isCarriedOutRequest,
  type RequestIdentity,
  requestKeyPattern,
} from "../../shared/store/remembered-request.ts";
import type { ApiVariables } from "./authenticate.ts";
import { problem, refusalProblem } from "./problem.ts";

type StaffContext = Context<{ Variables: ApiVariables }>;

/**
 * Reads the call's `Idempotency-Key`. A call that was carried out gets its first answer again, the same
 * key with another call a 422, a missing or malformed key a 400.
 * @returns the request to remember with its answer, or the answer that ends the call
 */
export async function identifyRequest(
  context: StaffContext,
  deps: { readonly store: Store; readonly secrets: Secrets },
  bodyText: string,
): Promise<RequestIdentity | Response> {
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
  const request: RequestIdentity = {
    scope: context.get("staff").staffId,
    key,
    method: context.req.method,
    path: context.req.path,
    body: bodyText,
  };
  const known = await findRequest(deps, request);
  if (known === "other-body") return refuseOtherBody(context);
  return known === undefined ? request : jsonText(context, known.body);
}

/**
 * Answers one call that remembers its answer with its change. Of two equal calls at the same moment the
 * second finds the first one's change made, and is told what the first was told.
 * @param carryOut - the answer's text, or why nothing was done
 */
export async function answerOnce(
  context: StaffContext,
  deps: { readonly store: Store; readonly secrets: Secrets },
  request: RequestIdentity,
  carryOut: () => Promise<string | Refusal>,
): Promise<Response> {
  const outcome = await carryOut().catch((error: unknown) => {
    if (isCarriedOutRequest(error)) return undefined;
    throw error;
  });
  if (typeof outcome === "string") return jsonText(context, outcome);
  const known = await findRequest(deps, request);
  if (known === "other-body") return refuseOtherBody(context);
  if (known !== undefined) return jsonText(context, known.body);
  return refusalProblem(
    context,
    outcome ?? {
      refused: "not-now",
      sentence: "This was being done by another call at the same moment. Read it again.",
    },
  );
}

function refuseOtherBody(context: StaffContext): Response {
  return problem(context, 422, "This Idempotency-Key was used for another request.");
}

export function jsonText(context: Context, text: string): Response {
  return context.body(text, 200, {
    "content-type": "application/json",
    "cache-control": "no-store",
  });
}
