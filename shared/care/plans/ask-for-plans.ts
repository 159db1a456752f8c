import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import { type PlanKind, planKindRecords } from "../program/plan-kinds.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { addDays, localDate } from "../time/zoned-time.ts";

/** Days before a review is due in which it is put on the list: the week that begins. */
const aheadDays = 7;

/**
 * Puts on the list what the plans need as a week closes: those that should be written by now and are not, and those
 * that are to be gone through again within the week that begins.
 */
export function askForPlans(draft: Draft, ctx: DecisionContext, week: number): void {
  const today = localDate(ctx.now, ctx.site.timeZone);
  for (const { plan: planKind, writtenByWeek } of ctx.program.plans ?? []) {
    const { label } = planKindRecords[planKind];
    const plan = draft.episode.plans?.[planKind];
    if (plan === undefined && week >= writtenByWeek)
      open(
        draft,
        ctx,
        planKind,
        "missing",
        `${label.en}: not written yet. Write it with the person.`,
      );
    if (plan?.reviewOn !== undefined && plan.reviewOn <= addDays(today, aheadDays))
      open(
        draft,
        ctx,
        planKind,
        `v${plan.version}`,
        `${label.en}: to be gone through again with the person by ${plan.reviewOn}. Save it again, changed or not.`,
      );
  }
}

/** The level of care changes: the treatment plan is gone through again, and what it says goes with the person. */
export function askForPlanAtTransfer(draft: Draft, ctx: DecisionContext): void {
  // A program that asks for none has none to go through.
  if (ctx.program.plans?.some(({ plan }) => plan === "treatment") !== true) return;
  const { label } = planKindRecords.treatment;
  open(
    draft,
    ctx,
    "treatment",
    `transfer-v${draft.episode.version}`,
    `${label.en}: the level of care changes. Go through it with the person and save it again.`,
  );
}

/** Somebody was admitted before these were written, though the program asks for them first. */
export function askForMissingPlans(
  draft: Draft,
  ctx: DecisionContext,
  kinds: readonly PlanKind[],
): void {
  for (const planKind of kinds)
    open(
      draft,
      ctx,
      planKind,
      "admission",
      `${planKindRecords[planKind].label.en}: the person was admitted without it. Write it with them before the first group.`,
    );
}

/** One task for each plan at a time: it ends when the plan is saved. */
function open(
  draft: Draft,
  ctx: DecisionContext,
  planKind: PlanKind,
  why: string,
  words: string,
): void {
  const isOpen = draft
    .items()
    .some(
      (item) =>
        item.kind === "task" &&
        item.taskKind === "plan-due" &&
        item.status === "open" &&
        item.about?.id === planKind,
    );
  if (isOpen) return;
  const assignTo = ctx.program.plans?.find(({ plan }) => plan === planKind)?.assignTo;
  openTask(draft, ctx, {
    taskKind: "plan-due",
    occurrence: `${planKind}-${why}`,
    words,
    ...(assignTo === undefined ? {} : { assignedFunction: assignTo }),
    dueAt: endOfNextStaffedDay(ctx.site, ctx.now),
    about: { type: "plan", id: planKind },
  });
}
