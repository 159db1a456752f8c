import type { PhoneKind } from "../episode/episode.ts";
import type { Channel } from "../program/program.ts";

/** Who said it: a consent counts for what the participant gave themself, and for nothing that others enter. */
export type GivenBy = "participant" | "someone-else";

/** What is to be said of the number or address that another takes the place of. */
export type FormerReach = "no-longer-used" | "somebody-elses";

/** The facts about a person that staff put right; each that is named takes the place of what stood. `null` takes it away. */
export type Correction = {
  readonly name?: { readonly given: string; readonly family: string };
  readonly preferredName?: string | null;
  readonly pronouns?: string | null;
  readonly birthDate?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly interpreter?: boolean;
  readonly timeZone?: string;
  readonly phone?: {
    /** E.164. */
    readonly number: string;
    readonly kind: PhoneKind;
    readonly givenBy: GivenBy;
    readonly former?: FormerReach;
  } | null;
  readonly email?: {
    readonly address: string;
    readonly givenBy: GivenBy;
    readonly former?: FormerReach;
  } | null;
  readonly reachBy?: string | null;
  readonly safeTimes?: string | null;
  readonly accessNeeds?: string | null;
  readonly recordNumber?: string | null;
  readonly pregnant?: boolean | null;
  readonly injects?: boolean | null;
  /** The last local day of hospital, detox or other higher care. */
  readonly recentHigherCareOn?: string | null;
  /** Where they live, and the postal code of its state. */
  readonly home?: { readonly address: string; readonly state: string } | null;
  readonly emergencyContact?: {
    readonly name: string;
    readonly relationship?: string;
    /** E.164. */
    readonly phone: string;
  } | null;
};

export type Fact = keyof Correction;

/** What a contact point's record says, where a correction names one. */
export type NamedPoint = {
  readonly channel: Channel;
  readonly contactPointId: string;
  readonly state: "open" | "opted-out" | "wrong-number" | "failed";
};
