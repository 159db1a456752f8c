import * as z from "zod";
import { count, type Stored, wallTime } from "../stored/fields.ts";

/** Routine messages in one day of the site. */
const dayCap = z.object({ perDay: count });
const cap = z.object({ perDay: count, perWeek: count });
const span = z.object({ from: wallTime, to: wallTime });
const phrases = z.array(z.string());

const crisisRule = z.object({
  ruleId: z.string(),
  /** True where the words speak of an act that is under way: the alert is not closed without contact. */
  isActUnderWay: z.exactOptional(z.boolean()),
  /** True where a negation is part of the danger ("no reason to live"): it denies nothing. */
  holdsNegation: z.exactOptional(z.boolean()),
  /** True for terms of findings, which are listed ("denies SI, HI and self-harm"). */
  isClinical: z.exactOptional(z.boolean()),
  /** True for words that only may mean danger: a clinician reads them within the hour (YELLOW), nobody is rung. */
  isForReading: z.exactOptional(z.boolean()),
  /** Of a rule for reading that decides nothing by itself: what it adds to the points of the signs. */
  points: z.exactOptional(z.number()),
  patterns: phrases.min(1),
});
export type CrisisRule = Stored<typeof crisisRule>;

const crisisWords = z.object({
  /** Words that patterns name together, as `<name>`. */
  classes: z.record(z.string(), z.string()),
  /** What people say every day: passed over before the rules are looked at. */
  everyday: phrases,
  /** Words by which a clinician says that something is not there, up to `denialEnds` or the sentence's end. */
  denials: z.string(),
  denialEnds: z.string(),
  /** Terms that stand beside others in a list of what is denied: "denies SI, HI, AVH, plan or intent". */
  deniedWith: z.exactOptional(z.string()),
  /** Words that deny what follows shortly. */
  negations: z.string(),
  /** Words behind which a denial no longer counts. */
  negationEnds: z.string(),
  /** By what danger is known that is told of a time long gone (`safety/told-of-the-past.ts`). */
  past: z.exactOptional(
    z.object({
      /** Patterns of which one stands in the clause of what was found: "used to", "years ago". */
      marks: phrases,
      /** Patterns that speak of today, anywhere in the text. */
      present: phrases,
      /** Words at which a clause ends. */
      ends: z.string(),
    }),
  ),
  /** Patterns by which somebody says that another listens or reads along: a clinician reads it, nothing is sent by itself. */
  overheard: z.exactOptional(phrases),
  rules: z.array(crisisRule).min(1),
});
/** How one language speaks of danger, as patterns of words (`safety/word-pattern.ts`); lists are parted by commas. */
export type CrisisWords = Stored<typeof crisisWords>;

const optOutWords = z.object({
  classes: z.record(z.string(), z.string()),
  /** What asks for no end though it sounds like it: passed over before the patterns are looked for. */
  notOptOut: phrases,
  patterns: phrases,
});
/** How one language asks for an end of all messages, in the same patterns. */
export type OptOutWords = Stored<typeof optOutWords>;

const learnedWeights = z.object({
  /** What every text begins with. */
  base: z.number(),
  /** Features of texts (`safety/weigh-words.ts`) by what they weigh, parted by blanks. */
  weights: z.array(z.object({ points: z.number(), of: z.string() })),
});
/** What labelled sentences taught about which words speak for something, written by `scripts/train-weights.ts`. */
export type LearnedWeights = Stored<typeof learnedWeights>;

const signs = z.object({
  /** Points that every text begins with: below zero, since most texts are harmless. */
  base: z.number(),
  /** Points from which a clinician reads a text within the hour. */
  readAt: z.number(),
  /** Points from which a person reads it within a staffed hour. */
  soonAt: z.number(),
  /** What it adds where danger is named and denied: below zero. */
  denied: z.number(),
  kinds: z.array(z.object({ sign: z.string(), points: z.number(), words: z.string() })).min(1),
  /** What takes the place of the points; a policy that was published before it has only those. */
  learned: z.exactOptional(
    learnedWeights.extend({
      /** The sum from which a clinician reads a text within the hour. */
      readAt: z.number(),
      /** The sum from which a person reads it within a staffed hour. */
      soonAt: z.number(),
    }),
  ),
});

/**
 * Rules that are never pinned to an episode: always the live version applies. A policy without rules of danger
 * would find none in any text, and one without STOP words would stop nobody: each must be there.
 */
export const policySchema = z.object({
  policyVersion: count,
  /** Rules by which words of crisis are found, by language; any match raises an escalation. */
  crisisWords: z
    .record(z.string(), crisisWords)
    .refine((languages) => Object.keys(languages).length > 0),
  /** What the words of a text speak for where no rule matched, added up by kind (`safety/weigh-words.ts`). */
  signs: z.exactOptional(signs),
  stopWords: phrases.min(1),
  startWords: phrases.min(1),
  helpWords: phrases.min(1),
  /** Ways to ask for an end of messages in one's own words, by language. */
  optOutWords: z.exactOptional(z.record(z.string(), optOutWords)),
  /** What speaks for such a wish and against it (`messages/asks-to-end.ts`). */
  optOutWeights: z.exactOptional(
    learnedWeights.extend({
      /** The sum from which a text ends messages by itself. */
      endAt: z.number(),
      /** The sum below which a pattern that matched is doubted: a person reads the text, and nothing ends. */
      doubtAt: z.number(),
    }),
  ),
  refillWords: phrases,
  scheduleWords: phrases,
  /** By which somebody says that they need to come back to the program. */
  returnWords: z.exactOptional(phrases),
  caps: z.object({
    inProgram: cap,
    inAftercare: cap,
    /** To one number or address, whoever shares it. */
    perNumber: z.exactOptional(dayCap),
    /** Texts to one number that nobody has answered from and no member of staff has confirmed. */
    unconfirmedNumber: z.exactOptional(dayCap),
    /** The same for emails. */
    unconfirmedAddress: z.exactOptional(dayCap),
    /** From one site to all such numbers and addresses together. */
    unconfirmedAtSite: z.exactOptional(dayCap),
  }),
  /** Wall times in the participant's zone. */
  quietHours: z.object({ routine: span, scheduleNotice: span }),
  crisisText: z.record(z.string(), z.string()),
  /** Words no template may hold, by language. */
  forbiddenWords: z.record(z.string(), phrases),
  legalText: z.record(z.string(), z.record(z.string(), z.string())),
});
export type Policy = Stored<typeof policySchema>;
