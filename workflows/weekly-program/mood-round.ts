import type { Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { Draft } from "../../shared/care/change/draft.ts";
import type { AttendanceStatus } from "../../shared/care/episode/attendance-status.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { recordNote } from "../../shared/care/safety/record-note.ts";

/** What the mood and safety round of a session says of one person. */
export type Round = {
  /** As the person says it: from 0, as bad as can be, to 10, as good as can be. */
  readonly mood?: number;
  /** Whether whoever leads the session is worried about the person's safety. */
  readonly safetyConcern?: boolean;
};

type Entry = Round & {
  readonly status: AttendanceStatus;
  readonly arrivedAt?: string;
  readonly leftAt?: string;
};
type Entered = Session["attendance"];

/** Entries that say that somebody saw the person. */
export const seenStatuses: readonly AttendanceStatus[] = ["present", "late", "left-early"];

/** @returns what is wrong with what is said of the round, as a sentence */
export function problemWithRound({ status, mood }: Entry): Refusal | undefined {
  return mood === undefined || seenStatuses.includes(status)
    ? undefined
    : {
        refused: "invalid",
        sentence: "The mood is what somebody says who is there. Leave it empty for everybody else.",
      };
}

/** True where what is entered of the attendance stays, and the round is said for the first time: that is no correction. */
export function addsRoundOnly(entered: Entered, input: Entry): boolean {
  return (
    entered !== undefined &&
    saysRound(input) &&
    !saysRound(entered) &&
    entered.status === input.status &&
    (input.arrivedAt === undefined || input.arrivedAt === entered.arrivedAt) &&
    (input.leftAt === undefined || input.leftAt === entered.leftAt)
  );
}

/** True where an entry says of the round what is entered already, or nothing. */
export function isSameRound(entered: Round, { mood, safetyConcern }: Round): boolean {
  return (
    (mood === undefined || mood === entered.mood) &&
    (safetyConcern === undefined || safetyConcern === entered.safetyConcern)
  );
}

function saysRound({ mood, safetyConcern }: Round): boolean {
  return mood !== undefined || safetyConcern !== undefined;
}

/** What stands of the round after an entry. Whoever was not there after all said nothing of their mood. */
export function roundAfter(entered: Entered, input: Entry): Round {
  const mood = seenStatuses.includes(input.status) ? (input.mood ?? entered?.mood) : undefined;
  const safetyConcern = input.safetyConcern ?? entered?.safetyConcern;
  return {
    ...(mood === undefined ? {} : { mood }),
    ...(safetyConcern === undefined ? {} : { safetyConcern }),
  };
}

/** A concern raises an alert as every concern of staff does, one for each session. */
export function hearRound(
  draft: Draft,
  ctx: DecisionContext,
  session: Session,
  round: Round,
): void {
  if (round.safetyConcern === true && session.attendance?.safetyConcern !== true)
    recordNote(draft, ctx, { safetyConcern: true }, session.sessionId);
}
