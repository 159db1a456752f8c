import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { SamePersonCommand } from "../../../shared/care/change/outbox-entry.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { taskSk } from "../../../shared/care/tasks/open-task.ts";
import { type MatchKind, personMarks } from "../../../shared/care/text/normalise-text.ts";
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
  const found = new Map<string, { entry: ContactPointEpisode; by: Set<MatchKind> }>();
  const note = (by: MatchKind, entries: readonly ContactPointEpisode[]) => {
    for (const entry of entries) {
      if (entry.siteId !== own.siteId || entry.participantId === own.participantId) continue;
      const known = found.get(entry.episodeId) ?? { entry, by: new Set<MatchKind>() };
      known.by.add(by);
      found.set(entry.episodeId, known);
    }
  };
  for (const mark of personMarks(profile))
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
  const matches = await openMatches(deps, own, [...found.values()]);
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

/** Of what was found: records that stand for themselves, and about which nobody was asked from the other side. */
async function openMatches(
  deps: CareDeps,
  own: Episode,
  found: readonly { readonly entry: ContactPointEpisode; readonly by: ReadonlySet<MatchKind> }[],
): Promise<readonly Match[]> {
  const known = new Set((own.others ?? []).map(({ episodeId }) => episodeId));
  const matches: Match[] = [];
  const newestFirst = found.toSorted((left, right) =>
    right.entry.episodeId.localeCompare(left.entry.episodeId),
  );
  for (const { entry, by } of newestFirst) {
    if (matches.length >= maxAsked) break;
    const { episodeId, participantId } = entry;
    if (known.has(episodeId) || matches.some((one) => one.participantId === participantId))
      continue;
    const other = await loadRoot(deps, episodeId);
    if (other === undefined || isContinued(other)) continue;
    if (isOnlyByShared(other, by)) continue;
    const sk = taskSk("same-person", own.participantId);
    if ((await loadItems(deps.store, episodeId, [sk])).size > 0) continue;
    matches.push({ episodeId, participantId, by: [...by] });
  }
  return matches;
}

/** Another record, which is looked at too, says how this one goes on. */
function isContinued({ others = [] }: Episode): boolean {
  return others.some(({ how }) => how === "goes-on-in" || how === "later");
}

function isOnlyByShared({ reach }: Episode, by: ReadonlySet<MatchKind>): boolean {
  return by.size === 1 && by.has("phone") && reach.sms !== undefined && reach.sms.kind !== "own";
}

async function loadRoot({ store }: CareDeps, episodeId: string): Promise<Episode | undefined> {
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
      const [profile, own, referral, phone, email, messages, medicines] = await Promise.all([
        readProfile(store, other.participantId),
        readProfile(store, state.episode.participantId),
        readReferral(store, other.participantId, other.episodeId),
        reach.sms === undefined ? undefined : loadAddress(store, reach.sms.contactPointId),
        reach.email === undefined ? undefined : loadAddress(store, reach.email.contactPointId),
        isBack ? listMessages(store, episodeId) : [],
        isBack ? readMedicines(store, other) : [],
      ]);
      const items = new Map([
        ...messages.map((message) => [message.sk, message] as const),
        ...state.items,
      ]);
      const change = applySamePerson({ ...state, items }, command, ctx, {
        referral: { episode: other, profile, referral, phone, email },
        earlier: { episode: other, profile, own, medicines },
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
