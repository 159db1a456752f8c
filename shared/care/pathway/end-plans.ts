import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import { withoutSession } from "../sessions/without-session.ts";
import { type Ending, endTask } from "../tasks/end-task.ts";
import { stopClimbing } from "../tasks/owed-work.ts";

/**
 * Cancels open work of the pathway; what is about safety, what is owed to the person and what an unanswered
 * person waits for stays, and goes on climbing.
 */
export function cancelTasks(draft: Draft, matches: (task: CareTask) => boolean = () => true): void {
  endTasks(draft, "plan", matches);
}

/** After a death nobody is rung: what is left is about safety, for a clinician to close, and climbs no more. */
export function cancelTasksAfterDeath(draft: Draft): void {
  endTasks(draft, "death", () => true);
  stopClimbing(draft, () => true);
}

function endTasks(draft: Draft, by: Ending, matches: (task: CareTask) => boolean): void {
  for (const item of draft.items())
    if (item.kind === "task" && matches(item)) endTask(draft, item, by);
}

/**
 * Takes the sessions that have not begun out of the plan, and their hours out of what is expected.
 * @param options.until - a local date at the site: sessions from then on stay
 * @param options.mayReturn - what cancels them can be reversed: they stay in sight until it no longer can
 */
export function cancelSessions(
  draft: Draft,
  {
    until,
    mayReturn = false,
  }: { readonly until?: string | undefined; readonly mayReturn?: boolean } = {},
): void {
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.status !== "planned") continue;
    if (item.scheduledStartAt <= draft.now) continue;
    if (until !== undefined && item.on >= until) continue;
    draft.replace(item, { status: "cancelled", ...(mayReturn ? { mayReturn } : {}) });
    draft.set({ weeks: withoutSession(draft.episode.weeks, item) });
  }
}

/** Ends questions, check-ins and ladders that are still open. */
export function endRequests(draft: Draft): void {
  for (const item of draft.items()) {
    if (item.kind === "form" && item.status === "asked") draft.replace(item, { status: "ended" });
    if (item.kind === "check-in" && (item.status === "planned" || item.status === "open")) {
      draft.replace(item, { status: "cancelled" });
    }
  }
  endLadders(draft);
}

/** Ends ladders: their workflow sees it at its next look. */
export function endLadders(draft: Draft, outcome = "pathway-moved-on"): void {
  for (const item of draft.items()) {
    if (item.kind !== "outreach") continue;
    if (item.status === "climbing" || item.status === "decision-needed") {
      draft.replace(item, { status: "withdrawn", outcome });
    }
  }
}
