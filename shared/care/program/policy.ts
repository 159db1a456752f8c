/** Routine messages in one day of the site. */
type DayCap = { readonly perDay: number };
/** How one language speaks of danger, as patterns of words (`safety/word-pattern.ts`); lists are parted by commas. */
export type CrisisWords = {
  /** Words that patterns name together, as `<name>`. */
  readonly classes: Readonly<Record<string, string>>;
  /** What people say every day: passed over before the rules are looked at. */
  readonly everyday: readonly string[];
  /** Words of what people write about every day, and of distress: what weighs more says who reads a text. */
  readonly topics?: string | undefined;
  readonly distress?: string | undefined;
  /** Words by which a clinician says that something is not there, up to `denialEnds` or the sentence's end. */
  readonly denials: string;
  readonly denialEnds: string;
  /** Words that deny what follows shortly. */
  readonly negations: string;
  /** Words behind which a denial no longer counts. */
  readonly negationEnds: string;
  readonly rules: readonly CrisisRule[];
};

/** How one language asks for an end of all messages, in the same patterns. */
export type OptOutWords = {
  readonly classes: Readonly<Record<string, string>>;
  /** What asks for no end though it sounds like it: passed over before the patterns are looked for. */
  readonly notOptOut: readonly string[];
  readonly patterns: readonly string[];
};

export type CrisisRule = {
  readonly ruleId: string;
  /** True where the words speak of an act that is under way: the alert is not closed without contact. */
  readonly isActUnderWay?: boolean;
  /** True for words that only may mean danger: a clinician reads them within the hour (YELLOW), nobody is rung. */
  readonly isForReading?: boolean;
  /** True where a negation is part of the danger ("no reason to live"): it denies nothing. */
  readonly holdsNegation?: boolean;
  /** True for terms of findings, which are listed ("denies SI, HI and self-harm"). */
  readonly isClinical?: boolean;
  readonly patterns: readonly string[];
};

/** Rules that are never pinned to an episode: always the live version applies. */
export type Policy = {
  readonly policyVersion: number;
  /** Rules by which words of crisis are found, by language; any match raises an escalation. */
  readonly crisisWords: Readonly<Record<string, CrisisWords>>;
  /** Ways to ask for an end of messages in one's own words, by language. */
  readonly optOutWords?: Readonly<Record<string, OptOutWords>> | undefined;
  readonly stopWords: readonly string[];
  readonly startWords: readonly string[];
  readonly helpWords: readonly string[];
  readonly refillWords: readonly string[];
  readonly scheduleWords: readonly string[];
  readonly caps: {
    readonly inProgram: { readonly perDay: number; readonly perWeek: number };
    readonly inAftercare: { readonly perDay: number; readonly perWeek: number };
    /** To one number or address, whoever shares it. */
    readonly perNumber?: DayCap | undefined;
    /** Texts to one number that nobody has answered from and no member of staff has confirmed. */
    readonly unconfirmedNumber?: DayCap | undefined;
    /** The same for emails. */
    readonly unconfirmedAddress?: DayCap | undefined;
    /** From one site to all such numbers and addresses together. */
    readonly unconfirmedAtSite?: DayCap | undefined;
  };
  /** Wall times in the participant's zone. */
  readonly quietHours: {
    readonly routine: { readonly from: string; readonly to: string };
    readonly scheduleNotice: { readonly from: string; readonly to: string };
  };
  readonly crisisText: Readonly<Record<string, string>>;
  /** Words no template may hold, by language. */
  readonly forbiddenWords: Readonly<Record<string, readonly string[]>>;
  readonly legalText: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
