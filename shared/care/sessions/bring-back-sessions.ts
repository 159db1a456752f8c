import type { Draft } from "../change/draft.ts";
import type { Session } from "../episode/session.ts";
import { overlaps, type Span } from "./schedule-conflicts.ts";
import { withSessionAgain } from "./without-session.ts";

/**
 * Puts the sessions back that a discharge or a leave had taken out of the plan and that have not begun; one at the time
 * of a visit that was booked since stays out.
 * @returns those that are planned again
 */
export function bringBackSessions(draft: Draft): readonly Session[] {
  const back: Session[] = [];
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.mayReturn !== true) continue;
    const { mayReturn: _mayReturn, ...session } = item;
    // What the site does not hold is back when the site holds it again.
    const isOff = session.cancelledFor !== undefined;
    const span = { startAt: session.scheduledStartAt, endAt: session.scheduledEndAt };
    if (isOff || span.startAt <= draft.now || isElsewhere(draft, session, span)) {
      draft.restore(session);
      continue;
    }
    draft.restore({ ...session, status: "planned" });
    draft.set({ weeks: withSessionAgain(draft.episode.weeks, session) });
    const again = draft.item(session.sk);
    if (again?.kind === "session") back.push(again);
  }
  return back;
}

/** True where the person is expected at another session then: they keep what was agreed. */
export function isElsewhere(
  draft: Draft,
  { sessionId }: Pick<Session, "sessionId">,
  span: Span,
): boolean {
  return draft
    .items()
    .some(
      (one) =>
        one.kind === "session" &&
        one.sessionId !== sessionId &&
        one.status === "planned" &&
        overlaps({ startAt: one.scheduledStartAt, endAt: one.scheduledEndAt }, span),
    );
}

/** The discharge stands: its sessions are out of sight from now on. */
export function letSessionsGo(draft: Draft): void {
  for (const item of draft.items()) {
    if (item.kind !== "session" || item.mayReturn !== true) continue;
    const { mayReturn: _mayReturn, ...session } = item;
    draft.restore(session);
  }
}
