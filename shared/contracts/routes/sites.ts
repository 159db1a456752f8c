import * as z from "zod";
import type { StaffFunction } from "../../care/program/staff-functions.ts";
import {
  closureBodySchema,
  closureUndoBodySchema,
  rotaBodySchema,
  siteBodySchema,
} from "../site-bodies.ts";
import { id, route } from "./route.ts";

/** Who changes a site. */
export const siteLeads: readonly StaffFunction[] = ["site-lead", "supervisor", "clinical-lead"];
/** The whole site; parsing leaves out the store's own keys. */
const siteAnswerSchema = z.object(siteBodySchema.shape);
const site = { status: 200, schema: siteAnswerSchema } as const;

export const getPrograms = route({
  method: "GET",
  path: "/programs",
  summary: "Published programs of one's own sites",
  who: "staff",
  repeats: "reads",
  answer: {
    status: 200,
    schema: z.strictObject({
      items: z.array(z.strictObject({ programId: id, version: z.int(), contentHash: z.string() })),
    }),
  },
});

export const getSite = route({
  method: "GET",
  path: "/sites/:siteId",
  summary: "A site's live data",
  who: "staff",
  repeats: "reads",
  answer: site,
});

export const putSite = route({
  method: "PUT",
  path: "/sites/:siteId",
  summary: "Change a site's live data",
  who: siteLeads,
  repeats: "same-result",
  body: siteBodySchema,
  answer: site,
});

export const postClosure = route({
  method: "POST",
  path: "/closures",
  summary: "Close a site for a day or a range: its sessions are cancelled and everybody is told",
  who: siteLeads,
  repeats: "idempotency-key",
  body: closureBodySchema,
  example: { siteId: "riverside", on: "2027-02-15", words: "Holiday" },
  answer: site,
});

export const postClosureUndo = route({
  method: "POST",
  path: "/closures/undo",
  summary: "Open a site on a day that it was closed: its sessions are held after all",
  who: siteLeads,
  repeats: "idempotency-key",
  body: closureUndoBodySchema,
  example: { siteId: "riverside", on: "2027-02-15" },
  answer: site,
});

const onCall = { staffId: "avery-riverside", name: "Avery", phone: "+12125550113" };

export const postRota = route({
  method: "POST",
  path: "/rota",
  summary: "Name who is on call",
  who: siteLeads,
  repeats: "idempotency-key",
  body: rotaBodySchema,
  example: {
    siteId: "riverside",
    from: "2027-03-01T00:00:00Z",
    to: "2027-03-01T08:00:00Z",
    primary: onCall,
    backup: onCall,
    supervisor: onCall,
  },
  answer: site,
});
