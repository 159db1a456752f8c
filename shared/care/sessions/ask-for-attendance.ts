import type { Change } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import type { EpisodeItem, OpenState } from "../episode/episode-item.ts";
import type { Session } from "../episode/session.ts";
import { openTask } from "../tasks/open-task.ts";
import { addMinutes } from "../time/instants.ts";
import { readGroupSessionId } from "./group-session-id.ts";
import { sessionLabel } from "./session-label.ts";

/** Minutes into a session after which unmarked attendance is asked for (a default that a clinician signs off). */
const groupLeaderAfterMinutes = 20;

/**
 * When somebody is to be asked about this item's attendance: 20 minutes into a
 * session that nobody marked, and at the end of one to which the person was on the way. The due-work index lists the item at this instant.
 *
 * @returns undefined for what nobody is to be asked about, or was asked about already
 */
export function attendanceAskAt(item: EpisodeItem): string | undefined {
  if (item.kind !== "session") return undefined;
  const stage = stageOf(item);
  if (stage === undefined) return undefined;
  return stage === "at-end"
    ? item.scheduledEndAt
    : addMinutes(item.scheduledStartAt, groupLeaderAfterMinutes);
}

/** What was asked stands on the session: a task that is done is out of sight. */
function stageOf(session: Session): NonNullable<Session["asked"]> | undefined {
  if (session.status !== "planned" || session.asked === "at-end") return undefined;
  const stage = session.attendance === undefined ? "during" : "at-end";
  return session.asked === stage ? undefined : stage;
}

/**
 * Unmarked attendance is work for the group leader, and for the site lead when it is late (the record of the
 * task says so); never a message to the participant. A session that had begun is asked about also when the person is on leave or has left
 * since: somebody was there, or was not.
 *
 * @param sk - the session
 * @returns undefined when there is nothing to ask about it now
 */
export function askForAttendance(
  state: OpenState,
  ctx: DecisionContext,
  sk: string,
): Change | undefined {
  const item = state.items.get(sk);
  if (item?.kind !== "session") return undefined;
  const askAt = attendanceAskAt(item);
  if (askAt === undefined || askAt > ctx.now) return undefined;
  const draft = new Draft(state, ctx);
  askGroupLeader(draft, ctx, item);
  return draft.finish("attendance-asked-for", { sessionId: item.sessionId, of: "group-leader" });
}

function askGroupLeader(draft: Draft, ctx: DecisionContext, session: Session): void {
  const stage = stageOf(session);
  if (stage === undefined) return;
  draft.replace(session, { asked: stage });
  const title = sessionLabel(ctx.program, session);
  const tookPlaceAt = readGroupSessionId(session.groupSessionId)?.siteId;
  openTask(draft, ctx, {
    taskKind: "mark-attendance",
    occurrence: stage === "during" ? session.sessionId : `${session.sessionId}-arrived`,
    words: `${title}, ${session.scheduledStartAt}: attendance is not marked yet. Mark it, also when the person is on the way.`,
    about: { type: "session", id: session.sessionId },
    // Whoever was taken over since was seen, or not, where the session was.
    ...(tookPlaceAt === undefined || tookPlaceAt === ctx.site.siteId
      ? {}
      : { atSite: tookPlaceAt }),
    evidence: {
      on: session.on,
      session: title,
      startsAt: session.scheduledStartAt,
      groupSessionId: session.groupSessionId,
    },
  });
}
