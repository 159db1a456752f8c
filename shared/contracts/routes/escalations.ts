import * as z from "zod";
import { escalationSchema } from "../../care/episode/escalation.ts";
import {
  acknowledgementBodySchema,
  closureBodySchema,
  contactBodySchema,
  readingBodySchema,
} from "../api-bodies.ts";
import { escalationItemSchema } from "./items.ts";
import { id, route } from "./route.ts";
import { referralSchema } from "./written.ts";

const { contacts, closure, status, tier, contactDueAt } = escalationSchema.shape;
const note = z.string().describe("What was written with it").exactOptional();

export const getEscalation = route({
  method: "GET",
  path: "/escalations/:escalationId",
  summary: "A safety alert, with the words behind it and what was written with each contact",
  who: "care-team",
  repeats: "reads",
  answer: {
    status: 200,
    schema: escalationItemSchema.extend({
      episodeId: id,
      participant: z.string(),
      words: z
        .string()
        .describe("What somebody wrote, where that raised the alert")
        .exactOptional(),
      referral: referralSchema.exactOptional(),
      contacts: z.array(contacts.element.extend({ note })),
      closure: closure.unwrap().extend({ note }).exactOptional(),
    }),
  },
});

const worked = {
  method: "POST",
  who: "care-team",
  repeats: "idempotency-key",
  answer: {
    status: 200,
    schema: z.strictObject({
      escalationId: id,
      status,
      tier,
      contactDueAt,
      acknowledgedBy: id.describe("Who took it last").exactOptional(),
    }),
  },
} as const;

export const postAcknowledgement = route({
  ...worked,
  path: "/escalations/:escalationId/acknowledgement",
  summary: "Take a safety alert",
  body: acknowledgementBodySchema,
  example: {},
});

export const postReading = route({
  ...worked,
  path: "/escalations/:escalationId/reading",
  summary: "Answer an alert that is to be read: call now, or in the morning",
  body: readingBodySchema,
  example: { answer: "call-now" },
});

export const postContact = route({
  ...worked,
  path: "/escalations/:escalationId/contact",
  summary: "Record contact with the participant",
  body: contactBodySchema,
  example: { outcome: "spoke-with-participant" },
});

export const postAlertClosure = route({
  ...worked,
  path: "/escalations/:escalationId/closure",
  summary: "Close a safety alert",
  body: closureBodySchema,
  example: { outcome: "safe-with-plan", reason: "Plan agreed" },
});
