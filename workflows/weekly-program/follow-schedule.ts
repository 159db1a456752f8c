import type { Change } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { SiteDayChanged } from "../../shared/care/change/outbox-entry.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Session } from "../../shared/care/episode/session.ts";
import { alignSessions } from "./align-sessions.ts";
import { followForecast } from "./follow-forecast.ts";

/**
 * Brings one person's sessions in line with how they stand at their site: cancelled, moved, put online, given another
 * leader, or held after all, with their reminders and their hours; the person is told. Looks at the facts as they
 * are now, so that it may come late, twice, or after the next change. What has begun stays as it was.
 *
 * @returns `undefined` where everything is so already
 */
export function followSiteDay(
  state: OpenState,
  { on, sessionSks, isToldByCall }: SiteDayChanged,
  ctx: DecisionContext,
): Change | undefined {
  const draft = new Draft(state, ctx);
  const sessions = sessionSks
    .map((sk) => draft.item(sk))
    .filter((item): item is Session => item?.kind === "session");
  const changed = alignSessions(draft, ctx, sessions, isToldByCall);
  // One of somebody on leave goes where the schedule has it, and nothing is to be said of it before they return.
  const isMoved = sessions.some((session) => draft.item(session.sk) !== session);
  if (changed.length === 0 && !isMoved) return undefined;
  for (const week of new Set(changed.map(({ session }) => session.week)))
    followForecast(draft, ctx, week);
  const held = changed.filter(({ session }) => session.status === "planned").length;
  return draft.finish("sessions-followed-the-schedule", {
    on,
    held,
    cancelled: changed.length - held,
  });
}
