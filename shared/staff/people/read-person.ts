import type { Episode } from "../../care/episode/episode.ts";
import type { contactSchema, reachSchema } from "../../contracts/routes/episodes.ts";
import type { Answered } from "../../contracts/routes/route.ts";
import { keys } from "../../keys/keys.ts";
import { isConfirmed } from "../../messages/gate-times.ts";
import type { Store } from "../../ports/store.ts";
import { loadAddress, loadContactPoint } from "../../store/contact-point-items.ts";
import { readEpisode } from "../../store/episode-forms.ts";
import {
  displayName,
  type EmergencyContact,
  type Profile,
  readProfile,
} from "../../store/person-items.ts";

/** A way to reach somebody, and whether automated messages may use it. */
export type Reach = Answered<typeof reachSchema>;

/** Who an episode is about and how to reach them: what somebody needs to make a call. */
export type Person = Answered<typeof contactSchema> & {
  readonly episode: Episode;
  readonly name: string;
};

/**
 * One person as staff see them: the episode, the profile and how they can be reached. Nothing when there
 * is no such episode.
 */
export async function readPerson(store: Store, episodeId: string): Promise<Person | undefined> {
  const key = keys.episode(episodeId);
  const root = await store.get("care", key.pk, key.sk);
  if (root === undefined) return undefined;
  const episode = readEpisode(root);
  const profile = await readProfile(store, episode.participantId);
  const [phone, email] = await Promise.all([
    readReach(store, episode, "sms", profile?.phoneId),
    readReach(store, episode, "email", profile?.emailId),
  ]);
  return {
    episode,
    name: displayName(profile),
    mayLeaveVoicemail: episode.consents.voicemail,
    ...fieldsOf(profile),
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
}

function fieldsOf(profile: Profile | undefined): Partial<Person> {
  if (profile === undefined) return {};
  const { birthDate, given, family, recordNumber, reachBy } = profile;
  const { pronouns, safeTimes, accessNeeds, emergencyContact, said } = profile;
  return {
    fullName: `${given} ${family}`,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(recordNumber === undefined ? {} : { recordNumber }),
    ...(reachBy === undefined ? {} : { reachBy }),
    ...(pronouns === undefined ? {} : { pronouns }),
    ...(safeTimes === undefined ? {} : { safeTimes }),
    ...(accessNeeds === undefined ? {} : { accessNeeds }),
    ...(emergencyContact === undefined ? {} : { emergencyContact: inEmergency(emergencyContact) }),
    ...(said === undefined ? {} : { said }),
  };
}

/** Whom to ring in an emergency: the person, and not what the record may hold beside. */
function inEmergency({ name, relationship, phone }: EmergencyContact): EmergencyContact {
  return { name, phone, ...(relationship === undefined ? {} : { relationship }) };
}

async function readReach(
  store: Store,
  episode: Episode,
  channel: "sms" | "email",
  knownId: string | undefined,
): Promise<Reach | undefined> {
  const point = episode.reach[channel];
  const contactPointId = point?.contactPointId ?? knownId;
  if (contactPointId === undefined) return undefined;
  const [address, contactPoint] = await Promise.all([
    loadAddress(store, contactPointId),
    loadContactPoint(store, contactPointId),
  ]);
  if (address === undefined) return undefined;
  const consent = episode.consents[channel];
  return {
    address,
    // A way that the pathway gave up is still what somebody rings: whose phone it is counts all the same.
    kind: point?.kind ?? contactPoint?.ownership ?? "own",
    state: contactPoint?.state ?? "open",
    isConfirmed: isConfirmed(episode, contactPoint, channel),
    hasConsent: consent.grantedAt !== undefined && consent.withdrawnAt === undefined,
    ...(contactPoint?.optOut === undefined
      ? {}
      : { stopped: { at: contactPoint.optOut.at, how: contactPoint.optOut.how } }),
  };
}
