import type { Episode, PhoneKind } from "../episode/episode.ts";
import type { Channel } from "../program/program.ts";

/**
 * What a referral says in words of one's own. Each is taken, screened for danger, kept, told by the API and shown to staff
 * as it stands here: nothing else names them one by one.
 */
export const referralWords = {
  reason: { label: "Reason", maxCharacters: 2000 },
  safety: { label: "Said about safety", maxCharacters: 1000 },
  availability: { label: "Can come", maxCharacters: 500 },
  accessNeeds: { label: "Access needs", maxCharacters: 500 },
} as const satisfies Readonly<
  Record<string, { readonly label: string; readonly maxCharacters: number }>
>;
export type ReferralWord = keyof typeof referralWords;
export const referralWordNames = Object.keys(referralWords) as readonly ReferralWord[];

/** What is kept of a referral beside its words, as it was given. */
export const keptOfReferral = ["referrer", "referralEvent"] as const;

/** A referral or self-referral after its checks at the edge. Dates are `YYYY-MM-DD`. */
export type IntakeRequest = {
  readonly [word in ReferralWord]?: string | undefined;
} & {
  readonly programId: string;
  readonly siteId?: string | undefined;
  readonly source: Episode["source"];
  readonly participant: {
    readonly name: { readonly given: string; readonly family: string };
    readonly preferredName?: string | undefined;
    /** Left out where whoever refers as staff does not know it yet. */
    readonly birthDate?: string | undefined;
    /** E.164. */
    readonly phone?: string | undefined;
    readonly phoneKind?: PhoneKind | undefined;
    readonly email?: string | undefined;
    /** How someone without phone and email is found, in words. */
    readonly reachBy?: string | undefined;
    /** BCP 47. */
    readonly language: string;
    readonly interpreter?: boolean | undefined;
    readonly timeZone?: string | undefined;
    readonly recordNumber?: string | undefined;
  };
  /** Count only where the participant speaks for themself. */
  readonly consents: {
    readonly sms: boolean;
    readonly email: boolean;
    readonly voicemail: boolean;
  };
  readonly referrer?:
    | {
        readonly name: string;
        /** Who they are to the person, in words. */
        readonly relationship?: string | undefined;
        readonly organisation?: string | undefined;
        readonly phone?: string | undefined;
        readonly email?: string | undefined;
      }
    | undefined;
  readonly referralEvent?:
    | {
        readonly kind: string;
        readonly facility?: string | undefined;
        readonly dischargedOn?: string | undefined;
      }
    | undefined;
  readonly pregnant?: boolean | undefined;
  readonly injects?: boolean | undefined;
  /** A member of staff is worried about the person's safety after what they heard. */
  readonly safetyConcern?: boolean | undefined;
};

/** Answers to one instrument that came with the referral. */
export type InstrumentAnswers = {
  readonly instrumentId: string;
  readonly answers: Readonly<Record<string, number>>;
  /** The day on which they were given, `YYYY-MM-DD`, where the form says it. */
  readonly answeredOn?: string;
};

/** The ids of what a referral creates; contact points are keyed hashes by now. */
export type IntakeIds = {
  readonly episodeId: string;
  readonly participantId: string;
  readonly reference: string;
  readonly reach: { readonly [channel in Channel]?: string | undefined };
};
