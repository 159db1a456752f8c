import { keptOfReferral, referralWordNames } from "../care/people/intake-request.ts";
import type { Stored } from "../care/stored/fields.ts";
import { referralSchema } from "../contracts/routes/written.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

/** What a referral says in words, and who referred: lives in `identity` only. */
export type Referral = Stored<typeof referralSchema>;
export const referralForm = storedForm("identity", "referral", referralSchema);

/** The words of the referral that opened an episode; `undefined` where it held none, or they are erased. */
export async function readReferral(
  store: Store,
  participantId: string,
  episodeId: string,
): Promise<Referral | undefined> {
  const key = keys.referral(participantId, episodeId);
  const item = await store.get("identity", key.pk, key.sk);
  if (item === undefined) return undefined;
  const referral = readStored(referralForm, item);
  return Object.fromEntries(
    [...referralWordNames, ...keptOfReferral].flatMap((name) =>
      referral[name] === undefined ? [] : [[name, referral[name]]],
    ),
  );
}
