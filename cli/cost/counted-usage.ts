import * as z from "zod";

const count = z.number().nonnegative();
const functionUsage = z.object({
  calls: count,
  milliseconds: count,
  memoryMb: count,
  readUnits: count,
  writeUnits: count,
});

/** What the counted pathway prints: the usage of a group's pathways, all of them together. */
export const countedSchema = z.object({
  usage: z.object({
    participants: z.int().positive(),
    transitions: z.object({
      total: count,
      executions: count,
      byWorkflow: z.record(z.string(), count),
    }),
    functions: z.record(z.string(), functionUsage),
    tables: z.object({ calls: count, storedBytes: count }),
    archive: z.object({ puts: count, bytes: count }),
    email: z.object({ messages: count, bytes: count }),
    sms: z.object({ messages: count, parts: count }),
    reports: count,
    logBytes: count,
    keyCalls: count,
    http: z.object({ participantRequests: count, staffRequests: count, responseBytes: count }),
    sweep: functionUsage,
    messages: z.record(z.string(), count),
    days: count,
  }),
  assumptions: z.array(z.string()),
});
export type Counted = z.infer<typeof countedSchema>;
export type CountedUsage = Counted["usage"];
