// Long because it is one decision: every fact that is put right, and what each takes along.

import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../../shared/care/episode/status.ts";
import type { Correction, Fact, NamedPoint } from "../../../shared/care/people/correction.ts";
import { keepAsOwn } from "../../../shared/care/people/other-records.ts";
import type { Channel } from "../../../shared/care/program/program.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import { openTask } from "../../../shared/care/tasks/open-task.ts";
import { actingStaff } from "../../../shared/care/tasks/refuse.ts";
import { ageInYears, localDate } from "../../../shared/care/time/zoned-time.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { closeChannel } from "../../../shared/messages/close-channel.ts";
import { followFacts } from "../../../shared/messages/follow-facts.ts";
import { whatFollowed } from "../../../shared/messages/what-followed.ts";
import type { Profile } from "../../../shared/store/person-items.ts";
import { setReferralFacts } from "../../intake/follow-referral-facts.ts";
import { heedWords } from "./heed-words.ts";
import { planAgain } from "./plan-again.ts";

/**
 * Puts facts about a person right: in one change with its reason, and with everything that was planned by them. What
 * names a person goes to `identity`; the audit trail says which facts, by whom and why.
 *
 * @param state - with all messages of the episode among its items
 * @param known.profile - what stands in `identity`; `undefined` where it was erased
 * @param known.points - the numbers and addresses that the correction names, as their records say
 */
export function correctPerson(
  state: OpenState,
  body: Correction & { readonly reason: string },
  ctx: DecisionContext,
  known: {
    readonly profile: Profile | undefined;
    readonly points: readonly NamedPoint[];
  },
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { reason, ...correction } = body;
  if (known.profile === undefined)
    return { refused: "not-now", sentence: "Who this person is has been erased." };
  const facts = changedFacts(state.episode, correction, known);
  if (facts.length === 0)
    return { refused: "not-now", sentence: "This is on record already. Nothing was changed." };
  const draft = new Draft(state, ctx);
  const before = state.episode;
  draft.identity({
    ...keys.profile(before.participantId),
    attributes: correctedProfile(known.profile, correction, {
      facts,
      points: known.points,
      at: ctx.now,
      by: staff.staffId,
    }),
  });
  setFacts(draft, ctx, correction, facts);
  keepAsOwn(draft, { profile: facts });
  for (const channel of ["sms", "email"] as const)
    setReach(draft, ctx, channel, correction, known.points);
  if (!isTerminal(before.status)) followAll(draft, ctx, before, known.points);
  heedWords(draft, ctx, correction);
  return finishWithReason(
    draft,
    ctx,
    "person-corrected",
    { ...auditFacts(correction, facts), ...whatFollowed(state, draft.state) },
    reason,
  );
}

const textFacts = [
  "preferredName",
  "pronouns",
  "birthDate",
  "reachBy",
  "safeTimes",
  "accessNeeds",
  "recordNumber",
] as const;

/** Of what was given, what differs from what is on record. */
function changedFacts(
  episode: Episode,
  correction: Correction,
  known: { readonly profile?: Profile | undefined; readonly points: readonly NamedPoint[] },
): readonly Fact[] {
  const profile: Partial<Profile> = known.profile ?? {};
  const differs: Readonly<Record<Fact, () => boolean>> = {
    name: () =>
      correction.name?.given !== profile.given || correction.name?.family !== profile.family,
    preferredName: () => (correction.preferredName ?? undefined) !== profile.preferredName,
    pronouns: () => (correction.pronouns ?? undefined) !== profile.pronouns,
    birthDate: () => correction.birthDate !== profile.birthDate,
    language: () => correction.language !== episode.language,
    interpreter: () => correction.interpreter !== (episode.facts.interpreter ?? false),
    timeZone: () => correction.timeZone !== episode.timeZone,
    phone: () => {
      const is = episode.reach.sms;
      if (correction.phone == null) return is !== undefined || profile.phoneId !== undefined;
      return (
        pointOf(known.points, "sms") !== is?.contactPointId || correction.phone.kind !== is?.kind
      );
    },
    email: () => {
      const is = episode.reach.email;
      if (correction.email == null) return is !== undefined || profile.emailId !== undefined;
      return pointOf(known.points, "email") !== is?.contactPointId;
    },
    reachBy: () => (correction.reachBy ?? undefined) !== profile.reachBy,
    safeTimes: () => (correction.safeTimes ?? undefined) !== profile.safeTimes,
    accessNeeds: () => (correction.accessNeeds ?? undefined) !== profile.accessNeeds,
    recordNumber: () => (correction.recordNumber ?? undefined) !== profile.recordNumber,
    pregnant: () => (correction.pregnant ?? undefined) !== episode.facts.pregnant,
    injects: () => (correction.injects ?? undefined) !== episode.facts.injects,
    recentHigherCareOn: () =>
      (correction.recentHigherCareOn ?? undefined) !== episode.facts.recentHigherCareOn,
    home: () =>
      correction.home?.address !== profile.homeAddress ||
      correction.home?.state !== episode.facts.homeState,
    emergencyContact: () =>
      JSON.stringify(correction.emergencyContact ?? undefined) !==
      JSON.stringify(profile.emergencyContact),
  };
  return (Object.keys(differs) as Fact[]).filter(
    (fact) => correction[fact] !== undefined && differs[fact](),
  );
}

function pointOf(points: readonly NamedPoint[], channel: Channel): string | undefined {
  return points.find((point) => point.channel === channel)?.contactPointId;
}

function correctedProfile(
  profile: Profile,
  correction: Correction,
  made: {
    readonly facts: readonly Fact[];
    readonly points: readonly NamedPoint[];
    readonly at: string;
    readonly by: string;
  },
): Readonly<Record<string, unknown>> {
  const said = { at: made.at, by: made.by };
  const next: Record<string, unknown> = {
    ...profile,
    ...correction.name,
    said: {
      ...profile.said,
      ...Object.fromEntries(made.facts.map((fact) => [fact, said])),
    },
  };
  for (const fact of [...textFacts, "emergencyContact"] as const)
    if (correction[fact] !== undefined) next[fact] = correction[fact] ?? undefined;
  if (correction.home !== undefined) next.homeAddress = correction.home?.address;
  if (correction.phone !== undefined) next.phoneId = pointOf(made.points, "sms");
  if (correction.email !== undefined) next.emailId = pointOf(made.points, "email");
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}

/** What decisions look at, beside how the person is reached. */
function setFacts(
  draft: Draft,
  ctx: DecisionContext,
  correction: Correction,
  facts: readonly Fact[],
): void {
  const { episode } = draft;
  const { birthDateUnknown: isUnknown, homeState, ...others } = episode.facts;
  const { language, timeZone, interpreter, birthDate, reachBy, home } = correction;
  const state = home === undefined ? homeState : home?.state;
  const under18 =
    birthDate === undefined
      ? episode.facts.under18
      : ageInYears(birthDate, localDate(ctx.now, ctx.site.timeZone)) < 18;
  draft.set({
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    facts: {
      ...others,
      ...(isUnknown === true && birthDate === undefined ? { birthDateUnknown: true } : {}),
      under18,
      ...(interpreter === undefined ? {} : { interpreter }),
      ...(state === undefined ? {} : { homeState: state }),
    },
  });
  if (reachBy !== undefined) {
    const { reachBy: _was, ...reach } = draft.episode.reach;
    draft.set({ reach: { ...reach, ...(reachBy === null ? {} : { reachBy: true }) } });
  }
  setReferralFacts(draft, ctx, correction, facts);
  if (facts.includes("birthDate") && under18 && !episode.facts.under18) askGuardian(draft, ctx);
}

/** A minor's own consent starts nothing: a person speaks with them and their guardian (a default that a clinician signs off). */
function askGuardian(draft: Draft, ctx: DecisionContext): void {
  draft.set({ consents: { ...draft.episode.consents, sms: {}, email: {}, voicemail: false } });
  openTask(draft, ctx, {
    taskKind: "first-contact-call",
    occurrence: `under-18-v${draft.episode.version}`,
    words:
      "The birth date was corrected: under 18. Intake is a call by staff, with the guardian where the law asks for it. Nothing is sent.",
  });
}

function setReach(
  draft: Draft,
  ctx: DecisionContext,
  channel: Channel,
  correction: Correction,
  points: readonly NamedPoint[],
): void {
  const given = channel === "sms" ? correction.phone : correction.email;
  if (given === undefined) return;
  const { [channel]: was, ...others } = draft.episode.reach;
  const contactPointId = pointOf(points, channel);
  const isMoved = was?.contactPointId !== contactPointId;
  const kind = given !== null && "kind" in given ? given.kind : "own";
  draft.set({
    reach:
      contactPointId === undefined
        ? others
        : {
            ...others,
            [channel]: isMoved
              ? { contactPointId, kind, since: ctx.now }
              : { ...was, contactPointId, kind },
          },
  });
  if (!isMoved) return;
  if (given?.givenBy !== "participant") withdrawUnsaid(draft, channel);
  endTasksAbout(draft, channel, was?.contactPointId);
  if (was !== undefined && given?.former === "somebody-elses" && channel === "sms")
    draft.owe({
      kind: "contact-point",
      contactPointId: was.contactPointId,
      channel,
      command: "wrong-number",
      by: ctx.actor,
    });
}

/** What the participant agreed to was for what they had given themself. */
function withdrawUnsaid(draft: Draft, channel: Channel): void {
  const { consents } = draft.episode;
  draft.set({
    consents: { ...consents, [channel]: {}, ...(channel === "sms" ? { voicemail: false } : {}) },
  });
}

/** Another way to be reached was asked for, and here it is. */
function endTasksAbout(draft: Draft, channel: Channel, contactPointId: string | undefined): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "channel-needed" || item.status !== "open")
      continue;
    if (item.owed !== undefined) continue;
    const isAbout = item.about?.type === "contact-point" && item.evidence.channel === channel;
    if (isAbout && (contactPointId === undefined || item.about?.id === contactPointId))
      draft.replace(item, { status: "cancelled" });
  }
}

/** Everything that was planned by what stood before. */
function followAll(
  draft: Draft,
  ctx: DecisionContext,
  before: Episode,
  points: readonly NamedPoint[],
): void {
  followFacts(draft, ctx, before);
  const { episode } = draft;
  const isReachedAnew =
    episode.language !== before.language ||
    (["sms", "email"] as const).some(
      (channel) =>
        episode.reach[channel] !== undefined &&
        episode.reach[channel]?.contactPointId !== before.reach[channel]?.contactPointId,
    );
  if (isReachedAnew) planAgain(draft, ctx);
  for (const { channel, contactPointId, state } of points)
    if (state !== "open") closeChannel(draft, ctx, { channel, contactPointId, why: state });
}

/** Which facts, and those of them that are codes; never a name, a number or a word. */
function auditFacts(
  correction: Correction,
  facts: readonly Fact[],
): Readonly<Record<string, string | boolean>> {
  const { language, timeZone, interpreter, phone, email, home } = correction;
  return {
    facts: facts.join(" "),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(interpreter === undefined ? {} : { interpreter }),
    ...(home == null ? {} : { homeState: home.state }),
    ...(phone == null ? {} : { phoneKind: phone.kind, phoneGivenBy: phone.givenBy }),
    ...(phone?.former === undefined ? {} : { formerPhone: phone.former }),
    ...(email == null ? {} : { emailGivenBy: email.givenBy }),
  };
}
