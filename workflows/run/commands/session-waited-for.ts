import { readGroupSessionId } from "../../../shared/care/sessions/group-session-id.ts";
import type { WaitTarget } from "../../../shared/care/sessions/group-waits.ts";
import { itemKeys } from "../../../shared/keys/keys.ts";

/** The sort key of somebody's own session in the group in which they wait for a make-up place, to be loaded; none for a track. */
export function sessionWaitedFor({ sessionId }: WaitTarget): readonly string[] {
  const which = sessionId === undefined ? undefined : readGroupSessionId(sessionId);
  return which === undefined ? [] : [itemKeys.session(which.plannedOn, which.slot)];
}
