import * as z from "zod";
import { absenceSchema } from "../../care/program/group-change.ts";
import type { StaffFunction } from "../../care/program/staff-functions.ts";
import {
  absenceBodySchema,
  absenceUndoBodySchema,
  closureBodySchema,
  closureUndoBodySchema,
  holidaysBodySchema,
  licenceBodySchema,
  rotaBodySchema,
  siteBodySchema,
} from "../site-bodies.ts";
import { id, route } from "./route.ts";
import { schedulers } from "./sessions.ts";

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
  summary:
    "Close a site for a day, a part of it or a range, or put it online: sessions follow and everybody is told",
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

export const postHolidays = route({
  method: "POST",
  path: "/holidays",
  summary: "Close a site on holidays of the calendar that a person has confirmed",
  who: siteLeads,
  repeats: "idempotency-key",
  body: holidaysBodySchema,
  example: { siteId: "riverside", days: ["2027-11-25"] },
  answer: site,
});

const absencesAnswer = {
  status: 200,
  schema: z.strictObject({ siteId: id, absences: z.array(z.strictObject(absenceSchema.shape)) }),
} as const;

export const getAbsences = route({
  method: "GET",
  path: "/sites/:siteId/absences",
  summary: "Leaders of a site who are away, and who leads for them",
  who: "staff",
  repeats: "reads",
  answer: absencesAnswer,
});

export const postAbsence = route({
  method: "POST",
  path: "/absences",
  summary:
    "Note that a leader is away: their groups are led by the cover or not held, their visits are not held, and people are told",
  who: schedulers,
  repeats: "idempotency-key",
  body: absenceBodySchema,
  example: {
    siteId: "riverside",
    staffId: "avery-riverside",
    from: "2027-02-15",
    coverId: "casey-riverside",
    words: "Ill",
  },
  answer: absencesAnswer,
});

export const postAbsenceUndo = route({
  method: "POST",
  path: "/absences/undo",
  summary: "Take an absence back: what was cancelled for it is held",
  who: schedulers,
  repeats: "idempotency-key",
  body: absenceUndoBodySchema,
  example: { siteId: "riverside", absenceId: "01JH0000000000000000000000" },
  answer: absencesAnswer,
});

export const postLicences = route({
  method: "POST",
  path: "/licences",
  summary:
    "Say in which states a member of staff is licensed: an online session is held against it",
  who: siteLeads,
  repeats: "idempotency-key",
  body: licenceBodySchema,
  example: { siteId: "riverside", staffId: "avery-riverside", states: ["NJ", "NY"] },
  answer: {
    status: 200,
    schema: z.strictObject({
      siteId: id,
      licences: z.array(z.strictObject({ staffId: id, states: z.array(z.string()) })),
    }),
  },
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
