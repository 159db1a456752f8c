// Long because it is one set of schemas: the files beside the programs, which share their small parts.

import * as z from "zod";
import { readPhone } from "../care/contact-points/contact-point.ts";
import { usStates } from "../care/program/us-states.ts";

/** The files beside the programs: instruments, message words, sites and policy. */

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "must be lower-case letters, digits and hyphens");
/** Control characters, and marks that turn text round, in words of several lines. */
const unsafeInWords = /[^\P{Cc}\n\r\t]|[\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u;
/** In one line nothing that is not seen: no control, direction, joining or private characters. */
const unseenInLine = /[\p{C}\u2028\u2029]/u;
const unseen = "holds characters that are not seen, or that turn text round: type it anew";

const words = z
  .string()
  .refine((text) => !unsafeInWords.test(text), unseen)
  .trim()
  .min(1, "must not be empty")
  .max(2000, "must be at most 2000 characters");
const line = (most: number, why = "") =>
  z
    .string()
    .refine((text) => !unseenInLine.test(text), unseen)
    .trim()
    .min(1, "must not be empty")
    .max(most, `must be at most ${most} characters${why}`);
const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a wall time in quotes, such as "09:00"');
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, "must be a language tag, such as en or es");
const texts = z.record(language, words);
const loincCode = z.string().regex(/^\d{3,5}-\d$/, "must be a LOINC code, such as 44249-1");
const wholeNumber = z
  .int("must be a whole number")
  .min(0, "must be at least 0")
  .max(1_000, "must be at most 1000");
const phone = z
  .string()
  .refine(
    (text) => readPhone(text, "refused").phone === text,
    'must be a phone number in quotes with its country, such as "+12125550110"',
  );
const span = z.strictObject({ from: wallTime, to: wallTime });

const option = z.strictObject({
  value: wholeNumber,
  code: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/, "must be an answer code, such as LA6568-5"),
  acceptedCodes: z.exactOptional(z.array(words)),
  text: texts,
});

/** The schema of `instruments/<id>.yaml`. */
export const instrumentFileSchema = z.strictObject({
  instrumentId: id,
  title: words,
  licensingStatus: z.enum([
    "public-domain",
    "attribution",
    "registration",
    "license-required",
    "unknown",
  ]),
  licenceReference: z.exactOptional(
    words.describe("The licence of whoever runs the product, where its holder gives one"),
  ),
  source: words,
  panelLoinc: z.exactOptional(loincCode),
  totalLoinc: z.exactOptional(loincCode),
  recall: texts,
  stem: texts,
  options: z.array(option).min(2, "needs at least two answers"),
  items: z
    .array(
      z.strictObject({
        itemId: id,
        loinc: z.exactOptional(loincCode),
        text: texts,
        scored: z.boolean(),
        required: z.boolean(),
        requiredIf: z.exactOptional(
          z.strictObject({ anyOf: z.array(id).min(1), atLeast: z.int() }),
        ),
        safety: z.boolean(),
        options: z.exactOptional(z.array(option).min(2, "needs at least two answers")),
      }),
    )
    .min(1, "needs at least one item"),
  scoring: z.strictObject({
    method: z.literal("sum"),
    minimum: wholeNumber,
    maximum: wholeNumber,
    positiveAtLeast: wholeNumber,
    reliableChange: z.exactOptional(wholeNumber),
    remissionBelow: z.exactOptional(wholeNumber),
    responsePercent: z.exactOptional(wholeNumber),
    bands: z
      .array(z.strictObject({ from: wholeNumber, to: wholeNumber, words }))
      .min(1, "needs at least one band"),
  }),
});

/** The schema of `<program>/messages.<language>.yaml`: template id → words by channel. */
export const messagesFileSchema = z.record(
  id,
  z.strictObject({
    sms: z.exactOptional(
      z.string().min(1, "must not be empty").max(480, "must be at most 480 characters"),
    ),
    emailSubject: z.exactOptional(
      z.string().min(1, "must not be empty").max(120, "must be at most 120 characters"),
    ),
    emailBody: z.exactOptional(words),
  }),
);
export type MessagesFile = z.infer<typeof messagesFileSchema>;

const rotaPerson = z.strictObject({ staffId: id, name: line(100), phone });
const onCall = { primary: rotaPerson, backup: rotaPerson, supervisor: rotaPerson };
const instant = z.iso.datetime("must be an instant in UTC, such as 2027-01-15T15:00:00Z");

/** A state of the USA, or a territory. */
export const usState = z
  .string()
  .refine((code) => usStates.includes(code), "must be the postal code of a state, such as NY");

/** Pages and messages show it: an address that opens in a browser, and nothing else. */
export const onlineAddress = z
  .url({ protocol: /^https$/, error: "must be an address that begins with https://" })
  .max(300, "must be at most 300 characters");

/** The schema of `sites.yaml`. */
export const sitesFileSchema = z.strictObject({
  sites: z
    .array(
      z.strictObject({
        siteId: id,
        name: line(100),
        senderName: line(21, ", to leave a text room"),
        phone,
        address: z.exactOptional(line(30, ", to leave a text room")),
        timeZone: z
          .string()
          .regex(
            /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/,
            "must be a time zone, such as America/New_York",
          ),
        state: z.exactOptional(usState),
        licences: z.exactOptional(
          z
            .array(z.strictObject({ staffId: id, states: z.array(usState).max(60) }))
            .max(500, "must be at most 500"),
        ),
        programs: z.array(id).max(50, "must be at most 50"),
        senders: z.strictObject({
          sms: phone,
          email: z.email(),
          replyTo: z.email(),
          staffPages: phone,
        }),
        staffedHours: z
          .array(
            z.strictObject({
              dayOfWeek: z
                .int("must be a whole number")
                .min(1, "1 is Monday")
                .max(7, "7 is Sunday"),
              from: wallTime,
              to: wallTime,
            }),
          )
          .min(1, "needs at least one staffed time: work is due in staffed hours")
          .max(50, "must be at most 50"),
        closures: z
          .array(
            z.strictObject({
              on: z.iso.date("must be a date in quotes, such as 2027-01-15"),
              words: line(200),
              hours: z.exactOptional(
                z
                  .strictObject({ from: wallTime, to: wallTime })
                  .refine(({ from, to }) => from < to, "must end after they begin"),
              ),
              onlineAddress: z.exactOptional(onlineAddress),
            }),
          )
          .max(400, "must be at most 400"),
        rota: z
          .array(z.strictObject({ from: instant, to: instant, ...onCall }))
          .max(400, "must be at most 400"),
        onCall: z.exactOptional(z.strictObject(onCall)),
      }),
    )
    .min(1, "needs at least one site"),
});

const phrases = z.array(
  z.string().min(1, "must not be empty").max(80, "must be at most 80 characters"),
);
const cap = z.strictObject({
  perDay: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(10, "must be at most 10"),
  perWeek: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(30, "must be at most 30"),
});

const dayCap = (most: number) =>
  z.strictObject({
    perDay: z
      .int("must be a whole number")
      .min(1, "must be at least 1")
      .max(most, `must be at most ${most}`),
  });
const patterns = z.array(
  z.string().min(1, "must not be empty").max(400, "must be at most 400 characters"),
);
/** Words parted by commas, which is easier to read than one a line. */
const wordList = z
  .string()
  .min(1, "needs at least one word")
  .max(8000, "must be at most 8000 characters");
const wordClasses = z.record(
  z.string().regex(/^[a-z][a-z-]{0,29}$/, "must be lower-case letters and hyphens"),
  wordList,
);
const points = z
  .number("must be a number")
  .min(-10, "must be at least -10")
  .max(10, "must be at most 10");
const crisisWords = z.strictObject({
  classes: wordClasses,
  everyday: patterns,
  denials: wordList,
  denialEnds: wordList,
  deniedWith: z.exactOptional(wordList),
  negations: wordList,
  negationEnds: wordList,
  past: z.exactOptional(z.strictObject({ marks: patterns, present: patterns, ends: wordList })),
  overheard: z.exactOptional(patterns),
  rules: z
    .array(
      z.strictObject({
        ruleId: id,
        isActUnderWay: z.exactOptional(z.boolean()),
        isForReading: z.exactOptional(z.boolean()),
        points: z.exactOptional(points),
        holdsNegation: z.exactOptional(z.boolean()),
        isClinical: z.exactOptional(z.boolean()),
        patterns: patterns.min(1, "needs at least one pattern"),
      }),
    )
    .min(1, "needs at least one rule"),
});

const optOutWords = z.strictObject({
  classes: wordClasses,
  notOptOut: patterns,
  patterns: patterns.min(1, "needs at least one pattern"),
});

const learned = z.strictObject({
  base: points,
  weights: z.array(z.strictObject({ points: z.number("must be a number"), of: z.string() })),
});

const signs = z.strictObject({
  base: points,
  readAt: points,
  soonAt: points,
  denied: points,
  kinds: z
    .array(z.strictObject({ sign: id, points, words: wordList }))
    .min(1, "needs at least one kind"),
  learned: z.exactOptional(learned.extend({ readAt: points, soonAt: points })),
});

/** The schema of `policy.yaml`. */
export const policyFileSchema = z.strictObject({
  policyVersion: z.int("must be a whole number").min(1, "must be at least 1"),
  crisisWords: z.record(language, crisisWords),
  optOutWords: z.record(language, optOutWords),
  optOutWeights: z.exactOptional(learned.extend({ endAt: points, doubtAt: points })),
  signs,
  stopWords: phrases.min(1, "needs at least STOP"),
  startWords: phrases.min(1, "needs at least START"),
  helpWords: phrases.min(1, "needs at least HELP"),
  refillWords: phrases,
  scheduleWords: phrases,
  returnWords: z.exactOptional(phrases),
  caps: z.strictObject({
    inProgram: cap,
    inAftercare: cap,
    perNumber: dayCap(500),
    unconfirmedNumber: dayCap(1),
    unconfirmedAddress: dayCap(10),
    unconfirmedAtSite: dayCap(10_000),
  }),
  quietHours: z.strictObject({ routine: span, scheduleNotice: span }),
  crisisText: texts,
  forbiddenWords: z.record(language, phrases),
  legalText: z.record(z.string(), texts),
});
