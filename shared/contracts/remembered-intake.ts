import * as z from "zod";

/** What is remembered of an intake that was taken, to tell a repeat of it the same. */
export const rememberedIntakeSchema = z.object({
  reference: z.string(),
  episodeId: z.string(),
  siteId: z.string(),
  isSafetyPositive: z.boolean(),
  /** RFC 3339 UTC. */
  contactBy: z.string(),
});
