import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { EpisodeItem } from "../care/episode/episode-item.ts";
import { nextContact, type Standing } from "../care/pathway/next-contact.ts";
import { standingOf } from "../care/pathway/propose-cadence.ts";
import { endTask } from "../care/tasks/end-task.ts";
import { daysBetween } from "../care/time/zoned-time.ts";
import { planCheckIn } from "./plan-check-in.ts";

/**
 * What follows at once where somebody takes back the consent to follow-up: the check-in that is open ends now, with
 * what was answered, and nobody climbs a ladder to them. A person is then asked to close.
 */
export function stopFollowUp(draft: Draft): void {
  const runs = new Set<string>();
  for (const item of draft.items()) {
    if (item.kind === "driver" && item.workflow === "aftercare") runs.add(item.driverId);
    if (item.kind === "check-in" && item.status === "open")
      draft.replace(item, { endsAt: draft.now });
    const isLadder = item.kind === "outreach" && item.ladder === "missedCheckIn";
    if (isLadder && (item.status === "climbing" || item.status === "decision-needed"))
      draft.replace(item, { status: "withdrawn", outcome: "no-follow-up" });
  }
  draft.cancelMessages(
    ({ driverId }) => driverId !== undefined && runs.has(driverId),
    "no-consent",
  );
}

/**
 * Goes on with the follow-up of somebody who agrees to it again: the next contact is planned, those whose time has
 * passed are left out, and nobody is asked to close for it any more.
 */
export function resumeFollowUp(draft: Draft, ctx: DecisionContext): void {
  const { status, aftercare } = draft.episode;
  const standing = standingOf(draft, ctx);
  if (status !== "aftercare" || aftercare?.last === undefined || standing === undefined) return;
  const items = draft.items();
  if (hasContactAhead(items)) return;
  const contact = nextContact(standing, lastPassed(standing, aftercare.last));
  // None is left: the closing stands, as it does after the last contact of everybody.
  if (contact === undefined) return;
  for (const item of items)
    if (item.kind === "task" && item.taskKind === "closing-approval")
      if (item.decision?.decision !== "approved") endTask(draft, item, "superseded");
  planCheckIn(draft, ctx, contact);
}

/** True while a contact is planned or open: then the aftercare is not over. */
export function hasContactAhead(items: Iterable<EpisodeItem>): boolean {
  for (const item of items)
    if (item.kind === "check-in" && (item.status === "planned" || item.status === "open"))
      return true;
  return false;
}

type Last = { readonly number: number; readonly row: number; readonly day: number };

/** The contact that is over, or the last of the program's that would have been over by now. */
function lastPassed({ program, dischargedOn, today }: Standing, last: Last): Last {
  const days = daysBetween(dischargedOn, today);
  const passed = program.aftercare.checkIns
    .filter(({ number, day, windowDays }) => number > last.row && day + windowDays < days)
    .at(-1);
  return passed === undefined ? last : { ...last, row: passed.number, day: passed.day };
}
