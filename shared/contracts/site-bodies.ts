import * as z from "zod";
import { sitesFileSchema } from "./program-seed-files.ts";

/** Live data of a site as its staff edit it: the same shapes as the file that a site is first set up from. */
const site = sitesFileSchema.shape.sites.element;
const siteId = site.shape.siteId;
const version = z.int("must be the version you read").min(1);

export const siteFieldsSchema = site;

/** `PUT /sites/{id}`: the whole site as it was read, changed; `version` is the one that was read. */
export const siteBodySchema = site.extend({ version });

/** `POST /closures` */
export const closureBodySchema = site.shape.closures.element.extend({ siteId });

/** `POST /rota` */
export const rotaBodySchema = site.shape.rota.element
  .extend({ siteId })
  .refine((entry) => Date.parse(entry.from) < Date.parse(entry.to), {
    path: ["to"],
    error: "must be after from",
  });
