/** Routine messages in one day of the site. */
type DayCap = { readonly perDay: number };

/** Rules that are never pinned to an episode: always the live version applies. */
export type Policy = {
  readonly policyVersion: number;
  /** Words and phrases, by language; any match raises an escalation. Matched on normalised text. */
  readonly crisisPhrases: Readonly<Record<string, readonly string[]>>;
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
