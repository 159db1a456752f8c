import * as z from "zod";
import { intakeRequestSchema } from "../intake-request.ts";
import { id, problemSchema, route } from "./route.ts";

export const postIntake = route({
  method: "POST",
  path: "/intakes",
  summary: "Send a referral or self-referral",
  who: "senders",
  repeats: "idempotency-key",
  body: intakeRequestSchema,
  example: {
    programId: "adult-iop",
    siteId: "riverside",
    source: "self",
    participant: {
      name: { given: "Robin", family: "Okafor" },
      birthDate: "1990-03-28",
      phone: "+12125550142",
      phoneKind: "own",
      email: "robin@example.org",
      language: "en",
    },
    consents: { sms: true, email: true, voicemail: true },
  },
  answer: {
    status: 202,
    schema: z.strictObject({
      reference: z.string().describe("What the person is told to name"),
      episodeId: id,
    }),
  },
  refusals: { 429: problemSchema },
});
