import * as z from "zod";
import { messageSchema } from "../../care/episode/message.ts";
import { instant, route } from "./route.ts";

const { messageId, status, lastGate } = messageSchema.shape;

export const getExplanation = route({
  method: "GET",
  path: "/messages/:messageId/explanation",
  summary: "Why a message was, was not, or will be sent",
  who: "care-team",
  repeats: "reads",
  answer: {
    status: 200,
    schema: z.strictObject({
      messageId,
      status,
      words: z.string().describe("One sentence for staff"),
      rules: lastGate.unwrap().describe("Every rule that was applied"),
      nextInstant: instant.describe("When it may go next, where it still may").exactOptional(),
    }),
  },
});
