// Long because every route below an episode stands here, one after the other.
import * as z from "zod";
import { actorSchema } from "../../care/episode/actor.ts";
import { episodeSchema, phoneKind } from "../../care/episode/episode.ts";
import { episodeStatuses } from "../../care/episode/status.ts";
import { planKinds } from "../../care/program/plan-kinds.ts";
import {
  confirmReachBodySchema,
  contactLogBodySchema,
  holdBodySchema,
  measureBodySchema,
  planBodySchema,
  reasonBodySchema,
  screenBodySchema,
  trackBodySchema,
  transitionBodySchema,
} from "../api-bodies.ts";
import {
  closeReachBodySchema,
  consentBodySchema,
  correctionBodySchema,
  siteTransferBodySchema,
} from "../person-bodies.ts";
import * as items from "./items.ts";
import { cursorQuery, id, instant, pageOf, route } from "./route.ts";
import { noteSchema, referralSchema } from "./written.ts";

/** A way to reach somebody, and whether automated messages may use it. */
export const reachSchema = z.strictObject({
  address: z.string(),
  kind: phoneKind,
  state: z.string(),
  hasConsent: z.boolean(),
  isConfirmed: z
    .boolean()
    .describe("True where somebody has answered from it, or a person vouches for it"),
  stopped: z
    .strictObject({ at: instant, how: z.string() })
    .describe("When and how the person asked for no more, where they did")
    .exactOptional(),
});

/** Who an episode is about and how to reach them: what somebody needs to make a call. */
export const contactSchema = z.strictObject({
  fullName: z.string().describe("As on papers").exactOptional(),
  birthDate: z.string().exactOptional(),
  recordNumber: z.string().exactOptional(),
  reachBy: z
    .string()
    .describe("How somebody without a phone or an email is reached")
    .exactOptional(),
  pronouns: z.string().exactOptional(),
  safeTimes: z.string().describe("When it is safe to ring, and what to beware of").exactOptional(),
  accessNeeds: z.string().describe("As corrected; until then the referral says it").exactOptional(),
  emergencyContact: z
    .object({ name: z.string(), relationship: z.string().exactOptional(), phone: z.string() })
    .describe("Whom to ring in an emergency; no release: nothing is told them about the care")
    .exactOptional(),
  said: z
    .record(z.string(), z.object({ at: instant, by: id }))
    .describe("Who corrected which fact, and when")
    .exactOptional(),
  phone: reachSchema.exactOptional(),
  email: reachSchema.exactOptional(),
  mayLeaveVoicemail: z.boolean(),
});

/** Bookkeeping stays inside: audit chain, remembered commands, open keys. */
export const publicEpisodeSchema = episodeSchema.omit({
  audit: true,
  recentCommands: true,
  open: true,
  death: true,
});

const ofEpisode = { method: "GET", who: "care-team", repeats: "reads" } as const;

export const getEpisode = route({
  ...ofEpisode,
  path: "/episodes/:episodeId",
  summary: "One episode of care, with the words of its referral",
  answer: {
    status: 200,
    schema: publicEpisodeSchema.extend({
      participant: z.string(),
      contact: contactSchema,
      referral: referralSchema.exactOptional(),
      phase: z.string().describe("The status in words"),
      mayMoveTo: z.array(z.enum(episodeStatuses)),
    }),
  },
});

/** Something that happened, as the timeline tells it. */
export const timelineEntrySchema = z.object({
  sequence: z.int(),
  at: instant,
  action: z.string(),
  what: z.string().describe("The action in words"),
  actor: actorSchema,
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  reason: z.string().describe("Why, in the words of whoever did it").exactOptional(),
});

/** The same with the hashes that chain the audit trail. */
export const auditEntrySchema = timelineEntrySchema.extend({
  hash: z.string(),
  previousHash: z.string(),
});

export const getTimeline = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/timeline",
  summary: "What happened, the newest first, with the reasons that were given",
  query: cursorQuery,
  answer: { status: 200, schema: pageOf(timelineEntrySchema) },
});

export const getAudit = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/audit",
  summary: "The audit trail, the oldest first, with the hashes that chain it",
  query: cursorQuery,
  answer: {
    status: 200,
    schema: pageOf(auditEntrySchema),
  },
});

export const getNotes = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/notes",
  summary: "What was written about the person and by them, the newest first",
  query: cursorQuery,
  answer: { status: 200, schema: pageOf(noteSchema) },
});

export const getPathway = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/pathway",
  summary: "Where the person is, and what each running workflow waits for",
  answer: {
    status: 200,
    schema: z.strictObject({
      phase: z.string(),
      status: z.enum(episodeStatuses),
      steps: z.array(
        z.strictObject({
          workflow: z.string(),
          subject: z.string(),
          step: z.string(),
          status: z.string(),
          startsAt: instant.exactOptional(),
          wait: z
            .strictObject({ until: instant, since: instant, retries: z.int() })
            .exactOptional(),
        }),
      ),
    }),
  },
});

function list<const Name extends string, Item extends z.ZodType>(
  name: Name,
  summary: string,
  item: Item,
) {
  return route({
    ...ofEpisode,
    path: `/episodes/:episodeId/${name}`,
    summary,
    query: cursorQuery,
    answer: { status: 200, schema: pageOf(item) },
  });
}

export const episodeLists = {
  sessions: list("sessions", "The episode's sessions", items.sessionItemSchema),
  assessments: list("assessments", "The forms that were asked for", items.formItemSchema),
  messages: list("messages", "The episode's messages", items.messageItemSchema),
  tasks: list("tasks", "The episode's tasks", items.taskItemSchema),
  "check-ins": list("check-ins", "The episode's check-ins", items.checkInItemSchema),
  escalations: list("escalations", "The episode's safety alerts", items.escalationItemSchema),
  drivers: list("drivers", "The episode's workflow runs", items.workflowRunItemSchema),
  outreach: list("outreach", "The episode's outreach", items.outreachItemSchema),
};

const command = {
  method: "POST",
  who: "care-team",
  repeats: "idempotency-key",
  answer: {
    status: 200,
    schema: z.strictObject({
      episodeId: id,
      status: z.enum(episodeStatuses),
      version: z.int(),
    }),
  },
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
  body: reasonBodySchema,
  example: { reason: "Back" },
});

export const postTrack = route({
  ...command,
  path: "/episodes/:episodeId/aftercare-track",
  summary: "Decide how often somebody is followed up",
  body: trackBodySchema,
  example: { track: "stretched", reason: "Well for three months" },
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

export const getPlans = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/plans",
  summary: "The plans that were written with the person, as they stand",
  answer: {
    status: 200,
    schema: z.strictObject({
      items: z.array(
        z.strictObject({
          planKind: z.enum(planKinds),
          version: z.int(),
          sections: z.record(z.string(), z.string()),
          at: instant,
          by: id.describe("Who wrote it down"),
        }),
      ),
    }),
  },
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

/** A staff screen as it was asked last. */
export const recordedScreenSchema = z.object({
  screenId: z.string(),
  version: z.int(),
  answers: z.record(z.string(), z.number()),
  refused: z.array(z.string()).describe("Questions that the person would not answer"),
  mode: z.string(),
  at: instant,
  by: id.describe("Who asked"),
});

export const getScreens = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/screens",
  summary: "What staff asked in the room, each screen as it was asked last, with its answers",
  answer: {
    status: 200,
    schema: z.strictObject({
      items: z.array(recordedScreenSchema),
    }),
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

export const postMeasure = route({
  ...command,
  path: "/episodes/:episodeId/measures",
  summary: "Enter the answers to an instrument that a member of staff asked, in whatever language",
  body: measureBodySchema,
  example: { instrumentId: "gad-2", answers: { "gad2-1": 1, "gad2-2": 0 }, mode: "interpreter" },
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
