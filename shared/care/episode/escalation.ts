import type { SafetyTier } from "../program/program.ts";
import type { ItemBase } from "./item-base.ts";

export type Escalation = ItemBase & {
  readonly kind: "escalation";
  readonly escalationId: string;
  readonly tier: SafetyTier;
  readonly status: "open" | "acknowledged" | "contacted" | "closed";
  readonly raisedAt: string;
  readonly contactDueAt: string;
  /** Code of the rule that raised it, and what it was about; no answers in words. */
  readonly trigger: {
    readonly source:
      | "instrument"
      | "text"
      | "email"
      | "check-in"
      | "staff"
      | "medication"
      | "overdue-work";
    readonly rule: string;
    readonly about?: string;
    readonly value?: number;
  };
  readonly reason: string;
  /** Which of the program's page tiers is being paged, from 0. */
  readonly pageTier: number;
  readonly pageAttempt: number;
  readonly lastPagedAt?: string;
  /** When the present tier ends and the next one begins. */
  readonly tierEndsAt: string;
  readonly acknowledgements: readonly { readonly by: string; readonly at: string }[];
  readonly contacts: readonly {
    readonly by: string;
    readonly at: string;
    readonly outcome: string;
  }[];
  readonly closure?: { readonly by: string; readonly at: string; readonly outcome: string };
  /** A word match locks nothing until a clinician confirms it. */
  readonly confirmed: boolean;
  /** True where the words speak of an act under way: contact, sent help or two clinicians close it. */
  readonly isActUnderWay?: true;
  /** Clinicians who have read the words of an act under way and find no danger, without contact. */
  readonly readings?: readonly { readonly by: string; readonly at: string }[];
};
