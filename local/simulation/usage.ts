/** What the pathways of a group used of what AWS charges for, all of them together. No number is a price. */
export type Usage = {
  /** How many people the group has. */
  readonly participants: number;
  /** State transitions as billed: every state entered and every further try of a task. */
  readonly transitions: {
    readonly total: number;
    readonly executions: number;
    readonly byWorkflow: Readonly<Record<string, number>>;
    readonly byState: Readonly<Record<string, number>>;
  };
  readonly functions: Readonly<Record<string, FunctionUsage>>;
  readonly tables: {
    readonly calls: number;
    /** What is left when the pathway is over, with indexes. */
    readonly storedBytes: number;
  };
  readonly archive: { readonly puts: number; readonly bytes: number };
  readonly email: { readonly messages: number; readonly bytes: number };
  readonly sms: { readonly messages: number; readonly parts: number };
  /** Delivery reports that the providers hand to the topic. */
  readonly reports: number;
  readonly logBytes: number;
  readonly keyCalls: number;
  readonly http: {
    readonly participantRequests: number;
    readonly staffRequests: number;
    readonly responseBytes: number;
  };
  /** One look of the sweep, which runs every minute whether or not anybody is on the pathway. */
  readonly sweep: FunctionUsage;
  /** Messages by template, and the calendar days from referral to the last change. */
  readonly messages: Readonly<Record<string, number>>;
  readonly days: number;
};

export type FunctionUsage = {
  readonly calls: number;
  /** Billed milliseconds by the assumptions of `assumptions.ts`. */
  readonly milliseconds: number;
  readonly memoryMb: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};
