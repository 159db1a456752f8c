// Long because it is one decision with its mirror in the other record: all that passed between the two goes back.

import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { SamePersonCommand } from "../../../shared/care/change/outbox-entry.ts";
import type { CareTask } from "../../../shared/care/episode/care-task.ts";
import type { OtherRecord, TakenOver } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { TaskKind } from "../../../shared/care/episode/task-kinds.ts";
import { endOfNextStaffedDay } from "../../../shared/care/program/staffed-time.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import { supplyOccasion } from "../../../shared/care/services/follow-supply.ts";
import type { GroupPlaces } from "../../../shared/care/sessions/full-groups.ts";
import { endTask } from "../../../shared/care/tasks/end-task.ts";
import { findTask, openTask, taskSk } from "../../../shared/care/tasks/open-task.ts";
import { actingStaff } from "../../../shared/care/tasks/refuse.ts";
import { localDate } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { followFacts } from "../../../shared/messages/follow-facts.ts";
import { whatFollowed } from "../../../shared/messages/what-followed.ts";
import type { Profile } from "../../../shared/store/person-items.ts";
import { carriedInWords, releasesIn } from "./came-back.ts";
import { giveBackReleases } from "./carried-releases.ts";
import { sayPlaces } from "./return-to-groups.ts";
import { standAgain } from "./stand-again.ts";

/** What taking two records apart looks at beside the state of one of them. */
export type Around = {
  /** Who the person of this record is; `undefined` where that was erased. */
  readonly profile: Profile | undefined;
  readonly otherParticipantId: string;
  /** The groups that the person of this record comes to again, as full as they are by now. */
  readonly groups: readonly GroupPlaces[];
};

/** The change, and what leaves `identity` with it: words, medicines and releases of the other person. */
export type TakenApart = {
  readonly change: Change;
  readonly erase: readonly { readonly pk: string; readonly sk: string }[];
};

/**
 * Takes back that two records are of the same person: what came from the other one into this leaves it, what was ended
 * here because care went on there stands again, and a clinician looks at both. The same follows in the other record.
 * Safety alerts stay where they are, in sight.
 *
 * @param state - with everything that {@link itemsToTakeApart} names, closed as it is by now
 */
export function takeBackSamePerson(
  state: OpenState,
  body: { readonly otherEpisodeId: string; readonly reason: string },
  ctx: DecisionContext,
  around: Around,
): TakenApart | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const other = findOther(state, body.otherEpisodeId);
  if (other === undefined)
    return {
      refused: "not-now",
      sentence: "Nobody has said that these two records are of the same person.",
    };
  if (other.took === undefined)
    return {
      refused: "not-now",
      sentence:
        "This was said before it was kept what passed between the two records, so they cannot be taken apart. Put right by hand what is wrong, and enter a new referral for whoever needs one.",
    };
  const draft = new Draft(state, ctx);
  const erase = takeApart(draft, ctx, other, { ...around, by: staff.staffId });
  draft.owe({
    kind: "apply",
    episodeId: other.episodeId,
    command: { type: "not-the-same", episodeId: state.episode.episodeId, by: staff.staffId },
  });
  const facts = { episodeId: other.episodeId, ...whatFollowed(state, draft.state) };
  const change = finishWithReason(draft, ctx, takenBack, facts, body.reason);
  return { change, erase };
}

const takenBack = "same-person-taken-back";

/** The same in the other record. Safe to repeat: what is apart stays so. */
export function followTakenBack(
  state: OpenState,
  command: Extract<SamePersonCommand, { readonly type: "not-the-same" }>,
  ctx: DecisionContext,
  around: Around,
): TakenApart | undefined {
  const other = findOther(state, command.episodeId);
  if (other === undefined) return undefined;
  const draft = new Draft(state, ctx);
  const erase = takeApart(draft, ctx, other, { ...around, by: command.by });
  const facts = { episodeId: other.episodeId, ...whatFollowed(state, draft.state) };
  return { change: draft.finish(takenBack, facts), erase };
}

function findOther({ episode }: OpenState, episodeId: string): OtherRecord | undefined {
  return episode.others?.find((one) => one.episodeId === episodeId);
}

/** Sort keys of closed items that the decision looks at: what was ended here, and the answer itself. */
export function itemsToTakeApart(
  { episode }: Pick<OpenState, "episode">,
  otherEpisodeId: string,
  otherParticipantId: string,
): readonly string[] {
  const other = episode.others?.find(({ episodeId }) => episodeId === otherEpisodeId);
  return [
    taskSk("same-person", otherParticipantId),
    ...(other?.stood?.items ?? []).map(({ sk }) => sk),
    ...Object.entries(episode.medicines ?? {}).map(([medicine, { version }]) =>
      supplyTaskSk(medicine, version),
    ),
  ];
}

function takeApart(
  draft: Draft,
  ctx: DecisionContext,
  other: OtherRecord,
  around: Around & { readonly by: string },
): TakenApart["erase"] {
  const before = draft.episode;
  const { took = {}, episodeId } = other;
  draft.set({ others: before.others?.filter((one) => one.episodeId !== episodeId) ?? [] });
  const erase = [
    ...giveBackWords(draft, took, episodeId),
    ...giveBackMedicines(draft, took),
    ...giveBackReleases(draft, took, around.by),
  ];
  giveBackFacts(draft, took);
  giveBackProfile(draft, took, around.profile);
  giveBackConsents(draft, took);
  if (!isTerminal(before.status)) followFacts(draft, ctx, before);
  endWhatWasAsked(draft, episodeId);
  if (other.stood !== undefined && isStillEndedBy(draft, other))
    goOnHere(draft, ctx, other, around.groups);
  followSuppliesAgain(draft, took);
  putAnswerRight(draft, around);
  askToLook(draft, ctx, other);
  return erase;
}

/** The other's words leave; a review that a clinician owes them stays in sight, and leads to the record that they are of. */
function giveBackWords(draft: Draft, took: TakenOver, other: string): TakenApart["erase"] {
  const { noteId } = took;
  if (noteId === undefined) return [];
  const reply = findTask(draft, "inbound-reply", noteId);
  if (reply !== undefined) endTask(draft, reply, "superseded");
  const review = findTask(draft, "clinician-review", `note-${noteId}`);
  if (review?.status === "open")
    draft.replace(review, {
      words:
        "Words that may speak of danger stood here, and they are of another person, whose record was taken for this one’s. Read them there, and see that somebody has spoken with that person.",
      about: { type: "episode", id: other },
    });
  return [keys.note(draft.episode.episodeId, noteId)];
}

/** The record that was copied over leaves; what staff recorded since then is this person's own. */
function giveBackMedicines(draft: Draft, { medicines = [] }: TakenOver): TakenApart["erase"] {
  const { episodeId } = draft.episode;
  const copied = 1;
  for (const medicine of medicines) {
    const { [medicine]: state, ...rest } = draft.episode.medicines ?? {};
    if (state?.version === copied) draft.set({ medicines: rest });
  }
  return medicines.map((medicine) => keys.medicine(episodeId, medicine, copied));
}

/** A fact that still stands as it came goes back to what stood before it. */
function giveBackFacts(draft: Draft, { facts }: TakenOver): void {
  if (facts === undefined) return;
  const { added, before } = facts;
  const { pregnant, injects, recentHigherCareOn, ...others } = draft.episode.facts;
  const back = <Fact>(is: Fact, came: Fact, was: Fact) =>
    came !== undefined && is === came ? was : is;
  const now = {
    pregnant: back(pregnant, added.pregnant, before.pregnant),
    injects: back(injects, added.injects, before.injects),
    recentHigherCareOn: back(
      recentHigherCareOn,
      added.recentHigherCareOn,
      before.recentHigherCareOn,
    ),
  };
  draft.set({
    facts: {
      ...others,
      ...(now.pregnant === undefined ? {} : { pregnant: now.pregnant }),
      ...(now.injects === undefined ? {} : { injects: now.injects }),
      ...(now.recentHigherCareOn === undefined
        ? {}
        : { recentHigherCareOn: now.recentHigherCareOn }),
    },
  });
}

function giveBackProfile(
  draft: Draft,
  { profile: carried = [] }: TakenOver,
  profile: Profile | undefined,
): void {
  if (carried.length === 0 || profile === undefined) return;
  const own = Object.entries(profile).filter(([fact]) => !carried.some((one) => one === fact));
  draft.identity({
    ...keys.profile(draft.episode.participantId),
    attributes: Object.fromEntries(own),
  });
}

/** Somebody else agreed to it; that it was taken back here stays. */
function giveBackConsents(draft: Draft, { consents: carried = [] }: TakenOver): void {
  const { consents } = draft.episode;
  draft.set({
    consents: {
      ...consents,
      ...Object.fromEntries(
        (["sms", "email"] as const).flatMap((channel) => {
          const { withdrawnAt } = consents[channel];
          const left = withdrawnAt === undefined ? {} : { withdrawnAt };
          return carried.includes(channel) ? [[channel, left]] : [];
        }),
      ),
      ...(carried.includes("voicemail") ? { voicemail: false } : {}),
    },
  });
}

/** What was asked for only because the two were one. */
function endWhatWasAsked(draft: Draft, other: string): void {
  const asked: readonly (readonly [TaskKind, string])[] = [
    ["known-facts", other],
    ["consents-said", other],
    ["clinician-review", `back-within-30-days-${other}`],
    ["clinician-review", `referred-after-death-${other}`],
    ["clinician-review", `two-records-${other}`],
  ];
  for (const [kind, occurrence] of asked) {
    const task = findTask(draft, kind, occurrence);
    if (task !== undefined) endTask(draft, task, "superseded");
  }
}

const endedBecause = { "goes-on-in": "same-person", later: "readmitted" } as const;

function isStillEndedBy({ episode }: Draft, { how }: OtherRecord): boolean {
  return (how === "goes-on-in" || how === "later") && episode.closingReason === endedBecause[how];
}

/** Nobody has told the person that nothing came meanwhile: somebody calls. */
function goOnHere(
  draft: Draft,
  ctx: DecisionContext,
  other: OtherRecord,
  groups: readonly GroupPlaces[],
): void {
  const { stood, how } = other;
  if (stood === undefined || (how !== "goes-on-in" && how !== "later")) return;
  standAgain(draft, ctx, stood, endedBecause[how], groups);
  sayPlaces(draft, ctx, groups);
  openTask(draft, ctx, {
    taskKind: "first-contact-call",
    occurrence: `not-the-same-${other.episodeId}-v${draft.episode.version}`,
    words: `Care under this record was ended on ${localDate(stood.recordedAt, stood.timeZone)} because the person was taken for another, and nothing was sent or asked since. Call, find out how they are, and agree on what comes next.`,
  });
}

function supplyTaskSk(medicine: string, version: number): string {
  return taskSk("medication-supply", supplyOccasion(medicine, version));
}

/** A supply that was to be followed in the other record is somebody's work here again, with its own deadline. */
function followSuppliesAgain(draft: Draft, { suppliesEnded = [] }: TakenOver): void {
  for (const [medicine, { version }] of Object.entries(draft.episode.medicines ?? {})) {
    const task = draft.item(supplyTaskSk(medicine, version));
    if (task?.kind !== "task" || task.status === "open") continue;
    const isFollowedThere =
      task.status === "cancelled"
        ? suppliesEnded.some((one) => one === medicine)
        : task.outcome?.code === "in-other-record";
    if (!isFollowedThere) continue;
    const { outcome: _outcome, ...work } = task;
    draft.restore({ ...work, status: "open" });
  }
}

/** The question stands with the answer that is true. */
function putAnswerRight(
  draft: Draft,
  { otherParticipantId, by }: Around & { readonly by: string },
): void {
  const task = findTask(draft, "same-person", otherParticipantId);
  if (task?.outcome?.code !== "same-person") return;
  draft.replace<CareTask>(task, {
    outcome: { code: "not-the-same", recordedBy: by, recordedAt: draft.now },
  });
}

function askToLook(draft: Draft, ctx: DecisionContext, other: OtherRecord): void {
  const since = localDate(other.at, draft.episode.timeZone);
  const { profile = [], consents = [], medicines = [] } = other.took ?? {};
  const releases = releasesIn(other.took ?? {});
  const gone = carriedInWords([...profile, ...consents, ...releases], medicines);
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `not-the-same-${other.episodeId}-v${draft.episode.version}`,
    words: `This record and another were taken for one person since ${since}, and they are two. Read the alerts, notes, calls and screens of both from that time: what was said of one may stand with the other. See that each is spoken with about what concerns them.${gone === "" ? "" : ` Taken off here, to be asked anew: ${gone}.`}`,
    assignedFunction: "clinician",
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    priority: "safety",
    about: { type: "episode", id: other.episodeId },
  });
}
