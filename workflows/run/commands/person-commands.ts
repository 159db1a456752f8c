import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import { isOwnNumber } from "../../../shared/care/contact-points/contact-point.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { ConsentRecord } from "../../../shared/care/people/consent-record.ts";
import type { Correction } from "../../../shared/care/people/correction.ts";
import type { Channel } from "../../../shared/care/program/program.ts";
import { type PersonMark, personMarks } from "../../../shared/care/text/normalise-text.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { WriteOperation } from "../../../shared/ports/store.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import {
  contactOperations,
  type GivenContact,
  loadContactPoint,
} from "../../../shared/store/contact-point-items.ts";
import { loadItems } from "../../../shared/store/decide-and-commit.ts";
import { listSites } from "../../../shared/store/list-sites.ts";
import { listMessages } from "../../../shared/store/message-items.ts";
import {
  markOperations,
  type Profile,
  readProfile,
  unmarkOperations,
} from "../../../shared/store/person-items.ts";
import { correctDeath } from "../people/correct-death.ts";
import { correctPerson } from "../people/correct-person.ts";
import { recordConsent } from "../people/record-consent.ts";
import { returnPlaces } from "../people/return-to-groups.ts";
import { commandOnEpisode, type StaffCall } from "./on-episode.ts";
import { withTaking } from "./take-places.ts";
import { withMessages } from "./with-closed-items.ts";

type CorrectionBody = Correction & { readonly reason: string };

/** Puts facts about a person right, and what was planned by them. */
export function correctPersonOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: CorrectionBody,
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const refusal = await refuseFacts(deps, body, localDate(ctx.now, ctx.site.timeZone));
      if (refusal !== undefined) return refusal;
      const contacts = contactsOf(deps, body);
      // Read after the episode: whoever corrected it meanwhile has moved the episode on, and this is decided again.
      const [profile, messages, points] = await Promise.all([
        readProfile(deps.store, state.episode.participantId),
        listMessages(deps.store, episodeId),
        Promise.all(contacts.map(async (contact) => pointOf(deps, contact))),
      ]);
      const change = correctPerson(withMessages(state, messages), body, ctx, { profile, points });
      if (isRefusal(change)) return change;
      const moved = (["sms", "email"] as const).filter(
        (channel) =>
          change.episode.reach[channel]?.contactPointId !==
          state.episode.reach[channel]?.contactPointId,
      );
      const { participantId, siteId } = state.episode;
      const also = await Promise.all([
        ...contacts
          .filter(({ channel }) => moved.includes(channel))
          .map((contact) =>
            contactOperations(deps.store, contact, { episodeId, siteId, participantId }),
          ),
        ...moved.map((channel) => leaveOperations(state.episode, channel, messages, ctx.now)),
      ]);
      return {
        change: withLook(change, body),
        also: [
          ...also.flat(),
          ...(profile === undefined ? [] : marksOf(deps, state.episode, profile, body)),
        ],
      };
    },
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}

/** Puts a death right that was recorded by mistake, with what it ended. */
export function correctDeathOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: { readonly reason: string },
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    decide: async (state, ctx) => {
      const ended = state.episode.death?.items.map(({ sk }) => sk) ?? [];
      const items = await loadItems(deps.store, episodeId, ended);
      const stood = { ...state, items: new Map([...items, ...state.items]) };
      const places = await returnPlaces(deps.store, ctx, stood, state.episode.death);
      return withTaking(correctDeath(stood, body, ctx, places.groups), places.taking);
    },
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}

/** Writes down what the person agrees to or takes back, and has what was planned follow. */
export function recordConsentOnce(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: ConsentRecord & { readonly reason?: string | undefined },
): Promise<CallOutcome> {
  return commandOnEpisode(deps, call, {
    episodeId,
    // Read after the episode, as in a correction: what was sent decides what is asked again.
    decide: async (state, ctx) =>
      recordConsent(withMessages(state, await listMessages(deps.store, episodeId)), body, ctx),
    answer: ({ episode }) => ({ episodeId, status: episode.status, version: episode.version }),
  });
}

const namedBy = ["name", "preferredName", "birthDate", "recordNumber", "phone", "email"] as const;

/** Somebody who is known by something else now is perhaps on record already. */
function withLook(change: Change, body: CorrectionBody): Change {
  if (!namedBy.some((fact) => body[fact] !== undefined)) return change;
  const { episodeId } = change.episode;
  return { ...change, outbox: [...change.outbox, { kind: "look-for-same-person", episodeId }] };
}

/** The person is found by the corrected name, birth date and record number, and by the wrong ones no more. */
function marksOf(
  deps: CareDeps,
  { episodeId, siteId, participantId }: Episode,
  profile: Profile,
  { name, preferredName, birthDate, recordNumber }: CorrectionBody,
): readonly WriteOperation[] {
  const was = personMarks(profile);
  const is = personMarks({
    given: name?.given ?? profile.given,
    family: name?.family ?? profile.family,
    preferredName:
      preferredName === undefined ? profile.preferredName : (preferredName ?? undefined),
    birthDate: birthDate ?? profile.birthDate,
    recordNumber: recordNumber === undefined ? profile.recordNumber : (recordNumber ?? undefined),
  });
  const isIn = (list: readonly PersonMark[], { text }: PersonMark) =>
    list.some((one) => one.text === text);
  return [
    ...unmarkOperations(
      deps.secrets,
      was.filter((one) => !isIn(is, one)),
      episodeId,
    ),
    ...markOperations(
      deps.secrets,
      is.filter((one) => !isIn(was, one)),
      { episodeId, siteId, participantId },
    ),
  ];
}

/** What only the day and the sites can say about facts that are well written. */
async function refuseFacts(
  deps: CareDeps,
  { birthDate, recentHigherCareOn, phone, emergencyContact }: Correction,
  today: string,
): Promise<Refusal | undefined> {
  if (birthDate !== undefined && birthDate > today)
    return { refused: "invalid", sentence: "The birth date is in the future." };
  if (recentHigherCareOn != null && recentHigherCareOn > today)
    return { refused: "invalid", sentence: "The last day of higher care is in the future." };
  const numbers = [phone?.number, emergencyContact?.phone].flatMap((number) => number ?? []);
  if (numbers.length === 0) return undefined;
  const sites = await listSites(deps.store);
  return numbers.some((number) => isOwnNumber(sites, number))
    ? {
        refused: "invalid",
        sentence: "This is one of our own numbers: give the person's, or leave it out.",
      }
    : undefined;
}

function contactsOf(deps: CareDeps, { phone, email }: Correction): readonly GivenContact[] {
  const contact = (channel: Channel, address: string, ownership: GivenContact["ownership"]) => ({
    contactPointId: deps.secrets.contactPointId(address),
    channel,
    address,
    ownership,
  });
  return [
    ...(phone == null ? [] : [contact("sms", phone.number, phone.kind)]),
    ...(email == null ? [] : [contact("email", email.address, "own")]),
  ];
}

async function pointOf(deps: CareDeps, { contactPointId, channel }: GivenContact) {
  const known = await loadContactPoint(deps.store, contactPointId);
  return { contactPointId, channel, state: known?.state ?? ("open" as const) };
}

/** More links than this of one person are not open at one time. */
const maxLinks = 40;
const mayBeThere: readonly Message["status"][] = ["CLAIMED", "ACCEPTED", "DELIVERED", "UNKNOWN"];

/** The person is not reached there any more: what comes from there is not theirs, and links that lie there open nothing. */
function leaveOperations(
  episode: Episode,
  channel: Channel,
  messages: readonly Message[],
  now: string,
): readonly WriteOperation[] {
  const contactPointId = episode.reach[channel]?.contactPointId;
  if (contactPointId === undefined) return [];
  const links = messages
    .filter((message) => message.contactPointId === contactPointId)
    .filter(({ status, linkEndsAt }) => mayBeThere.includes(status) && (linkEndsAt ?? now) >= now)
    .sort((left, right) => right.plannedAt.localeCompare(left.plannedAt))
    .flatMap(({ linkId }) => linkId ?? [])
    .slice(0, maxLinks);
  return [
    { delete: { table: "care", ...keys.contactPointEpisode(contactPointId, episode.episodeId) } },
    ...[...new Set(links)].map(
      (linkId): WriteOperation => ({ delete: { table: "care", ...keys.link(linkId) } }),
    ),
  ];
}
