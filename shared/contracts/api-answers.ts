import * as z from "zod";
import { safetyTiers, staffFunctions } from "../care/program/program.ts";

/** Answers of the staff's API that carry words which somebody wrote: documented, so that no client overlooks them. */

const text = z.string();
const instant = z.string().describe("RFC 3339, UTC");
const id = z.string();

/** What a referral says, and who referred. Every part is left out where it was not given. */
export const referralAnswerSchema = z
  .object({
    reason: text,
    availability: text,
    accessNeeds: text,
    referrer: z.object({
      name: text,
      organisation: text.optional(),
      phone: text.optional(),
      email: text.optional(),
    }),
    referralEvent: z.object({
      kind: text,
      facility: text.optional(),
      dischargedOn: z.string().describe("a date").optional(),
    }),
  })
  .partial();

/** Something that a participant or a member of staff wrote. */
export const noteAnswerSchema = z.object({
  noteId: id,
  source: z.string().describe("staff, text, email or check-in"),
  text,
  at: instant,
  by: id.describe("the member of staff who wrote it").optional(),
  from: z.string().describe("the number that a text came from").optional(),
});

const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });

export const notesAnswerSchema = page(noteAnswerSchema);

/** `GET /episodes/{id}/timeline` */
export const timelineAnswerSchema = page(
  z.object({
    sequence: z.int(),
    at: instant,
    action: z.string(),
    what: z.string().describe("the action in words"),
    actor: z.looseObject({}),
    facts: z.looseObject({}),
    reason: text.describe("why, in the words of whoever did it").optional(),
  }),
);

const act = z.object({
  by: id,
  at: instant,
  outcome: z.string(),
  note: text.describe("what was written with it").optional(),
});

/** `GET /escalations/{id}` */
export const escalationAnswerSchema = z.looseObject({
  escalationId: id,
  episodeId: id,
  participant: z.string(),
  tier: z.enum(safetyTiers),
  status: z.enum(["open", "acknowledged", "contacted", "closed"]),
  reason: z.string(),
  raisedAt: instant,
  contactDueAt: instant,
  trigger: z.looseObject({ source: z.string(), rule: z.string() }),
  confirmed: z.boolean(),
  words: text.describe("what somebody wrote, where that raised the alert").optional(),
  referral: referralAnswerSchema.optional(),
  contacts: z.array(act),
  closure: act.optional(),
});

/** Who gets work when, where it is not done; `takenAt` on what has happened. */
const stepsUpSchema = z.array(
  z.object({ to: z.enum(staffFunctions), at: instant, takenAt: instant.optional() }),
);

/** Who gets owed work when, where it is not done. */
export const owedAnswerSchema = z.object({
  tier: z.enum(safetyTiers),
  occurrence: z.string(),
  steps: stepsUpSchema,
});

/** `GET /tasks/{id}` */
export const taskAnswerSchema = z.looseObject({
  taskId: id,
  label: z.string().describe("what the work is"),
  words: z.string(),
  recordedBy: z
    .array(z.enum(staffFunctions))
    .describe("who may record or decide it; missing where the whole team may")
    .optional(),
  checklist: z
    .array(
      z.object({
        taskId: id,
        words: z.string(),
        recordedBy: z.array(z.enum(staffFunctions)).optional(),
      }),
    )
    .describe("other open items of the same checklist")
    .optional(),
  note: noteAnswerSchema.describe("what somebody wrote, where the task is about that").optional(),
  outcomeNote: text.describe("what was written when it was done").optional(),
  decisionReason: text.optional(),
  owed: owedAnswerSchema.optional(),
  late: stepsUpSchema.describe("who gets work that is not owed to a person").optional(),
  handedUpFrom: z.enum(staffFunctions).describe("whose work it is").optional(),
  referral: referralAnswerSchema.optional(),
  notes: z.array(noteAnswerSchema).describe("the latest about the person").optional(),
});

/** `GET /episodes/{id}` */
export const episodeAnswerSchema = z.looseObject({
  episodeId: id,
  participant: z.string(),
  phase: z.string(),
  contact: z.looseObject({}).describe("who the person is and how to reach them"),
  facts: z.looseObject({
    under18: z.boolean(),
    pregnant: z.boolean().optional(),
    injects: z.boolean().optional(),
    interpreter: z.boolean().optional(),
    recentHigherCareOn: z.string().optional(),
  }),
  referral: referralAnswerSchema.optional(),
});
