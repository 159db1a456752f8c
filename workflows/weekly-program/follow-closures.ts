import type { Change } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { SiteDayChanged } from "../../shared/care/change/outbox-entry.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { firstOccurrence } from "../../shared/care/episode/message.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import {
  closureOn,
  withSessionClosed,
  withSessionHeldAgain,
} from "../../shared/care/sessions/closed-days.ts";
import { withoutSession } from "../../shared/care/sessions/without-session.ts";
import { planReminders } from "./open-week.ts";
import { tellOfDay } from "./tell-of-day.ts";

/**
 * Brings one person's sessions of a day in line with whether their site is closed on it: those that have not begun
 * are cancelled, with their reminders and their hours, or held after all; the person is told. Looks at the site
 * as it stands, so that it may come late, twice, or after the next change.
 *
 * @returns `undefined` where everything is so already
 */
export function followSiteDay(
  state: OpenState,
  { on, sessionSks }: SiteDayChanged,
  ctx: DecisionContext,
): Change | undefined {
  const draft = new Draft(state, ctx);
  const sessions = sessionSks
    .map((sk) => draft.item(sk))
    .filter((item): item is Session => item?.kind === "session")
    .filter((session) => session.on === on && session.scheduledStartAt > ctx.now);
  const isClosed = closureOn(ctx.site, on) !== undefined;
  const changed = sessions.filter((session) =>
    isClosed ? cancel(draft, session) : holdAgain(draft, ctx, session),
  );
  if (changed.length === 0) return undefined;
  tellOfDay(draft, ctx, { on, sessions: changed, isHeld: !isClosed });
  return draft.finish(isClosed ? "sessions-of-closed-day-cancelled" : "sessions-held-after-all", {
    on,
    sessions: changed.length,
  });
}

function cancel(draft: Draft, session: Session): boolean {
  if (session.status !== "planned" || session.attendance !== undefined) return false;
  draft.replace(session, { status: "cancelled", cancelledFor: "site-closed" });
  draft.set({ weeks: withSessionClosed(draft.episode.weeks, session) });
  draft.cancelMessages(
    ({ occurrence }) => firstOccurrence(occurrence) === session.sessionId,
    "session-cancelled",
  );
  return true;
}

function holdAgain(draft: Draft, ctx: DecisionContext, session: Session): boolean {
  if (session.status !== "cancelled" || session.cancelledFor !== "site-closed") return false;
  const { cancelledFor: _cancelledFor, ...held } = session;
  draft.set({ weeks: withSessionHeldAgain(draft.episode.weeks, session) });
  if (!isExpected(draft, session)) {
    // The site holds it, and the person is not in the program then: it stays cancelled for that.
    draft.replace<Session>(held, {});
    draft.set({ weeks: withoutSession(draft.episode.weeks, session) });
    return false;
  }
  const again = draft.replace<Session>(held, { status: "planned" });
  const run = draft
    .items()
    .find(
      (item): item is WorkflowRun =>
        item.kind === "driver" && item.workflow === "weekly-program" && item.status === "running",
    );
  if (run !== undefined)
    planReminders(
      draft,
      run,
      ctx,
      [again],
      again.week,
      ({ sessionId }) => `${sessionId}-v${draft.episode.version}`,
    );
  return true;
}

function isExpected({ episode }: Draft, session: Session): boolean {
  if (episode.status === "active" || episode.status === "discharge-planning") return true;
  const returnOn = episode.hold?.expectedReturnOn;
  return episode.status === "onhold" && returnOn !== undefined && session.on >= returnOn;
}
