import * as z from "zod";
import {
  phoneProblemLabel,
  readPhone,
  withoutInvisibleMarks,
} from "../care/contact-points/read-phone.ts";

/** A phone number with its country, however it is spaced; becomes E.164. Pages send theirs through the same field. */
export const phoneField = z
  .string()
  .transform((text, context) => {
    const { phone, problem } = readPhone(text, "refused");
    if (phone !== undefined) return phone;
    context.addIssue({ code: "custom", message: phoneProblemLabel[problem] });
    return z.NEVER;
  })
  .meta({
    description: "A phone number with + and its country code, such as +12125550123. No extensions.",
  });

const maxEmailLength = 254;

/** An email address as people paste it; becomes the address alone, without blanks and invisible marks around it. */
export const emailField = z
  .string()
  .transform((text) => withoutInvisibleMarks(text).trim())
  .pipe(
    z
      .email("must be an email address, such as name@example.org")
      .max(maxEmailLength, `is longer than ${maxEmailLength} characters`),
  )
  .meta({
    description: `An email address of at most ${maxEmailLength} characters, such as name@example.org.`,
  });
