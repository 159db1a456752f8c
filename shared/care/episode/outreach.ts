import type { ItemBase } from "./item-base.ts";

export type Outreach = ItemBase & {
  readonly kind: "outreach";
  readonly outreachId: string;
  readonly ladder: "missedSession" | "missedCheckIn" | "missedForms";
  readonly about: { readonly type: "session" | "check-in" | "form"; readonly id: string };
  readonly status: "climbing" | "reached" | "decision-needed" | "withdrawn";
  /** Index of the next rung to climb. */
  readonly nextRung: number;
  /** Counts the climbs, from 1: a person may decide to start over. */
  readonly round?: number;
  readonly nextRungAt: string;
  readonly startedAt: string;
  readonly outcome?: string;
};
