import * as z from "zod";
import {
  checkInBodySchema,
  confirmReachBodySchema,
  contactLogBodySchema,
  groupTrackBodySchema,
  holdBodySchema,
  keeperBodySchema,
  measureBodySchema,
  medicineBodySchema,
  payerBodySchema,
  planBodySchema,
  reasonBodySchema,
  releaseBodySchema,
  releaseRevocationBodySchema,
  resumeBodySchema,
  screenBodySchema,
  serviceBodySchema,
  tabletCodeBodySchema,
  trackBodySchema,
  transitionBodySchema,
} from "../api-bodies.ts";
import {
  closeReachBodySchema,
  consentBodySchema,
  correctionBodySchema,
  notTheSameBodySchema,
  programChoiceBodySchema,
  programVersionBodySchema,
  siteTransferBodySchema,
} from "../person-bodies.ts";
import { changedEpisode, instant, route } from "./route.ts";

const command = {
  method: "POST",
  who: "care-team",
  repeats: "idempotency-key",
  answer: changedEpisode,
} as const;

export const postHold = route({
  ...command,
  path: "/episodes/:episodeId/hold",
  summary: "Put on leave",
  body: holdBodySchema,
  example: { kind: "medical", contactKeptBy: "casey-riverside", reason: "Surgery" },
});

export const postResume = route({
  ...command,
  path: "/episodes/:episodeId/resume",
  summary: "Return from leave",
  body: resumeBodySchema,
  example: { reason: "Back" },
});

export const postTrack = route({
  ...command,
  path: "/episodes/:episodeId/aftercare-track",
  summary: "Decide how often somebody is followed up",
  body: trackBodySchema,
  example: { track: "stretched", reason: "Well for three months" },
});

export const postKeeper = route({
  ...command,
  path: "/episodes/:episodeId/aftercare-keeper",
  summary: "Name who keeps contact with somebody in the aftercare, or somebody else than before",
  body: keeperBodySchema,
  example: { keptBy: "jordan-riverside", reason: "Casey leaves the site in May" },
});

export const postGroupTrack = route({
  ...command,
  path: "/episodes/:episodeId/group-track",
  summary: "Move somebody to another track of groups, such as from mornings to evenings",
  body: groupTrackBodySchema,
  example: { track: "evening", from: "2027-02-15", reason: "Works in the morning now" },
});

export const postPayer = route({
  ...command,
  path: "/episodes/:episodeId/payer",
  summary: "Say who pays for somebody from a day on: days count by the rule of that payer",
  body: payerBodySchema,
  example: { payer: "self-pay", reason: "No insurance since January" },
});

export const postWithdraw = route({
  ...command,
  path: "/episodes/:episodeId/withdraw",
  summary: "Withdraw",
  body: reasonBodySchema,
  example: { reason: "Moved away" },
});

export const postTransition = route({
  ...command,
  path: "/episodes/:episodeId/transition",
  summary: "Propose a transition",
  body: transitionBodySchema,
  example: { to: "admit", reason: "Suits" },
});

export const postDeathCorrection = route({
  ...command,
  path: "/episodes/:episodeId/death-correction",
  summary: "Put a death right that was recorded by mistake: what it ended stands again",
  body: reasonBodySchema,
  example: { reason: "Somebody of the same name had died" },
});

export const postNotTheSame = route({
  ...command,
  path: "/episodes/:episodeId/same-person-taken-back",
  summary: "Take back that two records are of the same person: they are taken apart",
  body: notTheSameBodySchema,
  example: {
    otherEpisodeId: "01MC2GRXR0XW999SSFGSH439Q8",
    reason: "Two sisters who share a phone",
  },
});

export const postSiteTransfer = route({
  ...command,
  path: "/episodes/:episodeId/site-transfer",
  summary: "Ask another site to take somebody over; until it accepts, they stay where they are",
  body: siteTransferBodySchema,
  example: { toSiteId: "mesa", reason: "Moves there" },
});

export const postContactLog = route({
  ...command,
  path: "/episodes/:episodeId/contacts",
  summary: "Log a contact",
  body: contactLogBodySchema,
  example: { channel: "phone", outcome: "reached" },
});

export const postPlan = route({
  ...command,
  path: "/episodes/:episodeId/plans",
  summary: "Write a plan down with the person, as a new version",
  body: planBodySchema,
  example: {
    planKind: "crisis",
    sections: { "own-ways": "Walk by the river" },
    isShown: false,
    version: 0,
    safetyConcern: false,
  },
});

export const postScreen = route({
  ...command,
  path: "/episodes/:episodeId/screens",
  summary: "Record the answers to a screen that a member of staff asked in the room or by phone",
  body: screenBodySchema,
  example: {
    screenId: "suicide-screen",
    answers: { "asq-1": 0, "asq-2": 0, "asq-3": 0, "asq-4": 0 },
    refused: [],
    mode: "in-person",
  },
});

export const postMedicine = route({
  ...command,
  path: "/episodes/:episodeId/medicines",
  summary: "Record how a medicine stands: prescriber, next visit, how long the supply lasts",
  body: medicineBodySchema,
  example: {
    medicine: "buprenorphine",
    isTaken: true,
    prescriber: "Dr. Haddad",
    nextVisitOn: "2027-02-10",
    supplyThrough: "2027-02-12",
    version: 0,
  },
});

export const postService = route({
  ...command,
  path: "/episodes/:episodeId/services",
  summary:
    "Record how far somebody is with a service: offered, accepted, declined or done, with what that service asks for",
  body: serviceBodySchema,
  example: {
    service: "peer",
    state: "accepted",
    with: "Parker Quinn (fictional)",
    on: "2027-02-10",
    version: 0,
  },
});

export const postRelease = route({
  ...command,
  path: "/episodes/:episodeId/releases",
  summary: "Record who may be told what about a person, what for, and from when until when",
  body: releaseBodySchema,
  example: {
    name: "Ana Marrow (fictional)",
    relation: "sister",
    about: "How the program goes",
    purpose: "Family sessions",
    from: "2027-02-10",
    until: "2027-08-10",
    how: "paper",
    version: 1,
  },
});

export const postReleaseRevocation = route({
  ...command,
  path: "/episodes/:episodeId/releases/revocation",
  summary: "Record that a release was taken back: from then on nobody is told by it",
  body: releaseRevocationBodySchema,
  example: { release: 1, reason: "Said so on the phone" },
});

export const postMeasure = route({
  ...command,
  path: "/episodes/:episodeId/measures",
  summary: "Enter the answers to an instrument that a member of staff asked, in whatever language",
  body: measureBodySchema,
  example: { instrumentId: "gad-2", answers: { "gad2-1": 1, "gad2-2": 0 }, mode: "interpreter" },
});

export const postCheckIn = route({
  ...command,
  path: "/episodes/:episodeId/check-ins",
  summary: "Enter the answers to a check-in, open or missed, that came on paper or in a talk",
  body: checkInBodySchema,
  example: { number: 2, answers: { craving: 1, "wants-call": false }, mode: "paper" },
});

export const postTabletCode = route({
  ...command,
  path: "/episodes/:episodeId/tablet-codes",
  summary:
    "Make a code by which an open form or check-in is filled in once on a clinic's tablet; it ends the code before",
  body: tabletCodeBodySchema,
  example: { id: "01MC2GRXR0XW999SSFGSH439QH" },
  answer: {
    status: 200,
    schema: changedEpisode.schema.extend({
      code: z.string().describe("Eight letters and digits, to be typed at /tablet; kept nowhere"),
      until: instant.describe("The code is taken before this instant"),
    }),
  },
});

export const postReachConfirmation = route({
  ...command,
  path: "/episodes/:episodeId/reach-confirmation",
  summary: "Confirm that a number or address is the participant's",
  body: confirmReachBodySchema,
  example: { channel: "sms", reason: "Spoke on the phone" },
});

export const postCorrection = route({
  ...command,
  path: "/episodes/:episodeId/corrections",
  summary: "Put facts about the person right, with everything that was planned by them",
  body: correctionBodySchema,
  example: { pronouns: "they", reason: "Said so" },
});

export const postConsent = route({
  ...command,
  path: "/episodes/:episodeId/consents",
  summary: "Write down what the person agrees to or takes back, as they said it to staff",
  body: consentBodySchema,
  example: { given: ["sms"], how: "phone" },
});

export const postReachClosure = route({
  ...command,
  path: "/episodes/:episodeId/reach-closure",
  summary: "Close a number or address: no more is wanted there, or it is somebody else's",
  body: closeReachBodySchema,
  example: { channel: "sms", why: "asked-for-no-more", reason: "Said so on the phone" },
});

export const postProgramVersion = route({
  ...command,
  path: "/episodes/:episodeId/program-version",
  summary: "Move somebody to another version of their program; back again by the same call",
  body: programVersionBodySchema,
  example: { version: 2, reason: "The new timetable of the reminders" },
});

export const postProgramChoice = route({
  ...command,
  path: "/episodes/:episodeId/program-choice",
  summary: "Put right which program somebody is to come to, before they are admitted",
  body: programChoiceBodySchema,
  example: { programId: "sud-iop", reason: "Came for alcohol" },
});
