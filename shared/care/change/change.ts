import type { Actor } from "../episode/actor.ts";
import type { Episode } from "../episode/episode.ts";
import type { EpisodeItem } from "../episode/episode-item.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

export type PlannedPut = {
  readonly item: EpisodeItem;
  /** `absent` for a new business key, else the version that must still stand. */
  readonly expects: "absent" | { readonly version: number };
};

/** Free text and the like: kept apart from care state, erased by key. */
export type IdentityPut = {
  readonly pk: string;
  readonly sk: string;
  readonly attributes: Readonly<Record<string, unknown>>;
};

export type AuditFact = string | number | boolean;
export type AuditDraft = {
  /** Past tense, e.g. `session-attendance-recorded`. */
  readonly action: string;
  readonly actor: Actor;
  readonly reason?: string;
  /** Ids, codes and numbers; never free text. */
  readonly facts: Readonly<Record<string, AuditFact>>;
};

/** Everything one decision changes. Committed whole or not at all. */
export type Change = {
  readonly episode: Episode;
  readonly puts: readonly PlannedPut[];
  readonly identityPuts: readonly IdentityPut[];
  readonly audit: AuditDraft;
  readonly outbox: readonly OutboxEntry[];
  /** Items outside the episode that follow its state: seats of group sessions, links. */
  readonly projections: readonly Projection[];
};

export type Projection =
  | {
      readonly kind: "link";
      readonly linkId: string;
      readonly purpose: "forms" | "check-in" | "my-week";
      readonly itemSk: string;
      readonly opensAt: string;
      readonly endsAt: string;
      /** It is opened by a code on a clinic's tablet, and shows that one form alone. */
      readonly isOnTablet?: true;
    }
  | {
      readonly kind: "seat";
      readonly groupSessionId: string;
      readonly sessionSk: string;
      /** The local date on which it is held, where that is not its date in the timetable. */
      readonly on?: string;
      readonly attendance?: string;
    };

export type RefusalCode =
  | "not-found"
  | "not-allowed"
  | "not-now"
  | "already-decided"
  | "stale-version"
  | "invalid"
  | "locked-by-safety";

/** A command that was understood and not carried out: nothing was written. */
export type Refusal = {
  readonly refused: RefusalCode;
  readonly sentence: string;
  readonly details?: Readonly<Record<string, AuditFact>>;
};

/** True when a command was refused instead of decided. */
export function isRefusal(result: object): result is Refusal {
  return "refused" in result;
}
