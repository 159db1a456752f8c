import type { Change } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { SamePersonCommand } from "../../../shared/care/change/outbox-entry.ts";
import type { Episode, TakenOver } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { type EpisodeStatus, isTerminal } from "../../../shared/care/episode/status.ts";
import { cancelTasks, endRequests } from "../../../shared/care/pathway/end-plans.ts";
import { withdrawFromPathway } from "../../../shared/care/pathway/withdraw.ts";
import { keepOfOtherRecord, keepOtherRecord } from "../../../shared/care/people/other-records.ts";
import { whatStood } from "../../../shared/care/people/what-stood.ts";
import { endRuns } from "../../../shared/care/runs/workflow-runs.ts";
import { hearWords } from "../../../shared/care/safety/record-note.ts";
import { endSupplyTasks } from "../../../shared/care/services/follow-supply.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import { matchWords } from "../../../shared/care/text/match-words.ts";
import type { MatchKind } from "../../../shared/care/text/normalise-text.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { cameBack } from "./came-back.ts";
import { carryReleases } from "./carried-releases.ts";
import type { EarlierRecord, NewReferral } from "./other-record.ts";
import { consentsSaid, wordsOfReferral } from "./words-of-referral.ts";

/** Another record that is perhaps of the same person. */
export type Match = {
  readonly participantId: string;
  readonly episodeId: string;
  readonly by: readonly MatchKind[];
};

/**
 * Asks a person whether others on record are the one of this referral: once for each of them.
 *
 * @param state - with the tasks that asked about them before
 * @returns `undefined` where everybody was asked about already
 */
export function askWhetherSame(
  state: OpenState,
  matches: readonly Match[],
  ctx: DecisionContext,
): Change | undefined {
  if (isTerminal(state.episode.status)) return undefined;
  const draft = new Draft(state, ctx);
  const before = draft.items().length;
  for (const { participantId, episodeId, by } of matches) {
    const same = matchWords(by);
    openTask(draft, ctx, {
      taskKind: "same-person",
      occurrence: participantId,
      words: `Somebody who is on record here has the same ${same}. Look at both: is it the same person?`,
      about: { type: "episode", id: episodeId },
      evidence: { sameAre: same },
    });
  }
  const asked = draft.items().length - before;
  return asked === 0 ? undefined : draft.finish("same-person-asked", { records: asked });
}

const inCare: readonly EpisodeStatus[] = [
  "referred",
  "screening",
  "assessed",
  "waiting",
  "active",
  "onhold",
  "discharge-planning",
];
const beforeTheProgram: readonly EpisodeStatus[] = ["referred", "screening", "assessed", "waiting"];

/** What follows from the answer; that it is taken back is a decision of its own. */
export type FollowsSamePerson = Exclude<SamePersonCommand, { readonly type: "not-the-same" }>;

/**
 * What follows in one of two records where staff said that they are of the same person.
 * Safe to repeat: what was done once is not done again.
 *
 * @param from.referral - the other record, where that is a new referral
 * @param from.earlier - the other record, where the person was in care before
 */
export function applySamePerson(
  state: OpenState,
  command: FollowsSamePerson,
  ctx: DecisionContext,
  from: { readonly referral?: NewReferral; readonly earlier?: EarlierRecord },
): Change | undefined {
  switch (command.type) {
    case "same-person":
      return from.referral === undefined ? undefined : takeIn(state, from.referral, ctx);
    case "goes-on-elsewhere":
      return goOnElsewhere(state, command.episodeId, ctx);
    case "came-back":
      return from.earlier === undefined ? undefined : cameBack(state, from.earlier, ctx);
    case "readmitted":
      return endEarlierCareHere(state, command.episodeId, ctx);
    case "medicine-elsewhere":
      return endSupplyHere(state, command, ctx);
  }
}

/** Somebody in care is not taken through a second pathway; somebody whose care ended begins a new one. */
function takeIn(state: OpenState, referral: NewReferral, ctx: DecisionContext): Change {
  const draft = new Draft(state, ctx);
  const { episode } = state;
  const own = { episodeId: episode.episodeId };
  const other = referral.episode.episodeId;
  if (!inCare.includes(episode.status)) {
    keepOtherRecord(draft, other, "later");
    draft.owe({ kind: "apply", episodeId: other, command: { type: "came-back", ...own } });
    if (episode.disposition === "deceased") doubtDeath(draft, ctx, other);
    return draft.finish("came-back", { episodeId: other });
  }
  const text = wordsOfReferral(referral);
  const noteId = ctx.newId();
  const facts = addFacts(draft, referral.episode);
  const releases = [...carryReleases(draft, referral.releases)];
  keepOtherRecord(draft, other, "joined-from", { noteId, facts, releases });
  draft.identity({
    ...keys.note(episode.episodeId, noteId),
    attributes: { kind: "note", source: "referral", text, at: ctx.now },
  });
  // The words were screened when they came, and whoever they paged is at work: here a clinician reads them.
  hearWords(draft, ctx, {
    text,
    safetyConcern: false,
    concernAbout: noteId,
    occasion: noteId,
    where: "a new referral",
    noteId,
  });
  openTask(draft, ctx, {
    taskKind: "inbound-reply",
    occurrence: noteId,
    words:
      "A new referral came for this person, who is in care already. Read it, answer whoever referred, and put right on the page about the person what has changed.",
    about: { type: "note", id: noteId },
    evidence: { sort: "referral", receivedAt: referral.episode.createdAt },
  });
  const said = consentsSaid(episode, referral);
  if (said !== undefined)
    openTask(draft, ctx, {
      taskKind: "consents-said",
      occurrence: other,
      words: said,
      about: { type: "episode", id: other },
    });
  draft.owe({ kind: "apply", episodeId: other, command: { type: "goes-on-elsewhere", ...own } });
  return draft.finish("referral-joined", { episodeId: other, noteId });
}

/** What decisions look at and the record did not know yet; with what stood in its place. */
function addFacts(draft: Draft, { facts }: Episode): NonNullable<TakenOver["facts"]> {
  const known = draft.episode.facts;
  const { pregnant, injects, recentHigherCareOn } = facts;
  const isNewer =
    recentHigherCareOn !== undefined && (known.recentHigherCareOn ?? "") < recentHigherCareOn;
  const added = {
    ...(pregnant === undefined ? {} : { pregnant }),
    ...(injects === undefined ? {} : { injects }),
    ...(isNewer ? { recentHigherCareOn } : {}),
  };
  draft.set({ facts: { ...known, ...added } });
  return {
    added,
    before: {
      ...(known.pregnant === undefined ? {} : { pregnant: known.pregnant }),
      ...(known.injects === undefined ? {} : { injects: known.injects }),
      ...(known.recentHigherCareOn === undefined
        ? {}
        : { recentHigherCareOn: known.recentHigherCareOn }),
    },
  };
}

function doubtDeath(draft: Draft, ctx: DecisionContext, other: string): void {
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `referred-after-death-${other}`,
    words:
      "A death is on record here, and the same person was referred again. Find out which is true, and put the record right.",
    priority: "urgent",
  });
}

/** The referral ends here: what is about safety or owed to the person stays, with its clocks. */
function goOnElsewhere(state: OpenState, other: string, ctx: DecisionContext): Change | undefined {
  const { status, others = [] } = state.episode;
  if (others.some(({ episodeId, how }) => episodeId === other && how === "goes-on-in"))
    return undefined;
  const draft = new Draft(state, ctx);
  keepOtherRecord(draft, other, "goes-on-in");
  if (beforeTheProgram.includes(status)) {
    withdrawFromPathway(draft, ctx, "same-person");
    const stood = whatStood(state, draft);
    keepOfOtherRecord(draft, other, () => ({ stood }));
  } else if (!isTerminal(status))
    openTask(draft, ctx, {
      taskKind: "clinician-review",
      occurrence: `two-records-${other}`,
      words:
        "This person is in care under two records. Decide with the team in which of them care goes on, and end the other.",
      assignedFunction: "supervisor",
      priority: "urgent",
    });
  return draft.finish("goes-on-elsewhere", { episodeId: other });
}

/**
 * Admitted again: nothing follows the earlier care up any more. Work that is owed stays, with its deadlines: a supply
 * that was followed here runs out all the same until a person records in the new record how it stands.
 */
function endEarlierCareHere(
  state: OpenState,
  other: string,
  ctx: DecisionContext,
): Change | undefined {
  const { status } = state.episode;
  if (status !== "aftercare" && status !== "discharged") return undefined;
  const draft = new Draft(state, ctx);
  draft.cancelMessages(() => true, "readmitted");
  endRequests(draft);
  cancelTasks(draft);
  endRuns(draft, (run) => run.workflow !== "escalation");
  draft.set({ status: "closed", closedAt: ctx.now, closingReason: "readmitted" });
  const stood = whatStood(state, draft);
  keepOfOtherRecord(draft, other, () => ({ stood }));
  return draft.finish("earlier-care-ended", { from: status });
}

/** A person recorded in the newer record how it stands with the medicine: nobody renews it, and nothing rings, from here. */
function endSupplyHere(
  state: OpenState,
  { episodeId, medicine }: Extract<SamePersonCommand, { readonly type: "medicine-elsewhere" }>,
  ctx: DecisionContext,
): Change | undefined {
  const draft = new Draft(state, ctx);
  if (endSupplyTasks(draft, medicine) === 0) return undefined;
  keepOfOtherRecord(draft, episodeId, ({ took }) => ({
    took: { ...took, suppliesEnded: [...(took?.suppliesEnded ?? []), medicine] },
  }));
  return draft.finish("medicine-followed-elsewhere", { medicine, episodeId });
}
