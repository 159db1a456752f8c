import type { ItemBase } from "./item-base.ts";

export type CheckIn = ItemBase & {
  readonly kind: "check-in";
  readonly checkInId: string;
  readonly number: number;
  readonly checkInKind: "staff-call" | "check-in";
  readonly status: "planned" | "open" | "answered" | "missed" | "cancelled";
  readonly dueAt: string;
  readonly openedAt?: string;
  readonly endsAt?: string;
  readonly answeredAt?: string;
  readonly linkId?: string;
  readonly answers: Readonly<Record<string, number | boolean>>;
  readonly action?: "none" | "same-day-call" | "call-within-48-hours";
  readonly reasons: readonly string[];
  readonly submissions: readonly string[];
  /** When the pathway took the answer in; until then an answered check-in is open work. */
  readonly assessedAt?: string;
};
