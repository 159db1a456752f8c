import * as z from "zod";
import { addDays } from "../care/time/zoned-time.ts";
import { sitesFileSchema, usState } from "./program-seed-files.ts";

/** Live data of a site as its staff edit it: the same shapes as the file that a site is first set up from. */
const site = sitesFileSchema.shape.sites.element;
const siteId = site.shape.siteId;
const version = z.int("must be the version you read").min(1);

export const siteFieldsSchema = site;

/** `PUT /sites/{id}`: the whole site as it was read, changed; `version` is the one that was read. */
export const siteBodySchema = site.extend({ version });

const closure = site.shape.closures.element;

/** Sessions are held online although no licence is on record for the state that somebody is in; the words say why. */
const isOutsideLicence = z.exactOptional(z.literal(true));

/** Days that one closure may take: a month. */
export const maxClosureDays = 31;

/** `POST /closures`: a day, or all days from `on` to `until`, both included. */
export const closureBodySchema = closure
  .extend({ siteId, until: z.exactOptional(closure.shape.on), isOutsideLicence })
  .refine(({ on, until }) => until === undefined || until >= on, {
    path: ["until"],
    error: "must not be before on",
  })
  .refine(({ on, until }) => until === undefined || until < addDays(on, maxClosureDays), {
    path: ["until"],
    error: `must be within ${maxClosureDays} days`,
  });

/** `POST /closures/undo`: the site is open on that day, or on all days until another, after all. */
export const closureUndoBodySchema = z
  .strictObject({ siteId, on: closure.shape.on, until: z.exactOptional(closure.shape.on) })
  .refine(({ on, until }) => until === undefined || until >= on, {
    path: ["until"],
    error: "must not be before on",
  });

/** `POST /holidays`: the site is closed on those proposed holidays that a person has confirmed. */
export const holidaysBodySchema = z.strictObject({
  siteId,
  days: z.array(closure.shape.on).min(1, "name at least one day").max(20, "must be at most 20"),
});

const staffId = z.string().min(1, "must not be empty").max(60, "must be at most 60 characters");

/** `POST /absences`: a leader is away, and who leads for them. */
export const absenceBodySchema = z
  .strictObject({
    siteId,
    staffId,
    from: closure.shape.on,
    until: z.exactOptional(closure.shape.on),
    coverId: z.exactOptional(staffId),
    isOutsideLicence,
    words: closure.shape.words,
  })
  .refine(({ from, until }) => until === undefined || until >= from, {
    path: ["until"],
    error: "must not be before from",
  })
  .refine(({ from, until }) => until === undefined || until < addDays(from, 62), {
    path: ["until"],
    error: "must be within 62 days",
  })
  .refine(({ staffId, coverId }) => coverId !== staffId, {
    path: ["coverId"],
    error: "must be somebody else",
  });

/** `POST /licences`: all states in which a member of staff is licensed; none where nobody is to rely on one. */
export const licenceBodySchema = z.strictObject({
  siteId,
  staffId,
  states: z.array(usState).max(60, "must be at most 60"),
});

/** `POST /absences/undo`: the leader is there after all. */
export const absenceUndoBodySchema = z.strictObject({ siteId, absenceId: z.string().max(40) });

/** `POST /rota` */
export const rotaBodySchema = site.shape.rota.element
  .extend({ siteId })
  .refine((entry) => Date.parse(entry.from) < Date.parse(entry.to), {
    path: ["to"],
    error: "must be after from",
  });
