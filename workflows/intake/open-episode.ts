import {
  type Change,
  type IdentityPut,
  isRefusal,
  type Refusal,
} from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { Episode, ReachPoint } from "../../shared/care/episode/episode.ts";
import {
  type InstrumentAnswers,
  type IntakeIds,
  type IntakeRequest,
  keptOfReferral,
  referralWordNames,
} from "../../shared/care/people/intake-request.ts";
import { addRun } from "../../shared/care/runs/workflow-runs.ts";
import { findWorstPhrase } from "../../shared/care/safety/find-crisis-phrase.ts";
import { raiseForWords } from "../../shared/care/safety/raise-for-words.ts";
import { hearWords } from "../../shared/care/safety/record-note.ts";
import { ageInYears, localDate } from "../../shared/care/time/zoned-time.ts";
import { keys } from "../../shared/keys/keys.ts";
import { recordAnswers } from "../../shared/questions/record-answers.ts";
import { type KeptForms, keepForms } from "./keep-forms.ts";

/** Events after which somebody did not come from a higher level of care. */
const lowerCareKinds = [
  "outpatient",
  "primary-care",
  "court",
  "school",
  "employer",
  "self",
  "other",
];

export type OpenedEpisode = {
  /** The episode as it is committed. */
  readonly episode: Episode;
  readonly change: Change;
  /** True when an answer or a word asks for the crisis page at once. */
  readonly isSafetyPositive: boolean;
};

/**
 * Opens an episode for a referral: its root, the identity profile, the intake workflow, the answers that
 * came with it and, where one asks for it, the safety alert. Committed with `before: undefined`.
 *
 * Consents count only where the participant refers themself. Free text goes to `identity`, after the
 * crisis screen has read it.
 *
 * @param ids.reach - contact point ids (keyed hashes) of the phone and the address
 * @param answers - whole sets, already read from their forms
 * @param forms - what else the forms hold, where any came: nothing of it refuses the request
 */
export function openEpisode(
  request: IntakeRequest,
  ctx: DecisionContext,
  ids: IntakeIds,
  answers: readonly InstrumentAnswers[] = [],
  forms?: KeptForms,
): OpenedEpisode | Refusal {
  const draft = new Draft({ episode: newEpisode(request, ctx, ids), items: new Map() }, ctx);
  draft.identity(profilePut(request, ids));
  const referral = referralPut(request, ids);
  if (referral !== undefined) draft.identity(referral);
  let isSafetyPositive = screenReferral(draft, ctx, request);
  if (request.safetyConcern === true) {
    hearConcern(draft, ctx);
    isSafetyPositive = true;
  }
  for (const [index, set] of answers.entries()) {
    const recorded = recordAnswers(draft, ctx, {
      instrumentId: set.instrumentId,
      answers: set.answers,
      ...(set.answeredOn === undefined ? {} : { answeredOn: set.answeredOn }),
      submissionKey: `referral-${index + 1}`,
    });
    if (isRefusal(recorded)) return { ...recorded, details: { response: index } };
    isSafetyPositive ||= recorded.isSafetyPositive;
  }
  if (forms !== undefined)
    isSafetyPositive = keepForms(draft, ctx, forms, answers) || isSafetyPositive;
  addRun(draft, { workflow: "intake", subject: ids.episodeId });
  const change = draft.finish("episode-opened", {
    source: request.source,
    programId: request.programId,
    under18: draft.episode.facts.under18,
    smsConsent: draft.episode.consents.sms.grantedAt !== undefined,
    emailConsent: draft.episode.consents.email.grantedAt !== undefined,
    instruments: answers.length,
  });
  return { episode: change.episode, change, isSafetyPositive };
}

function newEpisode(request: IntakeRequest, ctx: DecisionContext, ids: IntakeIds): Episode {
  const { participant } = request;
  const timeZone = participant.timeZone ?? ctx.site.timeZone;
  const facts = factsOf(request, ctx);
  // Under 18 a person calls: no consent of a minor's own starts automated messages (a default that a clinician signs off).
  const isOwnWord = request.source === "self" && !facts.under18;
  const wordingVersion = `policy-${ctx.policy.policyVersion}`;
  const granted = { grantedAt: ctx.now, wordingVersion };
  const sms: ReachPoint | undefined =
    ids.reach.sms === undefined
      ? undefined
      : { contactPointId: ids.reach.sms, kind: participant.phoneKind ?? "own" };
  const email: ReachPoint | undefined =
    ids.reach.email === undefined ? undefined : { contactPointId: ids.reach.email, kind: "own" };
  return {
    kind: "episode",
    episodeId: ids.episodeId,
    participantId: ids.participantId,
    reference: ids.reference,
    siteId: ctx.site.siteId,
    programId: ctx.program.programId,
    programVersion: ctx.program.version,
    status: "referred",
    version: 0,
    audit: { sequence: 0, hash: "" },
    recentCommands: [],
    open: [],
    timeZone,
    language: participant.language,
    source: request.source,
    createdAt: ctx.now,
    reach: {
      ...(sms === undefined ? {} : { sms }),
      ...(email === undefined ? {} : { email }),
      ...(participant.reachBy === undefined ? {} : { reachBy: true }),
    },
    consents: {
      sms: isOwnWord && request.consents.sms && sms !== undefined ? granted : {},
      email: isOwnWord && request.consents.email && email !== undefined ? granted : {},
      voicemail: isOwnWord && request.consents.voicemail && sms !== undefined,
    },
    facts,
    scores: [],
    weeks: [],
    openEscalations: [],
    unreachedContacts: 0,
  };
}

function factsOf(request: IntakeRequest, ctx: DecisionContext): Episode["facts"] {
  const { participant, referralEvent } = request;
  const today = localDate(ctx.now, ctx.site.timeZone);
  const isHigherCare = referralEvent !== undefined && !lowerCareKinds.includes(referralEvent.kind);
  // Somebody referred from a ward is often still there: without a date, it counts from today.
  const higherCareOn = isHigherCare ? (referralEvent.dischargedOn ?? today) : undefined;
  return {
    under18: participant.birthDate !== undefined && ageInYears(participant.birthDate, today) < 18,
    ...(participant.birthDate === undefined ? { birthDateUnknown: true } : {}),
    answeredInstruments: [],
    ...(request.pregnant === undefined ? {} : { pregnant: request.pregnant }),
    ...(request.injects === undefined ? {} : { injects: request.injects }),
    ...(participant.interpreter === undefined ? {} : { interpreter: participant.interpreter }),
    ...(higherCareOn === undefined ? {} : { recentHigherCareOn: higherCareOn }),
  };
}

function profilePut(request: IntakeRequest, ids: IntakeIds): IdentityPut {
  const { participant } = request;
  return {
    ...keys.profile(ids.participantId),
    attributes: defined({
      participantId: ids.participantId,
      given: participant.name.given,
      family: participant.name.family,
      preferredName: participant.preferredName,
      birthDate: participant.birthDate,
      recordNumber: participant.recordNumber,
      reachBy: participant.reachBy,
      phoneId: ids.reach.sms,
      emailId: ids.reach.email,
    }),
  };
}

/** What a referral says in words, and who referred: identity, never care state. */
function referralPut(request: IntakeRequest, ids: IntakeIds): IdentityPut | undefined {
  const kept = [...referralWordNames, ...keptOfReferral];
  const attributes = defined(Object.fromEntries(kept.map((name) => [name, request[name]])));
  if (Object.keys(attributes).length === 0) return undefined;
  return {
    ...keys.referral(ids.participantId, ids.episodeId),
    attributes: { ...attributes, episodeId: ids.episodeId },
  };
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Whoever took the call heard what worries them: it pages as any concern of staff, whatever the words are. */
function hearConcern(draft: Draft, ctx: DecisionContext): void {
  hearWords(draft, ctx, {
    text: "",
    safetyConcern: true,
    concernAbout: "referral",
    occasion: "referral",
    where: "the referral",
  });
}

/** Nothing that a person writes goes unread: a match pages, and locks nothing until it is confirmed. */
function screenReferral(draft: Draft, ctx: DecisionContext, request: IntakeRequest): boolean {
  const { name, preferredName, recordNumber, reachBy } = request.participant;
  const found = findWorstPhrase(
    ctx.policy,
    [...referralWordNames.map((words) => request[words]), reachBy],
    [
      preferredName,
      name.given,
      name.family,
      recordNumber,
      request.referralEvent?.facility,
      request.referrer?.name,
      request.referrer?.organisation,
    ],
  );
  if (found === undefined) return false;
  raiseForWords(draft, ctx, {
    occasion: "referral",
    ...found,
    source: "text",
    where: "Words in the referral",
  });
  return true;
}
