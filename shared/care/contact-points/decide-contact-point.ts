import type { AuditFact } from "../change/change.ts";
import { type ContactPoint, stateOf } from "./contact-point.ts";

/** What the participants who are reached there must be told of, as a command to each episode. */
export type ContactPointNotice =
  | { readonly type: "channel-closed"; readonly why: string }
  | { readonly type: "channel-reopened" }
  | { readonly type: "channel-confirmed" };

/** One change of a contact point; `undefined` where there is nothing to change. */
export type ContactPointChange = {
  readonly contactPoint: ContactPoint;
  /** Past tense, for the audit trail. */
  readonly action: string;
  readonly facts: Readonly<Record<string, AuditFact>>;
  readonly notice?: ContactPointNotice;
};

export type ContactPointCommand =
  /** `how`: `text`, `unsubscribe-link`, `complaint`, `staff`. */
  | { readonly type: "stop"; readonly how: string }
  | { readonly type: "start"; readonly how: string }
  | { readonly type: "fail"; readonly failure: "bounced" | "blocked" | "invalid" }
  | { readonly type: "wrong-number" }
  | { readonly type: "verify" }
  /**
   * A member of staff vouches that it is this person's and that they want messages there: noted failures and a wrong
   * number are taken back, and a stop that no carrier heard.
   */
  | { readonly type: "reopen" };

/**
 * Ways to ask for no more that staff cannot take back, because a carrier or a mail provider heard them, too: a text
 * from the number itself re-opens it, and a complaint stands.
 */
export const onlyByTheirOwnStart: readonly string[] = ["text", "provider-list", "complaint"];

/**
 * Decides what a command does to a contact point. Pure. A repeat of what is already so changes nothing.
 * A start takes back a stop, and a failure with it, since the number just wrote to us; it never
 * re-opens a number that belongs to somebody else.
 * @param now - RFC 3339 UTC
 */
export function decideContactPoint(
  point: ContactPoint,
  command: ContactPointCommand,
  now: string,
): ContactPointChange | undefined {
  switch (command.type) {
    case "stop":
      if (point.optOut !== undefined) return undefined;
      return change(point, { optOut: { at: now, how: command.how } }, "contact-point-opted-out", {
        how: command.how,
      });
    case "start": {
      if (point.optOut === undefined && point.hardFailedAt === undefined) return undefined;
      const { optOut: _optOut, hardFailedAt: _failedAt, failure: _failure, ...rest } = point;
      return change(rest, {}, "contact-point-reopened", { how: command.how }, point);
    }
    case "fail":
      if (point.hardFailedAt !== undefined) return undefined;
      return change(
        point,
        { hardFailedAt: now, failure: command.failure },
        "contact-point-failed",
        {
          failure: command.failure,
        },
      );
    case "wrong-number":
      if (point.wrongNumberAt !== undefined) return undefined;
      return change(point, { wrongNumberAt: now }, "contact-point-found-wrong", {});
    case "reopen": {
      const { wrongNumberAt, hardFailedAt, failure: _why, optOut, ...others } = point;
      const isStopKept = optOut !== undefined && onlyByTheirOwnStart.includes(optOut.how);
      const isStopTakenBack = optOut !== undefined && !isStopKept;
      if (wrongNumberAt === undefined && hardFailedAt === undefined && !isStopTakenBack)
        return decideContactPoint(point, { type: "verify" }, now);
      const rest = isStopKept ? { ...others, optOut } : others;
      const confirmed = point.verifiedAt === undefined ? { verifiedAt: now } : {};
      return change(rest, confirmed, "contact-point-reopened", { how: "staff" }, point);
    }
    case "verify":
      if (point.verifiedAt !== undefined) return undefined;
      return {
        ...change(point, { verifiedAt: now }, "contact-point-verified", {}),
        // What its number held back may go now.
        notice: { type: "channel-confirmed" },
      };
  }
}

function change(
  base: Omit<ContactPoint, "state">,
  fields: Partial<ContactPoint>,
  action: string,
  facts: ContactPointChange["facts"],
  before: Omit<ContactPoint, "state"> = base,
): ContactPointChange {
  const next = { ...base, ...fields };
  const state = stateOf(next);
  const notice = noticeOf(stateOf(before), state, fields.failure ?? state);
  return {
    contactPoint: { ...next, state, version: base.version + 1 },
    action,
    facts: { ...facts, state },
    ...(notice === undefined ? {} : { notice }),
  };
}

function noticeOf(from: string, to: string, why: string): ContactPointNotice | undefined {
  if (from === "open" && to !== "open") return { type: "channel-closed", why };
  if (from !== "open" && to === "open") return { type: "channel-reopened" };
  // A stop on a number that had failed already is still the participant's word: the episodes hear of it.
  if (from !== to && to === "opted-out") return { type: "channel-closed", why };
  return undefined;
}
