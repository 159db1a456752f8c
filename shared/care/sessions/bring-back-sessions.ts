import type { Draft } from "../change/draft.ts";
import { withSessionAgain } from "./without-session.ts";

/** Puts the sessions back that a discharge had taken out of the plan and that have not begun. */
export function bringBackSessions(draft: Draft): void {
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.mayReturn !== true) continue;
    const { mayReturn: _mayReturn, ...session } = item;
    if (session.scheduledStartAt <= draft.now) {
      draft.replace(session, {});
      continue;
    }
    draft.replace(session, { status: "planned" });
    draft.set({ weeks: withSessionAgain(draft.episode.weeks, session) });
  }
}

/** The discharge stands: its sessions are out of sight from now on. */
export function letSessionsGo(draft: Draft): void {
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.mayReturn !== true) continue;
    const { mayReturn: _mayReturn, ...session } = item;
    draft.replace(session, {});
  }
}
