import * as z from "zod";

/**
 * From an outbox entry: the alert and which page of it. From a machine: the run of the alert. From the sweep: a
 * task of a site that belongs to no participant, and how often it has been paged about.
 */
export const pageEventSchema = z.union([
  z.strictObject({
    schemaVersion: z.literal(1),
    episodeId: z.string().min(1).max(64),
    escalationSk: z.string().min(1).max(200),
    tier: z.int().min(0),
    attempt: z.int().min(0),
  }),
  z.strictObject({
    schemaVersion: z.literal(1),
    episodeId: z.string().min(1).max(64),
    driverId: z.string().min(1).max(120),
  }),
  z.strictObject({
    schemaVersion: z.literal(1),
    siteId: z.string().min(1).max(64),
    taskSk: z.string().min(1).max(200),
    /** How many pages about it went before. */
    attempt: z.int().min(0),
    /** The instant at which this page was due: one page, however often it is asked for. */
    dueAt: z.iso.datetime(),
  }),
]);
export type PageEvent = z.infer<typeof pageEventSchema>;
export type SitePageEvent = Extract<PageEvent, { readonly taskSk: string }>;
