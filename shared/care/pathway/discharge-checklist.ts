import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Disposition } from "../program/program.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { staffedSpans } from "../program/staffed-time.ts";
import { weekEndsAt } from "../sessions/plan-week.ts";
import { type NewTask, openTask } from "../tasks/open-task.ts";
import { ownValue } from "../text/own-value.ts";
import { addDays } from "../time/zoned-time.ts";
import { recentSuicideScreen, screenRunsOutWords, suicideScreenItem } from "./discharge-screen.ts";
import { cancelTasks } from "./end-plans.ts";

/** The ending for which a program's last week prepares. */
const expected: Disposition = "completed";

const isItem = (task: CareTask) => task.taskKind === "discharge-checklist";

/** The suicide screen is always asked by a clinician; a review belongs to the supervisor. */
function ownerOf(item: string): StaffFunction {
  if (item === "supervisor-review") return "supervisor";
  if (item === "suicide-screen" || item === "crisis-plan") return "clinician";
  return item === "medication-supply" ? "nurse" : "case-manager";
}

/**
 * Opens the checklist of a discharge for whoever is in their last planned week, a week before the planned end: a visit
 * is booked, a screen asked and a plan gone through while the person still comes
 * (a default that a clinician signs off). Who stays longer is asked anew.
 * @param input.occurrence - of the week
 * @param input.startsOn - the week's Monday, `YYYY-MM-DD`
 */
export function prepareDischarge(
  draft: Draft,
  ctx: DecisionContext,
  input: { readonly occurrence: string; readonly startsOn: string; readonly driverId: string },
): void {
  const dueAt = lastStaffedInstant(ctx, input.startsOn);
  if (dueAt === undefined) return;
  openItems(draft, ctx, expected, {
    occurrence: input.occurrence,
    driverId: input.driverId,
    dueAt: () => dueAt,
    dischargeAt: weekEndsAt(input.startsOn, ctx.site),
  });
}

/** When staff leave for the last time in a week; `undefined` where nobody is there after now. */
function lastStaffedInstant({ site, now }: DecisionContext, startsOn: string): string | undefined {
  return Array.from({ length: 7 }, (_, day) => staffedSpans(site, addDays(startsOn, day)))
    .flat()
    .map(({ to }) => to)
    .findLast((to) => to > now);
}

/** Remembers that an item was done before the discharge is planned, so that nobody is asked for it twice. */
export function noteItemDone(draft: Draft, { about, taskKind }: CareTask): void {
  if (taskKind !== "discharge-checklist" || about === undefined) return;
  if (draft.episode.status === "discharge-planning") return;
  draft.set({ dischargeItems: { ...draft.episode.dischargeItems, [about.id]: draft.now } });
}

/** Whoever goes on for another week is prepared for the discharge anew in their last one. */
export function dropPreparation(draft: Draft): void {
  cancelTasks(draft, isItem);
  draft.clear("dischargeItems");
}

/**
 * Opens one task for every item of the program's checklist that the ending asks for: what was prepared in the last
 * week is taken over, done or not, where the person ends as it was prepared for.
 * @param task.dischargeAt - when the discharge is planned for, where that is not now: a screen is to count then
 * @returns how many the checklist has
 */
export function openItems(
  draft: Draft,
  ctx: DecisionContext,
  disposition: Disposition,
  task: Pick<NewTask, "priority" | "driverId"> & {
    readonly occurrence: string;
    readonly dueAt: (item: string) => string;
    readonly dischargeAt?: string;
  },
): number {
  const items = ctx.program.discharge.checklist.filter((entry) =>
    entry.requiredFor.includes(disposition),
  );
  const { episode } = draft;
  const { dischargeItems = {} } = episode;
  const { dischargeAt = ctx.now } = task;
  const runsOut = screenRunsOutWords(episode, ctx.program, ctx.now, dischargeAt);
  const prepared = disposition === expected ? openTasks(draft) : [];
  for (const { item, words } of items) {
    const isDone =
      item === suicideScreenItem
        ? // A screen counts by when it was recorded; everything else where it was done while the last week ran.
          recentSuicideScreen(episode, ctx.program, dischargeAt) !== undefined
        : disposition === expected && ownValue(dischargeItems, item) !== undefined;
    if (isDone) continue;
    const early = prepared.find(({ about }) => about?.id === item);
    const dueAt = task.dueAt(item);
    if (early !== undefined && task.driverId !== undefined) {
      draft.replace(early, {
        driverId: task.driverId,
        dueAt: early.dueAt > dueAt ? early.dueAt : dueAt,
      });
      continue;
    }
    openTask(draft, ctx, {
      taskKind: "discharge-checklist",
      occurrence: `${task.occurrence}-${item}`,
      words: item === suicideScreenItem && runsOut !== undefined ? `${words} ${runsOut}` : words,
      assignedFunction: ownerOf(item),
      dueAt,
      ...(task.priority === undefined ? {} : { priority: task.priority }),
      about: { type: "checklist-item", id: item },
      ...(task.driverId === undefined ? {} : { driverId: task.driverId }),
      evidence: { disposition },
    });
  }
  cancelTasks(draft, (one) => isItem(one) && one.driverId !== task.driverId);
  draft.clear("dischargeItems");
  return items.length;
}

function openTasks(draft: Draft): readonly CareTask[] {
  return draft
    .items()
    .filter((item): item is CareTask => item.kind === "task" && item.status === "open")
    .filter(isItem);
}
