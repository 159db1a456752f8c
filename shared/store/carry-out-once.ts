import type { Refusal } from "../care/change/change.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Store } from "../ports/store.ts";
import { findRequest, isCarriedOutRequest, type RequestIdentity } from "./remembered-request.ts";

/** What came of a call: its answer as JSON, why it was refused, or that its key belongs to another call. */
export type CallOutcome =
  | { readonly outcome: "done"; readonly body: string }
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  | { readonly outcome: "other-call" };

/**
 * Carries out a call that remembers its answer with its change, once for each key: a call that was carried
 * out gets its first answer again. Of two equal calls at the same moment the second finds the first one's
 * change made, and is told what the first was told. What was refused is not remembered.
 *
 * @param carryOut - does it, and gives the answer's text or why nothing was done
 */
export async function carryOutOnce(
  deps: { readonly store: Store; readonly secrets: Secrets },
  request: RequestIdentity,
  carryOut: () => Promise<string | Refusal>,
): Promise<CallOutcome> {
  const before = await findRequest(deps, request);
  if (before === "other-body") return { outcome: "other-call" };
  if (before !== undefined) return { outcome: "done", body: before.body };
  const done = await carryOut().catch((error: unknown) => {
    if (isCarriedOutRequest(error)) return undefined;
    throw error;
  });
  if (typeof done === "string") return { outcome: "done", body: done };
  const meanwhile = await findRequest(deps, request);
  if (meanwhile === "other-body") return { outcome: "other-call" };
  if (meanwhile !== undefined) return { outcome: "done", body: meanwhile.body };
  return {
    outcome: "refused",
    refusal: done ?? {
      refused: "not-now",
      sentence: "This was being done by another call at the same moment. Read it again.",
    },
  };
}
