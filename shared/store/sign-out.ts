import * as z from "zod";
import { instant } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { StaffToken, VerifyToken } from "../ports/sign-in.ts";
import type { Store } from "../ports/store.ts";
import type { CareDeps } from "./care-deps.ts";
import { amongOthers } from "./carry-out-once.ts";
import { currentVersion, storedForm } from "./read-stored.ts";

/** How much longer than its token a sign-out is remembered, in seconds: more than clocks ever differ. */
const graceSeconds = 86_400;

export const signedOutForm = storedForm(
  "care",
  "signed-out",
  z.object({ staffId: z.string(), signedOutAt: instant }),
);

/** Ends tokens for good, and what is signed out like a token: from now on refused wherever they are shown. */
export async function signOut(
  deps: Pick<CareDeps, "store" | "clock" | "pause">,
  tokens: readonly StaffToken[],
): Promise<void> {
  const operations = tokens.map((token) => ({
    put: {
      table: "care" as const,
      item: {
        ...keys.signedOut(token.tokenId),
        schemaVersion: currentVersion(signedOutForm),
        kind: "signed-out",
        staffId: token.staffId,
        signedOutAt: deps.clock.now(),
        expiresAtEpochSeconds: token.endsAtEpochSeconds + graceSeconds,
      },
    },
  }));
  await amongOthers(deps, () => deps.store.transact(operations));
}

/** Tells whose token it is, as long as nobody has signed out with it. */
export function unlessSignedOut(deps: {
  readonly verifyToken: VerifyToken;
  readonly store: Store;
}): VerifyToken {
  return async (text) => {
    const token = await deps.verifyToken(text);
    if (token === undefined) return undefined;
    const key = keys.signedOut(token.tokenId);
    const found = await deps.store.get("care", key.pk, key.sk);
    // Whatever it says: there is one, so the token has ended.
    return found === undefined ? token : undefined;
  };
}
