import * as z from "zod";
import { consentWays } from "../care/episode/episode.ts";
import { agreements } from "../care/people/consent-record.ts";
import {
  birthDate,
  date,
  emailField,
  language,
  line,
  ownPhoneField,
  phoneField,
  phoneKind,
  timeZone,
  words,
} from "./intake-request.ts";
import { usState } from "./program-seed-files.ts";

const reason = words(1000);
const agreementList = z
  .array(z.enum(agreements, "must be sms, email, voicemail or aftercare"))
  .max(agreements.length);

/** What a person agrees to or takes back, as staff heard it. */
export const consentFields = {
  given: z.exactOptional(agreementList),
  takenBack: z.exactOptional(agreementList),
  how: z.enum(consentWays, "must be phone, paper or in-person: how the person said it"),
  witness: z.exactOptional(line(120)),
};

/** What was agreed to beside something else that is recorded. */
export const consentRecordSchema = z.strictObject(consentFields);

/** `POST /episodes/{id}/consents` */
export const consentBodySchema = z.strictObject({
  ...consentFields,
  reason: z.exactOptional(reason),
});

/** `POST /episodes/{id}/site-transfer` */
export const siteTransferBodySchema = z.strictObject({
  toSiteId: z.string().regex(/^[a-z0-9-]{1,40}$/, "must be the id of a site"),
  reason,
});

/** `POST /episodes/{id}/same-person-taken-back` */
export const notTheSameBodySchema = z.strictObject({
  otherEpisodeId: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "must be the id of the other record's episode"),
  reason,
});

const versionNumber = z
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(1_000_000, "must be at most 1000000");

/** `POST /episodes/{id}/program-version` */
export const programVersionBodySchema = z.strictObject({
  version: versionNumber,
  /** Moved although a group that only that version has for them is full. */
  isOverCapacity: z.exactOptional(z.literal(true)),
  reason,
});

/** `POST /episodes/{id}/program-choice` */
export const programChoiceBodySchema = z.strictObject({
  programId: z.string().regex(/^[a-z0-9-]{1,40}$/, "must be the id of a program"),
  reason,
});

/** `POST /episodes/{id}/reach-closure` */
export const closeReachBodySchema = z.strictObject({
  channel: z.enum(["sms", "email"], "must be sms or email"),
  why: z.enum(
    ["asked-for-no-more", "somebody-elses"],
    "must be asked-for-no-more or somebody-elses",
  ),
  reason,
});
const given = z.enum(
  ["participant", "someone-else"],
  "must be participant or someone-else: who gave it",
);
const former = z.enum(
  ["no-longer-used", "somebody-elses"],
  "must be no-longer-used or somebody-elses: what is so of the one before",
);

/** `POST /episodes/{id}/corrections`: at least one fact. `null` takes one away that somebody has not. */
export const correctionBodySchema = z
  .strictObject({
    name: z.exactOptional(z.strictObject({ given: line(100), family: line(100) })),
    preferredName: z.exactOptional(line(100).nullable()),
    pronouns: z.exactOptional(line(40).nullable()),
    birthDate: z.exactOptional(birthDate),
    language: z.exactOptional(language),
    interpreter: z.exactOptional(z.boolean()),
    timeZone: z.exactOptional(timeZone),
    phone: z.exactOptional(
      z
        .strictObject({
          number: ownPhoneField,
          kind: phoneKind,
          givenBy: given,
          former: z.exactOptional(former),
        })
        .nullable(),
    ),
    email: z.exactOptional(
      z
        .strictObject({ address: emailField, givenBy: given, former: z.exactOptional(former) })
        .nullable(),
    ),
    reachBy: z.exactOptional(words(300).nullable()),
    safeTimes: z.exactOptional(words(300).nullable()),
    accessNeeds: z.exactOptional(words(500).nullable()),
    recordNumber: z.exactOptional(line(60).nullable()),
    pregnant: z.exactOptional(z.boolean().nullable()),
    injects: z.exactOptional(z.boolean().nullable()),
    recentHigherCareOn: z.exactOptional(date.nullable()),
    home: z.exactOptional(z.strictObject({ address: line(200), state: usState }).nullable()),
    emergencyContact: z.exactOptional(
      z
        .strictObject({
          name: line(120),
          relationship: z.exactOptional(line(60)),
          phone: phoneField,
        })
        .nullable(),
    ),
    reason,
  })
  .refine(
    (body) => Object.keys(body).length > 1,
    "name at least one fact beside the reason, such as timeZone",
  );
