import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { StaffScreen } from "../program/staff-screen.ts";
import { endOfNextStaffedDay, staffedSpans } from "../program/staffed-time.ts";
import { endTask } from "../tasks/end-task.ts";
import { openTask } from "../tasks/open-task.ts";
import { addDays, instantAt, localDate, spread } from "../time/zoned-time.ts";

/**
 * Puts on the list the staff screens that are asked again in the program week that begins, each shown from its day on.
 *
 * @param startsOn - the Monday of the week, a local date at the site
 */
export function askForScreensOfWeek(
  draft: Draft,
  ctx: DecisionContext,
  week: number,
  startsOn: string,
): void {
  for (const screen of ctx.program.screens ?? []) {
    if (screen.everyWeeks === undefined || (week - 1) % screen.everyWeeks !== 0) continue;
    const on = screenDay(draft.episode.episodeId, ctx, screen, startsOn);
    const words = on === undefined ? `ask it in week ${week}.` : `it is due on ${on}.`;
    askForScreen(draft, ctx, screen, { why: `w${week}`, words, on });
  }
}

/**
 * The day of a week on which a screen is due: the program's, or one of the week's staffed days that nobody can foresee.
 * @returns a local date at the site; `undefined` where any day will do, or none is left on which somebody is there
 */
function screenDay(
  episodeId: string,
  { site, now }: Pick<DecisionContext, "site" | "now">,
  { screenId, onDay }: StaffScreen,
  startsOn: string,
): string | undefined {
  if (onDay === undefined) return undefined;
  const today = localDate(now, site.timeZone);
  const days = Array.from({ length: 7 }, (_, index) => addDays(startsOn, index)).filter(
    (on) => on >= today && staffedSpans(site, on).length > 0,
  );
  if (onDay === "random") return days[spread(`${episodeId}#${screenId}#${startsOn}`, days.length)];
  const planned = addDays(startsOn, onDay - 1);
  // Closed on its day, it is asked on the next one, or on the last one before it.
  return days.find((on) => on >= planned) ?? days.at(-1);
}

/** Somebody was admitted without these: they are asked before the first group. */
export function askForMissingScreens(
  draft: Draft,
  ctx: DecisionContext,
  screenIds: readonly string[],
): void {
  for (const screen of ctx.program.screens ?? [])
    if (screenIds.includes(screen.screenId))
      askForScreen(draft, ctx, screen, {
        why: "admission",
        words: "the person was admitted without it. Ask it before the first group.",
        priority: "urgent",
      });
}

/** One task for each screen at a time: it ends when the answers are recorded. */
function askForScreen(
  draft: Draft,
  ctx: DecisionContext,
  { screenId, title, assignTo }: StaffScreen,
  {
    why,
    words,
    priority,
    on,
  }: {
    readonly why: string;
    readonly words: string;
    readonly priority?: "urgent";
    /** Local date at the site from which it is shown. */
    readonly on?: string | undefined;
  },
): void {
  const isOpen = draft
    .items()
    .some(
      (item) =>
        item.kind === "task" &&
        item.taskKind === "screen-due" &&
        item.status === "open" &&
        item.about?.id === screenId,
    );
  if (isOpen) return;
  const shownFrom = on === undefined ? ctx.now : instantAt(on, "00:00", ctx.site.timeZone);
  const later =
    shownFrom > ctx.now
      ? { snoozedUntil: shownFrom, dueAt: endOfNextStaffedDay(ctx.site, shownFrom) }
      : {};
  openTask(draft, ctx, {
    taskKind: "screen-due",
    occurrence: `${screenId}-${why}`,
    words: `${title}: ${words}`,
    assignedFunction: assignTo,
    about: { type: "screen", id: screenId },
    ...(priority === undefined ? {} : { priority }),
    ...later,
  });
}

/** A sample was collected, or the person declined it: no screen that asks for one is due any more. */
export function endDrugScreenDue(draft: Draft, ctx: DecisionContext): void {
  for (const { screenId, questions } of ctx.program.screens ?? [])
    if (questions.some(({ asks }) => asks === "drug-screen")) endScreenDue(draft, screenId);
}

/** Takes screens off the list whose day is still to come: whoever is away then is not asked. */
export function endScreensToCome(draft: Draft, now: string): void {
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "screen-due" && (item.snoozedUntil ?? now) > now)
      endTask(draft, item, "superseded");
}

/** The screen was asked: nobody needs to be told any more. */
export function endScreenDue(draft: Draft, screenId: string): void {
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "screen-due" && item.about?.id === screenId)
      endTask(draft, item, "has-come");
}
