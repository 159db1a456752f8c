import type { DecisionContext } from "../change/context.ts";
import type { Escalation } from "../episode/escalation.ts";
import type { Paging, Program } from "../program/program.ts";
import type { SafetyTier } from "../program/safety-tiers.ts";
import type { Site } from "../program/site.ts";
import { isStaffed, staffedMinutesLeft } from "../program/staffed-time.ts";
import { addMinutes } from "../time/instants.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";

/** Rules of a program that was published before tiers had a paging of their own. */
const defaultPaging: Readonly<Record<SafetyTier, Paging>> = {
  RED: "until-contact",
  ORANGE: "until-contact",
  YELLOW: "until-read",
  ROUTINE: "nobody",
};
const defaultReading: NonNullable<Program["safety"]["reading"]> = {
  withinMinutes: 60,
  remindAfterMinutes: 30,
  callNowWithinMinutes: 60,
  callAt: "09:00",
};

/** How alerts of a tier reach people. */
export function pagingOf(program: Program, tier: SafetyTier): Paging {
  return (program.safety.paging ?? defaultPaging)[tier];
}

/** True for an alert whose pages ask somebody to read it, and do not climb like those of danger. */
export function isToBeRead(program: Program, alert: Pick<Escalation, "tier">): boolean {
  return pagingOf(program, alert.tier) === "until-read";
}

/** The clocks of an alert that is to be read. */
export function readingRules(program: Program) {
  return program.safety.reading ?? defaultReading;
}

/** The next time it is morning at the site: when a call that can wait is made. Weekends have mornings, too. */
export function nextMorning(
  { site, program }: Pick<DecisionContext, "site" | "program">,
  after: string,
): string {
  const { callAt } = readingRules(program);
  const today = localDate(after, site.timeZone);
  const morning = instantAt(today, callAt, site.timeZone);
  return morning > after ? morning : instantAt(addDays(today, 1), callAt, site.timeZone);
}

/**
 * Whom the pages to read a new alert go to, and from when. While the site is staffed it stands in the queue
 * and rings nobody: where staffing ends before it was read the on-call has it from then on, and where it was
 * not read in time the on-call hears of it once. Outside staffed hours, and for work that is late already,
 * the on-call is paged at once.
 */
export function startReading(
  ctx: Pick<DecisionContext, "site" | "program" | "now">,
  { isLateAlready }: { readonly isLateAlready: boolean },
): { readonly readBy: string; readonly readLadder: NonNullable<Escalation["readLadder"]> } {
  const { withinMinutes } = readingRules(ctx.program);
  const readBy = addMinutes(ctx.now, withinMinutes);
  const inQueue = queueMinutes(ctx.site, ctx.now);
  if (isLateAlready || inQueue === 0)
    return { readBy, readLadder: { from: ctx.now, tier: 0, pages: 0 } };
  if (inQueue < withinMinutes)
    return { readBy, readLadder: { from: addMinutes(ctx.now, inQueue), tier: 0, pages: 0 } };
  return { readBy, readLadder: { from: readBy, tier: 0, pages: 0, isOnce: true } };
}

function queueMinutes(site: Site, now: string): number {
  return isStaffed(site, now) ? staffedMinutesLeft(site, now) : 0;
}

/** The last of the program's page tiers: the supervisor's. */
function lastTier(program: Program): number {
  return Math.max(0, program.safety.pageTiers.length - 1);
}

/** The tier after another; the last one stays the last one. */
export function tierAfter(program: Program, tier: number): number {
  return Math.min(tier + 1, lastTier(program));
}

/**
 * The next page that asks somebody to read an alert: one and a reminder to the first person, one to the next,
 * then one every morning to the supervisor. It never ends by time and never rings like danger. A page that
 * reached nobody does not count: it is made again as soon as a tier's pages repeat.
 */
export function nextReadPage(
  alert: Escalation,
  ctx: Pick<DecisionContext, "site" | "program">,
): { readonly tier: number; readonly at: string } {
  const { withinMinutes, remindAfterMinutes } = readingRules(ctx.program);
  const { from, tier, pages, isOnce } = alert.readLadder ?? oldLadder(alert);
  const first = [
    { tier, at: from },
    ...(isOnce === true
      ? []
      : [
          { tier, at: addMinutes(from, remindAfterMinutes) },
          { tier: tierAfter(ctx.program, tier), at: addMinutes(from, withinMinutes) },
        ]),
  ];
  const { lastPagedAt } = alert;
  const isLost = alert.pages?.at(-1)?.outcome === "undelivered";
  const again =
    lastPagedAt === undefined || lastPagedAt < from
      ? from
      : addMinutes(
          lastPagedAt,
          isLost
            ? (ctx.program.safety.pageTiers[tier]?.repeatEveryMinutes ?? 5)
            : remindAfterMinutes,
        );
  const planned = first[pages];
  if (planned !== undefined) return { ...planned, at: planned.at > again ? planned.at : again };
  const supervisor = lastTier(ctx.program);
  if (isLost) return { tier: supervisor, at: again };
  const last = lastPagedAt === undefined || lastPagedAt < from ? from : lastPagedAt;
  return { tier: supervisor, at: nextMorning(ctx, last) };
}

/** An alert that was raised before pages to read were counted: whoever was paged hears of it in the morning. */
function oldLadder(alert: Escalation): NonNullable<Escalation["readLadder"]> {
  return {
    from: alert.raisedAt,
    tier: 0,
    pages: alert.lastPagedAt === undefined ? 0 : Number.MAX_SAFE_INTEGER,
  };
}
