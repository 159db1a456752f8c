import type { MessagePlan } from "../care/program/program.ts";
import { toInstant } from "../care/time/instants.ts";
import {
  addDays,
  instantAt,
  isInWindow,
  localDate,
  nextInWindow,
  spread,
  windowEnd,
} from "../care/time/zoned-time.ts";

export type PlannedInstants = {
  readonly sendAt: string;
  readonly expiresAt: string;
  /** True when no allowed instant is left before it stops making sense. */
  readonly isTooLate: boolean;
};

const minute = 60_000;

/** What the timing of one planned message depends on. */
export type PlanTiming = {
  readonly row: Pick<
    MessagePlan,
    "step" | "class" | "offsetMinutes" | "window" | "expiresAfterHours"
  >;
  readonly now: string;
  readonly anchorAt: string;
  readonly timeZone: string;
  readonly participantId: string;
  /** When what the message links to closes. */
  readonly endsAt?: string;
  /** It answers what somebody has just sent: it leaves as its window opens, not spread over it. */
  readonly isReceipt?: boolean;
  /** When the message goes that has to be there first. */
  readonly followsAt?: string;
};

/** Between a message and the one that has to be there before it; minutes. */
const followingMinutes = 15;
/** What waits for the same minute leaves within this many minutes of it. */
const spreadMinutes = 15;

/**
 * When a row's message may go first and until when it makes sense.
 *
 * The anchor plus the offset is the earliest instant; what has passed already becomes now. Outside the
 * row's window it moves to where the window opens next, spread over the window by the participant, so
 * that not everybody's message leaves at nine. A message that must come before its anchor (a negative
 * offset) moves back to the day before rather than past the anchor. Replies and safety messages move
 * for no window. What follows a message that still waits, waits for it and a little longer.
 */
export function planInstants(input: PlanTiming): PlannedInstants {
  const { row, now } = input;
  const wanted = toInstant(Date.parse(input.anchorAt) + row.offsetMinutes * minute);
  const isBefore = row.offsetMinutes < 0;
  const { followsAt } = input;
  const isFollowing = followsAt !== undefined && followsAt > now;
  const after = isFollowing ? toInstant(Date.parse(followsAt) + followingMinutes * minute) : now;
  const earliest = wanted > after ? wanted : after;
  const isWindowed = row.class === "routine" || row.class === "schedule-notice";
  const sendAt = isWindowed
    ? moveIntoWindow(input, earliest, isBefore ? input.anchorAt : undefined)
    : earliest;
  const limits = [
    toInstant(Date.parse(sendAt) + row.expiresAfterHours * 60 * minute),
    ...(isBefore ? [input.anchorAt] : []),
    ...(input.endsAt === undefined ? [] : [input.endsAt]),
  ];
  const expiresAt = limits.reduce((least, limit) => (limit < least ? limit : least));
  return { sendAt, expiresAt, isTooLate: sendAt >= expiresAt };
}

function moveIntoWindow(input: PlanTiming, earliest: string, before: string | undefined): string {
  const { row, timeZone } = input;
  if (isInWindow(earliest, row.window, timeZone)) {
    // What answers something that just happened goes at once; the rest leaves within a quarter of an hour.
    const spreadOut = earliest <= input.now ? earliest : spreadFrom(input, earliest, spreadMinutes);
    return before === undefined || spreadOut < before ? spreadOut : earliest;
  }
  const opens = nextInWindow(earliest, row.window, timeZone);
  if (opens === undefined) return earliest;
  const forward = spreadFrom(input, opens, input.isReceipt === true ? spreadMinutes : undefined);
  if (before === undefined || forward < before) return forward;
  const back = spreadFrom(
    input,
    instantAt(addDays(localDate(opens, timeZone), -1), row.window.from, timeZone),
    undefined,
  );
  if (back >= input.now && back < before) return back;
  if (isInWindow(input.now, row.window, timeZone)) return input.now;
  return opens < before ? opens : forward;
}

/** The participant's own place between an instant and the end of its window, in whole minutes. */
function spreadFrom(input: PlanTiming, from: string, atMostMinutes: number | undefined): string {
  const { row, timeZone } = input;
  const end = windowEnd(from, row.window, timeZone);
  const room = Math.floor((Date.parse(end) - Date.parse(from)) / minute);
  const minutes = atMostMinutes === undefined ? room : Math.min(room, atMostMinutes);
  return toInstant(
    Date.parse(from) + spread(`${input.participantId}#${row.step}`, minutes) * minute,
  );
}
