import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { TaskKind } from "../episode/task-kinds.ts";
import { endOfNextStaffedDay } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { taskKindRecords } from "../tasks/task-kinds.ts";
import { addDays, instantAt, localDate } from "../time/zoned-time.ts";

/** Whoever says "not yet" is asked again after so many days (a default). */
const laterDays = 7;

/** Calls and help after the program that whoever keeps contact makes. */
const keptKinds: readonly TaskKind[] = [
  "aftercare-call",
  "check-in-call",
  "next-step",
  "first-visit",
  "fewer-contacts",
  "aftercare-hand-off",
];

/**
 * Plans the warm hand-off, where the program offers it: on its day whoever keeps contact is asked to introduce somebody
 * who goes on. Shown from that day on.
 */
export function planHandOff(draft: Draft, ctx: DecisionContext): void {
  const rule = ctx.program.aftercare.handOff;
  const { dischargedAt = ctx.now } = draft.episode;
  if (rule?.isOffered !== true) return;
  const on = addDays(localDate(dischargedAt, ctx.site.timeZone), rule.onDay);
  askToIntroduce(draft, ctx, {
    occurrence: `day-${rule.onDay}-v${draft.episode.version}`,
    on,
    words: `Day ${rule.onDay} of the aftercare: introduce the person to whoever goes on with it, best in one talk of all three. Until they confirm it, it stays with whoever has it now.`,
  });
}

function askToIntroduce(
  draft: Draft,
  ctx: DecisionContext,
  about: { readonly occurrence: string; readonly on: string; readonly words: string },
): void {
  const shownFrom = instantAt(about.on, "00:00", ctx.site.timeZone);
  openTask(draft, ctx, {
    taskKind: "aftercare-hand-off",
    occurrence: about.occurrence,
    words: about.words,
    ...assignedToKeeper(draft),
    dueAt: endOfNextStaffedDay(ctx.site, shownFrom > ctx.now ? shownFrom : ctx.now),
    ...(shownFrom > ctx.now ? { snoozedUntil: shownFrom } : {}),
  });
}

/** Not yet: the question comes again in a week. */
export function handOffLater(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  askToIntroduce(draft, ctx, {
    occurrence: `later-${task.taskId}`,
    on: addDays(localDate(ctx.now, ctx.site.timeZone), laterDays),
    words: task.words,
  });
}

/** Whoever was introduced confirms that they go on; nothing has changed until they do. */
export function askReceiver(
  draft: Draft,
  ctx: DecisionContext,
  task: CareTask,
  receiverId: string | undefined,
): void {
  if (receiverId === undefined) return;
  openTask(draft, ctx, {
    taskKind: "aftercare-take-over",
    occurrence: task.taskId,
    words:
      "You were introduced to this person as the one who goes on with their aftercare. Confirm it, or decline. Until then it stays with whoever introduced you.",
    assignedTo: receiverId,
    evidence: { receiverId },
  });
}

/**
 * Confirmed, or decided: the calls that stand open, and those to come, are theirs first. The function has them, too.
 * Whoever kept contact before hears of it, unless it is they who act.
 */
export function keepAftercare(draft: Draft, ctx: DecisionContext, staffId: string): void {
  const { steady = 0, keptBy: former, ...rest } = draft.episode.aftercare ?? {};
  draft.set({ aftercare: { ...rest, steady, keptBy: { staffId, since: draft.now } } });
  if (former !== undefined && former.staffId !== staffId && !isActing(ctx, former.staffId))
    openTask(draft, ctx, {
      taskKind: "aftercare-passed-on",
      occurrence: `v${draft.episode.version}`,
      words:
        "You keep contact with this person no more: their page says who does from now on, and the history why. Tell them what they should know, and pass on what you have promised.",
      assignedTo: former.staffId,
    });
  for (const item of draft.items())
    if (item.kind === "task" && item.status === "open" && keptKinds.includes(item.taskKind))
      if (item.handedUp === undefined)
        // What was handed up because it is late stays with whoever has it now.
        draft.replace(item, { assignedTo: staffId });
}

/** Declined: whoever has kept contact hears it, and introduces somebody else or goes on. */
export function handOffDeclined(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  askToIntroduce(draft, ctx, {
    occurrence: `declined-${task.taskId}`,
    on: localDate(ctx.now, ctx.site.timeZone),
    words:
      "Whoever was introduced declined to go on with this person's aftercare: it stays with you. Introduce somebody else, or say that it stays as it is.",
  });
}

/** Whoever was named cannot: whoever named them finds somebody else. Until then it stays with whoever was named. */
export function keeperCannot(draft: Draft, ctx: DecisionContext, task: CareTask): void {
  const { namedBy } = task.evidence;
  openTask(draft, ctx, {
    taskKind: "aftercare-hand-off",
    occurrence: `cannot-${task.taskId}`,
    words:
      "Whoever was named to keep contact with this person says that they cannot, and why. Name somebody else on the person’s page, or introduce them to each other. Until then it stays with whoever was named.",
    ...(typeof namedBy === "string" ? { assignedTo: namedBy } : {}),
  });
}

/** Whether somebody has a function whose work it can be to keep contact after the program. */
export function mayKeepContact({ functions }: { readonly functions: readonly string[] }): boolean {
  return taskKindRecords["aftercare-keeper"].owners.some((owner) => functions.includes(owner));
}

function isActing({ actor }: DecisionContext, staffId: string): boolean {
  return actor.kind === "staff" && actor.staffId === staffId;
}

/** Whose work of the aftercare it is first: nobody's but the function's, until a hand-off was confirmed or somebody was named. */
export function assignedToKeeper({ episode }: Pick<Draft, "episode">): {
  readonly assignedTo?: string;
} {
  const { status, aftercare } = episode;
  return status === "aftercare" && aftercare?.keptBy !== undefined
    ? { assignedTo: aftercare.keptBy.staffId }
    : {};
}
