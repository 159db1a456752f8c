import type { Refusal } from "../../../shared/care/change/change.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import { loadTogether } from "../../../shared/staff/people/load-together.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { isInTheWay } from "../../../shared/store/carry-out-once.ts";
import { readRoster } from "../../../shared/store/list-sites.ts";
import { type MovedThing, versionToTakeBack } from "../people/move-version.ts";
import type { StaffCall } from "./on-episode.ts";
import { moveToVersionOnce, previewMove } from "./version-commands.ts";

/** Somebody in care who may be moved, as lists show them. */
export type PersonInProgram = {
  readonly episode: Episode;
  readonly name: string;
};

/** What a move would change for one person. */
export type PlannedMove = {
  readonly episodeId: string;
  readonly reference: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** `over-capacity` where they are moved only if somebody says so, with a reason. */
  readonly state: "to-move" | "over-capacity" | "stays";
  /** Why they stay, or what there is no room in. */
  readonly why?: string;
  readonly changes: readonly MovedThing[];
  /** Who it is and what would change: another mark, another difference. */
  readonly mark: string;
};

/** Calls at the same time; the store is asked for no more at once. */
const atOnce = 8;

/** Those of the sites who are in care or followed after it: by name, and by id where their record cannot be read. */
export type PeopleInPrograms = {
  readonly people: readonly PersonInProgram[];
  readonly unreadable: readonly string[];
};

/** Everybody of the member of staff's sites who is in care or followed after it. */
export async function peopleInPrograms(
  { store }: Pick<CareDeps, "store">,
  staff: Pick<StaffMember, "siteIds">,
): Promise<PeopleInPrograms> {
  const rosters = await Promise.all(staff.siteIds.map((siteId) => readRoster(store, siteId)));
  const listed = rosters
    .flat()
    .filter(({ status }) => status === undefined || !isTerminal(status))
    .map(({ episodeId }) => episodeId);
  const loaded = await loadTogether(store, listed);
  const people = [...loaded.values()]
    .flatMap(({ episode, profile }) => {
      if (episode === "unreadable" || isTerminal(episode.status)) return [];
      // A roster may lag behind a move to another site.
      if (!staff.siteIds.includes(episode.siteId)) return [];
      const name =
        profile === undefined || profile === "unreadable"
          ? episode.reference
          : `${profile.preferredName ?? profile.given} ${profile.family}`;
      return [{ episode, name }];
    })
    .sort((left, right) => byName.compare(left.name, right.name));
  const unreadable = [...loaded].flatMap(([id, { episode }]) =>
    episode === "unreadable" ? [id] : [],
  );
  return { people, unreadable };
}

const byName = new Intl.Collator("en", { sensitivity: "base" });

/** Those of a program who are on another version than this one. */
export function peopleToMove(
  people: readonly PersonInProgram[],
  { programId, version }: { readonly programId: string; readonly version: number },
): readonly PersonInProgram[] {
  return people.filter(
    ({ episode }) => episode.programId === programId && episode.programVersion !== version,
  );
}

/** Those who were moved to this version within the last day, and can be taken back. */
export function peopleToTakeBack(
  people: readonly PersonInProgram[],
  { programId, version }: { readonly programId: string; readonly version: number },
  now: string,
): readonly PersonInProgram[] {
  return people.filter(
    ({ episode }) =>
      episode.programId === programId &&
      episode.programVersion === version &&
      versionToTakeBack(episode, now) !== undefined,
  );
}

/**
 * Says of each person what a move would change, or why they stay; nothing is written.
 * @param to - the version; `undefined` takes each back to the version that they came from within the last day
 */
export async function planMoves(
  deps: CareDeps,
  actor: StaffCall["actor"],
  people: readonly PersonInProgram[],
  to: number | undefined,
): Promise<readonly PlannedMove[]> {
  const now = deps.clock.now();
  const plan = async ({ episode, name }: PersonInProgram): Promise<readonly PlannedMove[]> => {
    const version = to ?? versionToTakeBack(episode, now);
    if (version === undefined) return [];
    const { episodeId, reference } = episode;
    const look = await previewMove(deps, actor, episodeId, version);
    const changes = look.changes ?? [];
    const state = look.isPossible
      ? "to-move"
      : look.isOnlyOverCapacity === true
        ? "over-capacity"
        : "stays";
    const facts = JSON.stringify([look.from, version, state, changes]);
    return [
      {
        ...{ episodeId, reference, name, from: look.from, to: version, state, changes },
        ...(look.isPossible ? {} : { why: look.why }),
        mark: `${episodeId}-${deps.secrets.sha256(facts).slice(0, markLength)}`,
      },
    ];
  };
  const found = await forEach(people, plan);
  return found.flat();
}

/** 64 bits: enough that no two differences of one person are taken for the same. */
const markLength = 16;

/** What those who are shown would be moved by: sent back to have it done. */
export function marksOf(moves: readonly PlannedMove[]): string {
  return moves.flatMap(({ state, mark }) => (state === "stays" ? [] : [mark])).join(" ");
}

/** What came of moving some people. */
export type MovedPeople = {
  readonly moved: number;
  /** Those who were to be moved and were not, by name, each with why. */
  readonly stay: readonly { readonly name: string; readonly sentence: string }[];
  /** How many are still to be done: it took too long for one call, and another goes on. */
  readonly left: number;
};

/**
 * Moves people whose differences somebody has looked at, by the command for one person. A second time changes nothing;
 * where what would change for one of them has moved meanwhile, nobody is moved.
 *
 * @param people - those who were shown, found by `seen`, whatever version they are on by now
 * @param seen - as {@link marksOf} said it
 * @param hasTime - false when no further person is to be begun
 */
export async function movePeople(
  deps: CareDeps,
  call: StaffCall,
  order: {
    readonly people: readonly PersonInProgram[];
    readonly to: number | undefined;
    readonly seen: string;
    readonly isOverCapacity: boolean;
    readonly reason: string;
  },
  hasTime: () => boolean,
): Promise<MovedPeople | Refusal> {
  const seen = new Set(order.seen.split(" "));
  const seenIds = new Set([...seen].map((mark) => mark.split("-")[0]));
  const chosen = order.people.filter(({ episode }) => seenIds.has(episode.episodeId));
  const moves = await planMoves(deps, call.actor, chosen, order.to);
  const toDo = moves.filter(({ from, to }) => from !== to);
  const changed = toDo.filter(({ mark }) => !seen.has(mark));
  if (changed.length > 0)
    return {
      refused: "stale-version",
      sentence: `Nobody was moved: since you looked, something has changed for ${changed.map(({ name }) => name).join(", ")}. Look at the differences again.`,
    };
  const stay: { readonly name: string; readonly sentence: string }[] = [];
  let moved = 0;
  let left = 0;
  await forEach(toDo, async ({ episodeId, name, to, state }) => {
    if (state === "over-capacity" && !order.isOverCapacity) return;
    if (!hasTime()) {
      left += 1;
      return;
    }
    const sentence = await moveOne(deps, call, episodeId, {
      version: to,
      reason: order.reason,
      ...(order.isOverCapacity ? { isOverCapacity: true } : {}),
    });
    if (sentence === undefined) moved += 1;
    else stay.push({ name, sentence });
  });
  return { moved, stay, left };
}

/** @returns why they stay, as a sentence; nothing where they are moved */
async function moveOne(
  deps: CareDeps,
  call: StaffCall,
  episodeId: string,
  body: Parameters<typeof moveToVersionOnce>[3],
): Promise<string | undefined> {
  const request = {
    ...call.request,
    key: `${call.request.key}-${episodeId}`,
    body: JSON.stringify(body),
  };
  try {
    const outcome = await moveToVersionOnce(deps, { ...call, request }, episodeId, body);
    if (outcome.outcome === "done") return undefined;
    return outcome.outcome === "refused" ? outcome.refusal.sentence : sentBefore;
  } catch (error) {
    if (isInTheWay(error)) return inTheWay;
    throw error;
  }
}

const sentBefore = "This form was sent before with other words.";
const inTheWay = "Others were changing this person’s record at the same moment.";

/** Does the same for each, a few at a time, and gives the results in order. */
async function forEach<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results[next[0]] = await act(next[1]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
