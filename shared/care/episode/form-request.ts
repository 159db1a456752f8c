import * as z from "zod";
import { count, instant, type Stored } from "../stored/fields.ts";
import { itemBase } from "./item-base.ts";
import { tabletCodeSchema } from "./tablet-code.ts";

/** A request to answer instruments, and what came of it. */
export const formSchema = z.object({
  ...itemBase,
  kind: z.literal("form"),
  formId: z.string(),
  /** `intake`, `week-3`, ... */
  occasion: z.string(),
  instruments: z.array(z.string()),
  status: z.enum(["asked", "answered", "ended"]),
  askedAt: instant,
  endsAt: instant,
  /** Answers so far, by instrument and item: saved page by page. */
  answers: z.record(z.string(), z.record(z.string(), z.number())),
  submissions: z.array(z.string()),
  answeredAt: z.exactOptional(instant),
  /** How often people were asked to go after missing answers. */
  outreachRounds: z.exactOptional(count),
  tablet: z.exactOptional(tabletCodeSchema),
});
export type FormRequest = Stored<typeof formSchema>;
