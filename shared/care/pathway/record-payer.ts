import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { finishWithReason } from "../safety/finish-with-reason.ts";
import { actingStaff } from "../tasks/refuse.ts";
import { addDays, localDate } from "../time/zoned-time.ts";

/** What staff say about who pays for somebody. */
export type PayerRequest = {
  /** A payer of the program by its key; `null` for none that the program names. */
  readonly payer: string | null;
  /** The first local date at the site; without it, from the day the record began. */
  readonly from?: string | undefined;
  readonly reason: string;
};

/** How far ahead a payer is written down: a year, for what changes with the year. */
const aheadDays = 366;

/**
 * Writes down who pays for somebody from a day on, and until it is said anew. It counts for days that are past, too,
 * and after the program: days are claimed later than they are attended.
 */
export function recordPayer(
  state: OpenState,
  { payer, from, reason }: PayerRequest,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { payers: known = [] } = ctx.program.weeklyHours;
  const named = known.find((one) => one.payer === payer);
  if (payer !== null && named === undefined)
    return {
      refused: "invalid",
      sentence:
        known.length === 0
          ? "This program names no payers: the same rule counts for everybody."
          : `There is no such payer in this program. Choose one of: ${known.map(({ title }) => title).join(", ")}.`,
    };
  const { timeZone } = ctx.site;
  const began = localDate(state.episode.createdAt, timeZone);
  const first = from ?? began;
  if (first < began || first > addDays(localDate(ctx.now, timeZone), aheadDays))
    return {
      refused: "invalid",
      sentence: `The first day is from ${began} on, when the record began, and a year ahead at most.`,
    };
  const { payers = [] } = state.episode;
  const isSoAlready =
    payers.every((one) => one.from <= first) && payers.at(-1)?.payer === named?.payer;
  if (isSoAlready)
    return { refused: "not-now", sentence: "It is written down so from that day on already." };
  const draft = new Draft(state, ctx);
  draft.set({
    payers: [
      ...payers.filter((one) => one.from < first),
      { ...(named === undefined ? {} : { payer: named.payer }), from: first },
    ],
  });
  return finishWithReason(
    draft,
    ctx,
    "payer-recorded",
    { ...(named === undefined ? {} : { payer: named.payer, title: named.title }), from: first },
    reason,
  );
}
