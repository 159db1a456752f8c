/** A site's live data: hours, closures, rota, sender numbers. */
export type Site = {
  readonly siteId: string;
  readonly version: number;
  /** For staff and pages. */
  readonly name: string;
  /** Neutral sender name; reveals nothing about the care given. */
  readonly senderName: string;
  readonly phone: string;
  readonly timeZone: string;
  readonly programs: readonly string[];
  readonly senders: {
    readonly sms: string;
    readonly email: string;
    readonly replyTo: string;
    readonly staffPages: string;
  };
  /** Staffed hours, by ISO day of week. */
  readonly staffedHours: readonly {
    readonly dayOfWeek: number;
    readonly from: string;
    readonly to: string;
  }[];
  readonly closures: readonly { readonly on: string; readonly words: string }[];
  readonly rota: readonly {
    /** RFC 3339 UTC. */
    readonly from: string;
    readonly to: string;
    readonly primary: RotaPerson;
    readonly backup: RotaPerson;
    readonly supervisor: RotaPerson;
  }[];
  /** Standing on-call names, used where no rota entry covers the instant. */
  readonly onCall?: {
    readonly primary: RotaPerson;
    readonly backup: RotaPerson;
    readonly supervisor: RotaPerson;
  };
};
export type RotaPerson = {
  readonly staffId: string;
  readonly name: string;
  readonly phone: string;
};
