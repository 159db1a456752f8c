import * as z from "zod";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";

/** A registered wait: the task token is inside and never leaves the store and its adapters. */
export const waitSchema = z.object({
  ...itemBase,
  kind: z.literal("hold"),
  driverId: z.string(),
  generation: count,
  token: z.string(),
  holdUntil: instant,
  enteredAt: instant,
  retryCount: count,
  status: z.enum(["waiting", "resolved"]),
  /** Sorts the waits of one run: an older one never replaces a newer one. */
  order: z.exactOptional(z.string()),
});
export type Wait = Stored<typeof waitSchema>;
