// Long because each list of somebody’s record says here how it is read.
import * as z from "zod";
import { actorSchema } from "../../care/episode/actor.ts";
import { episodeSchema, otherRecordSchema, phoneKind } from "../../care/episode/episode.ts";
import { episodeStatuses } from "../../care/episode/status.ts";
import { medicineKinds } from "../../care/program/medicine-kinds.ts";
import { planKinds } from "../../care/program/plan-kinds.ts";
import { screenResults, serviceKinds, serviceStates } from "../../care/program/service-kinds.ts";
import { releaseWays } from "../../care/services/releases.ts";
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
export const publicEpisodeSchema = episodeSchema
  .omit({ audit: true, recentCommands: true, open: true, death: true })
  .extend({
    others: z
      .array(otherRecordSchema.omit({ took: true, stood: true }))
      .describe("Other records of the same person, as staff said")
      .exactOptional(),
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

/** A medicine as it was recorded last. */
export const recordedMedicineSchema = z.object({
  medicine: z.enum(medicineKinds),
  version: z.int(),
  isTaken: z.boolean(),
  isMistake: z.exactOptional(
    z.literal(true).describe("It was recorded by mistake: the person never took it"),
  ),
  prescriber: z.exactOptional(z.string()),
  pharmacy: z.exactOptional(z.string()),
  nextVisitOn: z.exactOptional(z.iso.date()),
  supplyThrough: z.exactOptional(z.iso.date()),
  at: instant,
  by: id.describe("Who recorded it"),
});

export const getMedicines = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/medicines",
  summary: "The medicines whose supply is followed, each as it was recorded last",
  answer: { status: 200, schema: z.strictObject({ items: z.array(recordedMedicineSchema) }) },
});

/** A service as it was recorded last. */
export const recordedServiceSchema = z.object({
  service: z.enum(serviceKinds),
  version: z.int(),
  state: z.enum(serviceStates),
  topic: z.exactOptional(z.string()),
  with: z.exactOptional(z.string()),
  on: z.exactOptional(z.iso.date()),
  nextOn: z.exactOptional(z.iso.date()),
  result: z.exactOptional(z.enum(screenResults)),
  isConfirmed: z.exactOptional(z.boolean()),
  isCleared: z.exactOptional(z.boolean()),
  releases: z.exactOptional(z.array(z.int()).describe("Of a family session: who comes by them")),
  wasThere: z.exactOptional(z.boolean()),
  isRead: z.exactOptional(z.boolean()),
  toldBy: z.exactOptional(z.string()),
  at: instant,
  by: id.describe("Who recorded it"),
});

export const getServices = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/services",
  summary: "The services of the program, each as it was recorded last",
  answer: { status: 200, schema: z.strictObject({ items: z.array(recordedServiceSchema) }) },
});

/** A release in full, and how it stands today. */
export const recordedReleaseSchema = z.object({
  number: z.int(),
  name: z.string(),
  relation: z.string(),
  about: z.string(),
  purpose: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  how: z.enum(releaseWays),
  witness: z.exactOptional(z.string()),
  standing: z.enum(["valid", "not-yet", "expired", "revoked"]).describe("How it stands today"),
  revokedOn: z.exactOptional(z.iso.date()),
  revokedBy: z.exactOptional(id.describe("Who recorded that it was taken back")),
  at: instant,
  by: id.describe("Who recorded it"),
});

export const getReleases = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/releases",
  summary: "Who may be told what about a person, newest first",
  answer: { status: 200, schema: z.strictObject({ items: z.array(recordedReleaseSchema) }) },
});

export const getProgramMove = route({
  ...ofEpisode,
  path: "/episodes/:episodeId/program-version",
  summary: "What a move to another version would change for somebody; nothing is written",
  query: z.object({
    to: z.string().regex(/^[1-9]\d{0,5}$/, "must be the number of a version"),
  }),
  answer: {
    status: 200,
    schema: z.strictObject({
      from: z.int(),
      to: z.int(),
      isPossible: z.boolean(),
      why: z.string().describe("Why it is not possible now").exactOptional(),
      isOnlyOverCapacity: z
        .literal(true)
        .describe("It is possible with isOverCapacity: a group or the sites have no room")
        .exactOptional(),
      changes: z
        .array(
          z.strictObject({
            what: z.string().describe("A message by its way and name, or a contact by its number"),
            words: z.string(),
          }),
        )
        .exactOptional(),
    }),
  },
});
