import type { Actor } from "../episode/actor.ts";
import type { Episode } from "../episode/episode.ts";
import type { EpisodeItem } from "../episode/episode-item.ts";

/** Work owed after a commit, carried out from the table: at least once, so every kind is idempotent. */
export type Effect =
  | { readonly kind: "start-driver"; readonly episodeId: string; readonly driverSk: string }
  | { readonly kind: "wake-driver"; readonly episodeId: string; readonly driverSk: string }
  | {
      readonly kind: "page";
      readonly episodeId: string;
      readonly escalationSk: string;
      readonly tier: number;
      readonly attempt: number;
    }
  | { readonly kind: "send"; readonly episodeId: string; readonly messageSk: string }
  | { readonly kind: "apply"; readonly episodeId: string; readonly command: DeferredCommand }
  /** What concerns everybody who is reached at a contact point: a command to each of their episodes. */
  | {
      readonly kind: "tell-episodes";
      readonly contactPointId: string;
      readonly commands: readonly DeferredCommand[];
      /** Words that came from there, kept with the contact point until every episode has its copy. */
      readonly noteId?: string;
    }
  /** What somebody found out about a number counts for all who share it: a command to the contact point. */
  | {
      readonly kind: "contact-point";
      readonly contactPointId: string;
      readonly channel: "sms" | "email";
      readonly command: "wrong-number" | "verify" | "reopen" | "stop";
      /** Who found it out: the audit trail of the contact point names them. */
      readonly by: Actor;
    };

/** A command owed to another aggregate, applied there with the effect's id as its `commandId`. */
export type DeferredCommand =
  | {
      readonly type: "channel-closed";
      readonly channel: "sms" | "email";
      readonly contactPointId: string;
      readonly why: string;
    }
  | {
      readonly type: "channel-reopened";
      readonly channel: "sms" | "email";
      readonly contactPointId: string;
    }
  | {
      readonly type: "channel-confirmed";
      readonly channel: "sms" | "email";
      readonly contactPointId: string;
    }
  | {
      readonly type: "inbound-reply";
      readonly sort: "refill" | "schedule" | "other";
      readonly noteId: string;
      readonly receivedAt: string;
      /** True where the text is about nothing ordinary: it is read within a staffed hour. */
      readonly isUnplaced?: true;
    }
  | {
      readonly type: "crisis-words";
      readonly source: "text" | "email";
      readonly rule: string;
      readonly noteId: string;
    };

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
  readonly effects: readonly Effect[];
  /** Items outside the episode that follow its state: seats of group sessions, links. */
  readonly mirrors: readonly Mirror[];
};

export type Mirror =
  | {
      readonly kind: "link";
      readonly linkId: string;
      readonly purpose: "forms" | "check-in" | "my-week";
      readonly itemSk: string;
      readonly opensAt: string;
      readonly endsAt: string;
    }
  | {
      readonly kind: "seat";
      readonly groupSessionId: string;
      readonly sessionSk: string;
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

export function isRefusal(result: object): result is Refusal {
  return "refused" in result;
}
