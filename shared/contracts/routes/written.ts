import * as z from "zod";
import {
  type ReferralWord,
  referralWordNames,
  referralWords,
} from "../../care/people/intake-request.ts";
import { date, id, instant } from "./route.ts";

/** A field for each of the words of a referral. */
export function forEachWord<Field extends z.ZodType>(
  fieldOf: (word: (typeof referralWords)[ReferralWord]) => Field,
): { readonly [word in ReferralWord]: Field } {
  return Object.fromEntries(
    referralWordNames.map((name) => [name, fieldOf(referralWords[name])]),
  ) as { readonly [word in ReferralWord]: Field };
}

/** What a referral says in words, and who referred. Every part is left out where it was not given. */
export const referralSchema = z.object({
  ...forEachWord(() => z.string().exactOptional()),
  referrer: z
    .object({
      name: z.string(),
      relationship: z.string().exactOptional(),
      organisation: z.string().exactOptional(),
      phone: z.string().exactOptional(),
      email: z.string().exactOptional(),
    })
    .exactOptional(),
  referralEvent: z
    .object({
      kind: z.string(),
      facility: z.string().exactOptional(),
      dischargedOn: date.exactOptional(),
    })
    .exactOptional(),
});

/** Something that somebody wrote: a participant in a text or with a check-in, staff in a note. */
export const noteSchema = z.object({
  noteId: id,
  source: z.string().describe("staff, text, email or check-in"),
  text: z.string(),
  at: instant,
  by: id.describe("The member of staff who wrote it").exactOptional(),
  from: z.string().describe("The number that a text came from").exactOptional(),
});
