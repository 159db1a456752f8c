import type { Change } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import { endEarlierCare, keepOtherRecord } from "../../../shared/care/people/other-records.ts";
import type { Channel } from "../../../shared/care/program/program.ts";
import { endOfNextStaffedDay } from "../../../shared/care/program/staffed-time.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import { ownValue } from "../../../shared/care/text/own-value.ts";
import { addDays, localDate } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { isLive } from "../../../shared/messages/consent.ts";
import type { Profile } from "../../../shared/store/read-profile.ts";
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
  const asOf = endedAt(earlier.episode).slice(0, 10);
  const carried = [...carryProfile(draft, earlier), ...carryConsents(draft, earlier.episode)];
  if (carried.includes("sms") || carried.includes("email")) planAgain(draft, ctx);
  const differs = episode.language !== earlier.episode.language;
  openTask(draft, ctx, {
    taskKind: "known-facts",
    occurrence: other,
    words: `In care here before, until ${asOf}. Go through what is known as of then with the person: is it still right? What is not is put right on the page about them.`,
    about: { type: "episode", id: other },
    evidence: {
      asOf,
      ...(carried.length === 0 ? {} : { carriedOver: carried.map(said).join(", ") }),
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

/** When care ended: with the discharge, or with the pathway. */
export function endedAt(episode: Episode): string {
  return episode.dischargedAt ?? episode.closedAt ?? episode.createdAt;
}

const carriedFacts = [
  "preferredName",
  "pronouns",
  "recordNumber",
  "safeTimes",
  "accessNeeds",
  "reachBy",
  "emergencyContact",
] as const;

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
};

function said(fact: string): string {
  return ownValue(factLabels, fact) ?? fact;
}

/** What the new referral does not say and the earlier record knows. */
function carryProfile(draft: Draft, { profile, own }: EarlierRecord): readonly string[] {
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
function carryConsents(draft: Draft, earlier: Episode): readonly string[] {
  const { episode } = draft;
  if (episode.facts.under18) return [];
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
  return [...carried, ...(voicemail ? ["voicemail"] : [])];
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
