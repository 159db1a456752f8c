import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { SamePersonCommand } from "../../../shared/care/change/outbox-entry.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { taskSk } from "../../../shared/care/tasks/open-task.ts";
import {
  type Marked,
  type MatchKind,
  marksToLookFor,
} from "../../../shared/care/text/normalise-text.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import {
  type ContactPointEpisode,
  contactPointEpisodes,
  loadAddress,
} from "../../../shared/store/contact-point-items.ts";
import { decideAndCommit, loadItems } from "../../../shared/store/decide-and-commit.ts";
import { readEpisode } from "../../../shared/store/episode-forms.ts";
import { listMessages } from "../../../shared/store/message-items.ts";
import { markedEpisodes, readProfile } from "../../../shared/store/person-items.ts";
import { readMedicines } from "../../../shared/store/read-medicines.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import { readReleases } from "../../../shared/store/read-releases.ts";
import { applySamePerson, askWhetherSame, type Match } from "./same-person.ts";

const system = { kind: "system", part: "carry-out-effects" } as const;

/** More records than this are not put before a person at one time: the newest are. */
const maxAsked = 5;

/**
 * Looks for others at the same site who are known by the same name and birth date, record number, phone or email,
 * and asks staff about each of them once. A phone that several share tells nothing of who somebody is.
 */
export async function lookForSamePerson(
  deps: CareDeps,
  episodeId: string,
  commandId: string,
): Promise<void> {
  const own = await loadRoot(deps, episodeId);
  const profile = own === undefined ? undefined : await readProfile(deps.store, own.participantId);
  if (own === undefined || profile === undefined) return;
  const likely = await findLikelySame(deps, { ...own, profile });
  const matches: Match[] = [];
  for (const { episode, by } of likely) {
    const { episodeId: other, participantId } = episode;
    const isAskedThere = taskSk("same-person", own.participantId);
    if ((await loadItems(deps.store, other, [isAskedThere])).size === 0)
      matches.push({ episodeId: other, participantId, by });
  }
  if (matches.length === 0) return;
  await decideAndCommit(deps, {
    episodeId,
    commandId,
    actor: system,
    alsoLoad: matches.map(({ participantId }) => taskSk("same-person", participantId)),
    decide: (state, ctx) => {
      const change = askWhetherSame(state, matches, ctx);
      return change === undefined ? { answer: "asked before" } : { answer: "asked", change };
    },
  });
}

/** Whose other records are looked for. */
export type LookedFor = Pick<Episode, "siteId"> & {
  /** Left out where the person is not on record yet. */
  readonly participantId?: string;
  readonly profile: Marked;
  readonly reach: Episode["reach"];
  /** Records that are known to be theirs. */
  readonly others?: Episode["others"];
};

/** A record that is perhaps of the same person, and by what. */
export type LikelySame = { readonly episode: Episode; readonly by: readonly MatchKind[] };

/**
 * Who at the same site is known by the same name and birth date, record number, phone or email, the newest first; by the
 * name alone where one of the two birth dates is not known. Records that go on in another are left out.
 */
export async function findLikelySame(
  deps: Pick<CareDeps, "store" | "secrets">,
  own: LookedFor,
): Promise<readonly LikelySame[]> {
  const found = new Map<string, Found>();
  const note = (by: MatchKind, entries: readonly ContactPointEpisode[]) => {
    for (const entry of entries) {
      if (entry.siteId !== own.siteId || entry.participantId === own.participantId) continue;
      const known = found.get(entry.episodeId) ?? { entry, by: new Set<MatchKind>() };
      known.by.add(by);
      found.set(entry.episodeId, known);
    }
  };
  for (const mark of marksToLookFor(own.profile))
    note(mark.by, await markedEpisodes(deps.store, deps.secrets, mark));
  for (const [by, channel] of [
    ["phone", "sms"],
    ["email", "email"],
  ] as const) {
    const point = own.reach[channel];
    if (point === undefined || point.kind !== "own") continue;
    for await (const page of contactPointEpisodes(deps.store, point.contactPointId)) {
      note(by, page);
      break;
    }
  }
  return ownRecords(deps, own, [...found.values()]);
}

type Found = { readonly entry: ContactPointEpisode; readonly by: Set<MatchKind> };

/** Of what was found: records that stand for themselves. */
async function ownRecords(
  deps: Pick<CareDeps, "store">,
  own: LookedFor,
  found: readonly Found[],
): Promise<readonly LikelySame[]> {
  const known = new Set((own.others ?? []).map(({ episodeId }) => episodeId));
  const records: LikelySame[] = [];
  const newestFirst = found.toSorted((left, right) =>
    right.entry.episodeId.localeCompare(left.entry.episodeId),
  );
  for (const { entry, by } of newestFirst) {
    if (records.length >= maxAsked) break;
    const { episodeId, participantId } = entry;
    const isThere = records.some(({ episode }) => episode.participantId === participantId);
    if (known.has(episodeId) || isThere) continue;
    const other = await loadRoot(deps, episodeId);
    if (other === undefined || isContinued(other)) continue;
    if (isOnlyByShared(other, by) || isOnlyByName(own, other, by)) continue;
    records.push({ episode: other, by: [...by] });
  }
  return records;
}

/** With both birth dates known, the date has told them apart already. */
function isOnlyByName(own: LookedFor, other: Episode, by: ReadonlySet<MatchKind>): boolean {
  const isUnknown = own.profile.birthDate === undefined || other.facts.birthDateUnknown === true;
  return by.size === 1 && by.has("name") && !isUnknown;
}

/** Another record, which is looked at too, says how this one goes on. */
function isContinued({ others = [] }: Episode): boolean {
  return others.some(({ how }) => how === "goes-on-in" || how === "later");
}

function isOnlyByShared({ reach }: Episode, by: ReadonlySet<MatchKind>): boolean {
  return by.size === 1 && by.has("phone") && reach.sms !== undefined && reach.sms.kind !== "own";
}

async function loadRoot(
  { store }: Pick<CareDeps, "store">,
  episodeId: string,
): Promise<Episode | undefined> {
  const key = keys.episode(episodeId);
  const root = await store.get("care", key.pk, key.sk);
  return root === undefined ? undefined : readEpisode(root);
}

/** Carries out, in one of two records, what follows from their being of one person. */
export async function followSamePerson(
  deps: CareDeps,
  { episodeId, command }: { readonly episodeId: string; readonly command: SamePersonCommand },
  commandId: string,
): Promise<void> {
  const { store } = deps;
  await decideAndCommit(deps, {
    episodeId,
    commandId,
    actor: system,
    decide: async (state, ctx) => {
      const other = await loadRoot(deps, command.episodeId);
      if (other === undefined || !isStillSo(other, episodeId, command))
        return { answer: "nothing-to-do" };
      if (command.type === "not-the-same") return takeApartHere(deps, state, { command, ctx });
      const { reach } = other;
      const isBack = command.type === "came-back";
      const [profile, own, referral, phone, email, messages, medicines, releases] =
        await Promise.all([
          readProfile(store, other.participantId),
          readProfile(store, state.episode.participantId),
          readReferral(store, other.participantId, other.episodeId),
          reach.sms === undefined ? undefined : loadAddress(store, reach.sms.contactPointId),
          reach.email === undefined ? undefined : loadAddress(store, reach.email.contactPointId),
          isBack ? listMessages(store, episodeId) : [],
          isBack ? readMedicines(store, other) : [],
          readReleases(store, other, localDate(ctx.now, ctx.site.timeZone)),
        ]);
      const items = new Map([
        ...messages.map((message) => [message.sk, message] as const),
        ...state.items,
      ]);
      const change = applySamePerson({ ...state, items }, command, ctx, {
        referral: { episode: other, profile, referral, phone, email, releases },
        earlier: { episode: other, profile, own, medicines, releases },
      });
      return change === undefined ? { answer: "nothing-to-do" } : { answer: "applied", change };
    },
  });
}

/** What was said meanwhile counts: an answer that was taken back leads to nothing any more, and the other way round. */
function isStillSo(
  { others = [] }: Episode,
  episodeId: string,
  { type }: SamePersonCommand,
): boolean {
  const isSaid = others.some((one) => one.episodeId === episodeId);
  return type === "same-person" || isSaid === (type !== "not-the-same");
}

async function takeApartHere(
  deps: CareDeps,
  state: OpenState,
  {
    command,
    ctx,
  }: {
    readonly command: Extract<SamePersonCommand, { readonly type: "not-the-same" }>;
    readonly ctx: DecisionContext;
  },
) {
  // Rare: what it takes is loaded with it.
  const { followTakenBackHere } = await import("./take-apart.ts");
  const decided = await followTakenBackHere(deps, state, command, ctx);
  return decided === undefined ? { answer: "nothing-to-do" } : { answer: "applied", ...decided };
}
