import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { StaffScreen } from "../program/staff-screen.ts";
import { endTask } from "../tasks/end-task.ts";
import { openTask } from "../tasks/open-task.ts";

/** Puts on the list the staff screens that are asked again in the program week that begins. */
export function askForScreensOfWeek(draft: Draft, ctx: DecisionContext, week: number): void {
  for (const screen of ctx.program.screens ?? [])
    if (screen.everyWeeks !== undefined && (week - 1) % screen.everyWeeks === 0)
      askForScreen(draft, ctx, screen, { why: `w${week}`, words: `ask it in week ${week}.` });
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
  }: { readonly why: string; readonly words: string; readonly priority?: "urgent" },
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
  openTask(draft, ctx, {
    taskKind: "screen-due",
    occurrence: `${screenId}-${why}`,
    words: `${title}: ${words}`,
    assignedFunction: assignTo,
    about: { type: "screen", id: screenId },
    ...(priority === undefined ? {} : { priority }),
  });
}

/** The screen was asked: nobody needs to be told any more. */
export function endScreenDue(draft: Draft, screenId: string): void {
  for (const item of draft.items())
    if (item.kind === "task" && item.taskKind === "screen-due" && item.about?.id === screenId)
      endTask(draft, item, "has-come");
}
