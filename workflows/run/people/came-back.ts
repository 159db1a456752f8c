import type { Change } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import {
  carriedFacts,
  type Episode,
  type TakenOver,
} from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import {
  endEarlierCare,
  followHereOnly,
  keepOtherRecord,
} from "../../../shared/care/people/other-records.ts";
import { type MedicineKind, medicineRecords } from "../../../shared/care/program/medicine-kinds.ts";
import type { Channel } from "../../../shared/care/program/program.ts";
import { endOfNextStaffedDay } from "../../../shared/care/program/staffed-time.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { isLive } from "../../../shared/messages/consent.ts";
import type { Profile } from "../../../shared/store/person-items.ts";
import { carryReleases } from "./carried-releases.ts";
import type { EarlierRecord } from "./other-record.ts";
import { planAgain } from "./plan-again.ts";

/** Somebody back within so many days is screened again before the first group (days; a default that a clinician signs off). */
const rescreenWithinDays = 30;

/**
 * A new episode of somebody who was in care before: what is known of them is carried over, to be confirmed with them,
 * and a clinician asks the screens again where they are back within 30 days. What follows the earlier care up ends
 * when they are admitted.
 *
 * @param state - with all messages of the episode among its items
 */
export function cameBack(
  state: OpenState,
  earlier: EarlierRecord,
  ctx: DecisionContext,
): Change | undefined {
  const { episode } = state;
  const other = earlier.episode.episodeId;
  if (episode.others?.some(({ episodeId }) => episodeId === other)) return undefined;
  const draft = new Draft(state, ctx);
  keepOtherRecord(draft, other, "earlier");
  if (isTerminal(episode.status))
    return draft.finish("was-in-care-before", { episodeId: other, carried: "" });
  const asOf = localDate(endedAt(earlier.episode), episode.timeZone);
  const profile = carryProfile(draft, earlier);
  const consents = carryConsents(draft, earlier.episode);
  const releases = [...carryReleases(draft, earlier.releases)];
  const carried = [...profile, ...consents, ...releasesIn({ releases })];
  if (carried.includes("sms") || carried.includes("email")) planAgain(draft, ctx);
  const differs = episode.language !== earlier.episode.language;
  const kinds = carryMedicines(draft, earlier);
  const medicines = carriedInWords([], kinds);
  keepOtherRecord(draft, other, "earlier", { profile, consents, medicines: kinds, releases });
  openTask(draft, ctx, {
    taskKind: "known-facts",
    occurrence: other,
    words: `In care here before, until ${asOf}. Go through what is known as of then with the person: is it still right? What is not is put right on the page about them.${medicines === "" ? "" : ` Ask about their medicine too (${medicines}), and record it on their page: until then its supply is followed in the earlier record.`}`,
    about: { type: "episode", id: other },
    evidence: {
      asOf,
      ...(carried.length === 0 ? {} : { carriedOver: carriedInWords(carried, []) }),
      ...(medicines === "" ? {} : { medicinesThen: medicines }),
      ...(differs ? { languageThen: earlier.episode.language } : {}),
    },
  });
  rescreen(draft, ctx, earlier.episode);
  if (!["referred", "screening", "assessed", "waiting"].includes(episode.status))
    endEarlierCare(draft);
  return draft.finish("was-in-care-before", {
    episodeId: other,
    carried: carried.join(" "),
  });
}

/**
 * The medicines that were taken as the earlier record knows it, as they stood there. Who is to renew them stays as it is:
 * the earlier record's task, until somebody records here how it stands now, which ends it.
 *
 * @returns which, for the question whether they are still right
 */
function carryMedicines(draft: Draft, earlier: EarlierRecord): readonly MedicineKind[] {
  const { episodeId, medicines: known = {} } = draft.episode;
  const taken = earlier.medicines.filter(
    ({ medicine, isTaken }) => isTaken && known[medicine] === undefined,
  );
  // What staff recorded here before anybody said that it is the same person counts: nobody renews it there, too.
  for (const { medicine } of earlier.medicines)
    if (known[medicine] !== undefined) followHereOnly(draft, medicine);
  for (const one of taken) {
    const { medicine, isTaken, supplyThrough, nextVisitOn, at: recordedAt } = one;
    draft.identity({
      ...keys.medicine(episodeId, medicine, 1),
      attributes: { kind: "medicine", ...one, version: 1 },
    });
    draft.set({
      medicines: {
        ...draft.episode.medicines,
        [medicine]: {
          version: 1,
          recordedAt,
          isTaken,
          ...(supplyThrough === undefined ? {} : { supplyThrough }),
          ...(nextVisitOn === undefined ? {} : { nextVisitOn }),
        },
      },
    });
  }
  return taken.map(({ medicine }) => medicine);
}

/** When care ended: with the discharge, or with the pathway. */
export function endedAt(episode: Episode): string {
  return episode.dischargedAt ?? episode.closedAt ?? episode.createdAt;
}

const factLabels: Readonly<Record<string, string>> = {
  preferredName: "preferred name",
  recordNumber: "record number",
  safeTimes: "safe times",
  accessNeeds: "access needs",
  reachBy: "how to reach them",
  emergencyContact: "emergency contact",
  sms: "consent to texts",
  email: "consent to emails",
  voicemail: "voicemail",
  releases: "who may be told what",
};

/** The name by which releases that came over are told, where any did. */
export function releasesIn({ releases = [] }: Pick<TakenOver, "releases">): readonly "releases"[] {
  return releases.length === 0 ? [] : ["releases"];
}

/** What was carried over, as staff read it: "pronouns, consent to texts, Buprenorphine". */
export function carriedInWords(
  facts: readonly string[],
  medicines: readonly MedicineKind[],
): string {
  return [
    ...facts.map((fact) => ownValue(factLabels, fact) ?? fact),
    ...medicines.map((kind) => medicineRecords[kind].label),
  ].join(", ");
}

/** What the new referral does not say and the earlier record knows. */
function carryProfile(
  draft: Draft,
  { profile, own }: EarlierRecord,
): NonNullable<TakenOver["profile"]> {
  if (profile === undefined || own === undefined) return [];
  const missing = carriedFacts.filter(
    (fact) => own[fact] === undefined && profile[fact] !== undefined,
  );
  if (missing.length === 0) return [];
  const { participantId } = draft.episode;
  const next: Profile = {
    ...own,
    ...Object.fromEntries(missing.map((fact) => [fact, profile[fact]])),
  };
  draft.identity({ ...keys.profile(participantId), attributes: next });
  return missing;
}

/** A word of the person's own about the same number or address, which they have not taken back. */
function carryConsents(draft: Draft, earlier: Episode): NonNullable<TakenOver["consents"]> {
  const { episode } = draft;
  if (episode.facts.under18 || episode.facts.birthDateUnknown === true) return [];
  const isSamePoint = (channel: Channel) =>
    episode.reach[channel] !== undefined &&
    episode.reach[channel]?.contactPointId === earlier.reach[channel]?.contactPointId;
  const carried = (["sms", "email"] as const).filter((channel) => {
    const { grantedAt, withdrawnAt } = episode.consents[channel];
    const isUnsaid = grantedAt === undefined && withdrawnAt === undefined;
    return isUnsaid && isSamePoint(channel) && isLive(earlier.consents[channel]);
  });
  const voicemail = !episode.consents.voicemail && earlier.consents.voicemail && isSamePoint("sms");
  draft.set({
    consents: {
      ...episode.consents,
      ...Object.fromEntries(carried.map((channel) => [channel, earlier.consents[channel]])),
      ...(voicemail ? { voicemail: true } : {}),
    },
  });
  return [...carried, ...(voicemail ? (["voicemail"] as const) : [])];
}

function rescreen(draft: Draft, ctx: DecisionContext, earlier: Episode): void {
  const { timeZone } = ctx.site;
  const endedOn = localDate(endedAt(earlier), timeZone);
  if (localDate(ctx.now, timeZone) > addDays(endedOn, rescreenWithinDays)) return;
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `back-within-30-days-${earlier.episodeId}`,
    words: `Back within ${rescreenWithinDays} days: earlier care ended on ${endedOn}. Ask the suicide and withdrawal screens again before the first group, and say what will differ.`,
    assignedFunction: "clinician",
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    priority: "urgent",
    about: { type: "episode", id: earlier.episodeId },
  });
}
