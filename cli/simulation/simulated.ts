import * as z from "zod";

const count = z.number().nonnegative();

/** What the simulation prints: rows of counts under their names. */
export const simulatedSchema = z.object({
  endings: z.array(
    z.object({
      siteId: z.string(),
      course: z.string(),
      status: z.string(),
      people: count,
      admitted: count,
      completed: count,
    }),
  ),
  messages: z.array(
    z.object({ templateId: z.string(), channel: z.string(), messages: count, parts: count }),
  ),
  work: z.array(
    z.object({
      weekOfLife: count,
      siteId: z.string(),
      staffFunction: z.string(),
      kind: z.string(),
      times: count,
    }),
  ),
  sessions: z.array(
    z.object({
      siteId: z.string(),
      week: count,
      modality: z.string(),
      sessions: count,
      plannedMinutes: count,
      attendedMinutes: count,
      countedMinutes: count,
    }),
  ),
  alerts: z.array(z.object({ tier: z.string(), alerts: count })),
  leftOpen: z.array(z.object({ kind: z.string(), tasks: count })),
  problems: z.array(z.object({ sentence: z.string(), times: count })),
  courses: z.array(z.object({ course: z.string(), words: z.string(), share: count })),
});
export type Simulated = z.infer<typeof simulatedSchema>;
