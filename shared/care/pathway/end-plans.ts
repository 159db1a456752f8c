import type { Draft } from "../change/draft.ts";
import type { CareTask, TaskKind } from "../episode/episode.ts";
import { withoutSession } from "../sessions/without-session.ts";

/** Work that stays although the pathway ends: it is about a person, not about a plan. */
const lastingTasks: readonly TaskKind[] = [
  "safety-follow-up",
  "inbound-reply",
  "staff-opt-out",
  "mark-attendance",
  // Whoever stays in touch after the program needs a way that works.
  "channel-needed",
];

/** Cancels open work of the pathway; what is about safety or an unanswered person stays. */
export function cancelTasks(draft: Draft, matches: (task: CareTask) => boolean = () => true): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.status !== "open") continue;
    if (lastingTasks.includes(item.taskKind) || item.priority === "safety" || !matches(item))
      continue;
    draft.replace(item, { status: "cancelled" });
  }
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
