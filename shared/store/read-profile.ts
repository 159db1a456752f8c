import * as z from "zod";
import { initialOf } from "../care/episode/initial.ts";
import { date, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { isUnreadable, readStored, storedForm } from "./read-stored.ts";

/** Who a participant is: lives in `identity` only. */
const profileSchema = z.object({
  participantId: z.string(),
  given: z.string(),
  family: z.string(),
  preferredName: z.exactOptional(z.string()),
  birthDate: date,
  recordNumber: z.exactOptional(z.string()),
  reachBy: z.exactOptional(z.string()),
  phoneId: z.exactOptional(z.string()),
  emailId: z.exactOptional(z.string()),
});
export type Profile = Stored<typeof profileSchema>;
export const profileForm = storedForm("identity", "profile", profileSchema);

export async function readProfile(
  store: Store,
  participantId: string,
): Promise<Profile | undefined> {
  const key = keys.profile(participantId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : readStored(profileForm, item);
}

/** Somebody's name for a list, which one bad item never hides: where it cannot be read, that is what it says. */
export async function listedName(store: Store, participantId: string): Promise<string> {
  try {
    return displayName(await readProfile(store, participantId));
  } catch (error) {
    if (isUnreadable(error)) return "Name cannot be read";
    throw error;
  }
}

/** The name a participant uses and the initial of the family name: what lists show. */
export function displayName(
  profile: Pick<Profile, "given" | "family" | "preferredName"> | undefined,
): string {
  if (profile === undefined) return "Name erased";
  return `${profile.preferredName ?? profile.given} ${initialOf(profile.family)}.`;
}
