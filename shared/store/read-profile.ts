import { initialOf } from "../care/episode/initial.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";

/** Who a participant is: lives in `identity` only. */
export type Profile = {
  readonly participantId: string;
  readonly given: string;
  readonly family: string;
  readonly preferredName?: string;
  readonly birthDate: string;
  readonly recordNumber?: string;
  readonly reachBy?: string;
  readonly phoneId?: string;
  readonly emailId?: string;
};

export async function readProfile(
  store: Store,
  participantId: string,
): Promise<Profile | undefined> {
  const key = keys.profile(participantId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : (item as unknown as Profile);
}

/** The name a participant uses and the initial of the family name: what lists show. */
export function displayName(
  profile: Pick<Profile, "given" | "family" | "preferredName"> | undefined,
): string {
  if (profile === undefined) return "Name erased";
  return `${profile.preferredName ?? profile.given} ${initialOf(profile.family)}.`;
}
