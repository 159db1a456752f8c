import * as z from "zod";
import { initialOf } from "../care/episode/initial.ts";
import { date, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

/** Whom to ring in an emergency. No release: nothing is told them about the care. The phone is E.164. */
const emergencyContact = z.object({
  name: z.string(),
  relationship: z.exactOptional(z.string()),
  phone: z.string(),
});
export type EmergencyContact = Stored<typeof emergencyContact>;

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
  pronouns: z.exactOptional(z.string()),
  /** When it is safe to ring, and what to beware of. */
  safeTimes: z.exactOptional(z.string()),
  /** As corrected; until then the referral says it. */
  accessNeeds: z.exactOptional(z.string()),
  emergencyContact: z.exactOptional(emergencyContact),
  /** Who corrected which fact, and when; what is not named stands as the intake gave it. */
  said: z.exactOptional(z.record(z.string(), z.object({ at: instant, by: z.string() }))),
});
export type Profile = Stored<typeof profileSchema>;
export const profileForm = storedForm("identity", "profile", profileSchema);

/** Who a participant is, from the identity table; nothing when it is not there. */
export async function readProfile(
  store: Store,
  participantId: string,
): Promise<Profile | undefined> {
  const key = keys.profile(participantId);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : readStored(profileForm, item);
}

/** The name a participant uses and the initial of the family name: what lists show. */
export function displayName(
  profile: Pick<Profile, "given" | "family" | "preferredName"> | undefined,
): string {
  if (profile === undefined) return "Name erased";
  return `${profile.preferredName ?? profile.given} ${initialOf(profile.family)}.`;
}
