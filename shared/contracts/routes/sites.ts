import * as z from "zod";
import type { StaffFunction } from "../../care/program/program.ts";
import { closureBodySchema, rotaBodySchema, siteBodySchema } from "../site-bodies.ts";
import { id, route } from "./route.ts";

/** Who changes a site. */
const leads: readonly StaffFunction[] = ["site-lead", "supervisor", "clinical-lead"];
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
  who: leads,
  repeats: "same-result",
  body: siteBodySchema,
  answer: site,
});

export const postClosure = route({
  method: "POST",
  path: "/closures",
  summary: "Close a site for a day",
  who: leads,
  repeats: "idempotency-key",
  body: closureBodySchema,
  example: { siteId: "riverside", on: "2027-02-15", words: "Holiday" },
  answer: site,
});

const onCall = { staffId: "avery-riverside", name: "Avery", phone: "+12125550113" };

export const postRota = route({
  method: "POST",
  path: "/rota",
  summary: "Name who is on call",
  who: leads,
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
