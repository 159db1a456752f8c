import type { Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { AttendanceStatus } from "../../shared/care/episode/attendance-status.ts";
import { isOnline, type Session } from "../../shared/care/episode/session.ts";
import { outsideLicence } from "../../shared/care/sessions/licences.ts";
import { keys } from "../../shared/keys/keys.ts";
import { seenStatuses } from "./mood-round.ts";

/** Where somebody is who comes to a session online: where help is sent to, whose licence counts, how they are called back. */
export type Presence = {
  readonly address: string;
  /** Postal code. */
  readonly state: string;
  /** E.164. */
  readonly callback: string;
};

type Entry = {
  readonly status: AttendanceStatus;
  readonly presence?: Presence;
  readonly reason?: string;
};

/**
 * What is missing, or wrong, about where somebody is who is entered as present online. A state for which whoever leads
 * has no licence on record needs a reason.
 */
export function problemWithPresence(
  session: Session,
  { status, presence, reason = "" }: Entry,
  { site }: Pick<DecisionContext, "site">,
): Refusal | undefined {
  const isSeen = seenStatuses.includes(status);
  if (presence === undefined)
    return isSeen && isOnline(session) && session.attendance?.online === undefined
      ? {
          refused: "invalid",
          sentence:
            "This session is online: say where the person is, in which state, and the number on which they are called back.",
        }
      : undefined;
  if (!isSeen)
    return {
      refused: "invalid",
      sentence: "Where somebody is, is said of who is there. Leave it empty for everybody else.",
    };
  const licence = licenceOf(session, presence, site);
  return licence !== undefined && reason.trim() === ""
    ? {
        refused: "invalid",
        sentence: `${licence} Say why the session is held all the same, as the reason.`,
      }
    : undefined;
}

function licenceOf(
  { leaderId }: Session,
  { state }: Presence,
  site: DecisionContext["site"],
): string | undefined {
  return outsideLicence(site, leaderId, state);
}

/** Keeps where the person is: the address and number in `identity`, what decisions need with the attendance. */
export function keepPresence(
  draft: Draft,
  { site }: Pick<DecisionContext, "site">,
  session: Session,
  { status, presence }: Entry,
): { readonly online?: NonNullable<NonNullable<Session["attendance"]>["online"]> } {
  if (presence === undefined) {
    const online = session.attendance?.online;
    return online === undefined || !seenStatuses.includes(status) ? {} : { online };
  }
  const { address, state, callback } = presence;
  draft.identity({
    ...keys.presence(draft.episode.episodeId, session.sessionId),
    attributes: { kind: "presence", address, callback },
  });
  const isOutside = licenceOf(session, presence, site) !== undefined;
  return { online: { state, ...(isOutside ? { isOutsideLicence: true as const } : {}) } };
}
