import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";

/** What a referral says in words, and who referred: lives in `identity` only. */
export type Referral = {
  readonly reason?: string;
  readonly availability?: string;
  readonly accessNeeds?: string;
  readonly referrer?: {
    readonly name: string;
    readonly organisation?: string;
    readonly phone?: string;
    readonly email?: string;
  };
  readonly referralEvent?: {
    readonly kind: string;
    readonly facility?: string;
    /** Local date, `YYYY-MM-DD`. */
    readonly dischargedOn?: string;
  };
};

/** The words of the referral that opened an episode; `undefined` where it held none, or they are erased. */
export async function readReferral(
  store: Store,
  participantId: string,
  episodeId: string,
): Promise<Referral | undefined> {
  const key = keys.referral(participantId, episodeId);
  const item = await store.get("identity", key.pk, key.sk);
  if (item === undefined) return undefined;
  const { pk: _pk, sk: _sk, schemaVersion: _schema, episodeId: _episode, ...referral } = item;
  return referral as Referral;
}
