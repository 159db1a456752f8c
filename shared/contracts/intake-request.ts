import * as z from "zod";
import {
  phoneProblemLabel,
  readOwnPhone,
  readPhone,
  withoutInvisibleMarks,
} from "../care/contact-points/contact-point.ts";
import type { IntakeRequest } from "../care/people/intake-request.ts";
import { isUnsafeLine, isUnsafeWords, trimmed } from "../care/text/normalise-text.ts";
import { isKnownTimeZone } from "../care/time/zoned-time.ts";
import { type InputProblem, readInput } from "./read-input.ts";
import { forEachWord } from "./routes/written.ts";

/** A phone number with its country, however it is spaced; becomes E.164. Pages send theirs through the same field. */
export const phoneField = phone(
  readPhone,
  "A phone number with + and its country code, such as +12125550123. No extensions.",
);

/** The same where it is to be somebody's own: no toll-free or premium number. */
export const ownPhoneField = phone(
  readOwnPhone,
  "A phone number with + and its country code, such as +12125550123, on which the person is reached: no extension, no toll-free or premium number.",
);

function phone(read: typeof readPhone, description: string) {
  return z
    .string()
    .transform((text, context) => {
      const { phone, problem } = read(text, "refused");
      if (phone !== undefined) return phone;
      context.addIssue({ code: "custom", message: phoneProblemLabel[problem] });
      return z.NEVER;
    })
    .meta({ description });
}

const maxEmailLength = 254;

/** The address in what mail programs copy: `Ana <ana@example.org>`, `mailto:…`, one with the sign of another script or the end of its sentence. */
function addressIn(text: string): string {
  const inBrackets = /^[^<>@]*<([^<>]+)>[,;.]?$/.exec(text)?.[1] ?? text;
  return inBrackets
    .trim()
    .replace(/^mailto:/i, "")
    .replaceAll("\uFF20", "@")
    .replace(/[.,;]$/, "");
}

/** An email address as people paste it; becomes the address alone, without blanks and invisible marks around it. */
export const emailField = z
  .string()
  .transform((text) => addressIn(withoutInvisibleMarks(text).trim()))
  .pipe(
    z
      .email("must be an email address, such as name@example.org")
      .max(maxEmailLength, `is longer than ${maxEmailLength} characters`),
  )
  .meta({
    description: `An email address of at most ${maxEmailLength} characters, such as name@example.org.`,
  });

/**
 * One line of text as somebody typed it: trimmed, something to be seen in it, nothing that cannot be shown, at most so many
 * characters.
 */
export function line(maximum: number) {
  return z
    .string()
    .overwrite((text) => text.toWellFormed())
    .refine((text) => !isUnsafeLine(text), "holds characters that cannot be shown")
    .overwrite(trimmed)
    .min(1, "is empty: leave it out or fill it in")
    .max(maximum, `is longer than ${maximum} characters`);
}

/** Text of several lines: trimmed, something to be seen in it, nothing that cannot be shown, at most so many characters. */
export function words(maximum: number) {
  return z
    .string()
    .overwrite((text) => text.toWellFormed())
    .refine((text) => !isUnsafeWords(text), "holds characters that cannot be shown")
    .overwrite(trimmed)
    .min(1, "is empty: leave it out or fill it in")
    .max(maximum, `is longer than ${maximum} characters`);
}

const yesOrNo = z.boolean();
export const date = z.iso.date(
  "must be a date that exists, written YYYY-MM-DD, such as 1990-05-31",
);
const key = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, `must be ${what}: small letters, digits and hyphens`);

/** A well-formed BCP 47 tag; whether there are templates for it is another question. */
export const language = z
  .string("must be text")
  .max(35, "is longer than 35 characters")
  .transform((tag, context) => {
    const canonical = canonicalTag(tag);
    if (canonical !== undefined) return canonical;
    context.addIssue({
      code: "custom",
      message: "must be a language tag, such as en, es or es-MX",
    });
    return z.NEVER;
  });

/** The tag as it is compared and kept: `es-MX` for `ES-mx`; `undefined` where it is none. */
function canonicalTag(tag: string): string | undefined {
  // Well-formed too, but words such as "english": no language has a code of more than three letters.
  if (!/^[A-Za-z]{2,3}(-|$)/.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export const timeZone = z
  .string()
  .max(60, "is longer than 60 characters")
  .refine(
    (zone) => /^[A-Za-z]/.test(zone) && isKnownTimeZone(zone),
    "must be a time zone, such as America/New_York",
  );
export const phoneKind = z.enum(
  ["own", "shared", "work", "held-by-staff"],
  "must be own, shared, work or held-by-staff",
);
/** Whether it lies in the future depends on today, and is for the caller to say. */
export const birthDate = date.refine((value) => value >= "1900-01-01", "is before 1900");

const participantSchema = z.strictObject({
  name: z.strictObject({ given: line(100), family: line(100) }),
  preferredName: line(100).optional(),
  birthDate: birthDate
    .optional()
    .describe("May be left out by staff alone, where nobody knows it yet."),
  phone: ownPhoneField.optional(),
  phoneKind: phoneKind.optional(),
  email: emailField.optional(),
  reachBy: words(300).optional(),
  language,
  interpreter: yesOrNo.optional(),
  timeZone: timeZone.optional(),
  recordNumber: line(60).optional(),
});

/**
 * The body of `POST /intakes`: a referral or self-referral from any form. Unknown keys are refused.
 * What depends on today (a birth date in the future) or on the program is checked by the caller.
 */
export const intakeRequestSchema = z
  .strictObject({
    programId: key("the id of a program"),
    siteId: key("the id of a site").optional(),
    source: z.enum(
      ["self", "referrer", "partner", "staff"],
      "must be self, referrer, partner or staff",
    ),
    participant: participantSchema,
    consents: z.strictObject({ sms: yesOrNo, email: yesOrNo, voicemail: yesOrNo }),
    referrer: z
      .strictObject({
        name: line(120),
        relationship: line(60).optional(),
        organisation: line(160).optional(),
        phone: phoneField.optional(),
        email: emailField.optional(),
      })
      .optional(),
    referralEvent: z
      .strictObject({
        kind: key("a kind of event"),
        facility: line(160).optional(),
        dischargedOn: date.optional(),
      })
      .optional(),
    pregnant: yesOrNo.optional(),
    injects: yesOrNo.optional(),
    safetyConcern: yesOrNo
      .optional()
      .describe("Of staff alone: true raises a safety alert, whatever the words are."),
    ...forEachWord(({ maxCharacters }) => words(maxCharacters).optional()),
    // Whatever other systems send is taken: what cannot be read is kept for a person, and refuses nothing.
    responses: z
      .unknown()
      .describe(
        "A list of FHIR R4 QuestionnaireResponses. What cannot be scored is kept for a person; nothing here refuses the referral.",
      )
      .transform((given) => (Array.isArray(given) ? given : given == null ? [] : [given]))
      .optional(),
  })
  .check((context) => {
    const { participant, consents, source, safetyConcern } = context.value;
    const refuse = (path: string[], message: string) =>
      context.issues.push({ code: "custom", message, path, input: undefined });
    const isReachable = [participant.phone, participant.email, participant.reachBy].some(
      (way) => way !== undefined,
    );
    if (!isReachable) {
      refuse(["participant"], "must say how to reach the person: give phone, email or reachBy");
    }
    if (participant.birthDate === undefined && source !== "staff") {
      refuse(["participant", "birthDate"], "is missing");
    }
    if (safetyConcern !== undefined && source !== "staff") {
      refuse(["safetyConcern"], "is for staff to say: leave it out");
    }
    if (consents.sms && participant.phone === undefined) {
      refuse(["consents", "sms"], "cannot be given without a phone");
    }
    if (consents.email && participant.email === undefined) {
      refuse(["consents", "email"], "cannot be given without an email address");
    }
    if (participant.phoneKind !== undefined && participant.phone === undefined) {
      refuse(["participant", "phoneKind"], "is about a phone, and no phone is given");
    }
  });

export type ParsedIntake = IntakeRequest & {
  /** FHIR QuestionnaireResponses, or whatever came in their place. */
  readonly responses?: readonly unknown[] | undefined;
};
export type ParseResult =
  | { readonly request: ParsedIntake; readonly problems?: undefined }
  | { readonly request?: undefined; readonly problems: readonly InputProblem[] };

/**
 * Checks the body of `POST /intakes`. Never throws; every problem says where it is and what would be
 * right, and never repeats what was sent.
 * @param today - local date at the site, `YYYY-MM-DD`: dates in the future are refused
 */
export function parseIntakeRequest(body: unknown, today: string): ParseResult {
  const parsed = readInput(intakeRequestSchema, body, "body");
  if (parsed.problems !== undefined) return parsed;
  const { participant, referralEvent } = parsed.value;
  const problems: InputProblem[] = [];
  if (participant.birthDate !== undefined && participant.birthDate > today) {
    problems.push({ path: "participant.birthDate", problem: "is in the future" });
  }
  if (referralEvent?.dischargedOn !== undefined && referralEvent.dischargedOn > today) {
    problems.push({ path: "referralEvent.dischargedOn", problem: "is in the future" });
  }
  return problems.length > 0 ? { problems } : { request: parsed.value };
}
