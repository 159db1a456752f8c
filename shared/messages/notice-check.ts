import type { Change } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import type { OpenState } from "../care/episode/episode-item.ts";
import type { Message } from "../care/episode/message.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { addMinutes } from "../care/time/instants.ts";
import { unknownTaskOpened } from "./settle-message.ts";

/** So long before a visit somebody can still ring. */
const callMinutesBefore = 60;
/** What a carrier takes to say that a text has arrived. */
const deliveryMinutes = 10;

/** When the visit is, or was before it was moved, whichever is first: it must be known before that. */
function knownBy({ aboutAt, wasAt }: Message): string | undefined {
  if (aboutAt === undefined || wasAt === undefined) return aboutAt;
  return wasAt < aboutAt ? wasAt : aboutAt;
}

/**
 * When somebody looks whether a notice about a visit has arrived: an hour before the visit, and not before its carrier
 * could have said so.
 *
 * @returns undefined for what is no such notice, has arrived, or stands on the call list already
 */
export function noticeCheckAt(message: Message): string | undefined {
  const by = knownBy(message);
  if (message.class !== "schedule-notice" || message.status !== "ACCEPTED") return undefined;
  if (by === undefined || message.reason === unknownTaskOpened) return undefined;
  const hourBefore = addMinutes(by, -callMinutesBefore);
  const said = addMinutes(message.acceptedAt ?? message.sendAt, deliveryMinutes);
  const at = hourBefore > said ? hourBefore : said;
  return at < by ? at : undefined;
}

/** Puts somebody on the call list whose notice was sent, and of which no carrier says that it has arrived. */
export function openUndeliveredNotice(
  state: OpenState,
  ctx: DecisionContext,
  messageSk: string,
): Change | undefined {
  const message = state.items.get(messageSk);
  if (message?.kind !== "message") return undefined;
  const checkAt = noticeCheckAt(message);
  const by = knownBy(message);
  if (checkAt === undefined || by === undefined || checkAt > ctx.now || by <= ctx.now)
    return undefined;
  const draft = new Draft(state, ctx);
  draft.replace<Message>(message, { reason: unknownTaskOpened });
  const channel = message.channel === "sms" ? "A text" : "An email";
  openTask(draft, ctx, {
    taskKind: "message-gap",
    occurrence: message.messageId,
    words: `${channel} about a change of a session was sent, and nothing says that it has arrived. Call the person before the session.`,
    assignedFunction: "front-desk",
    dueAt: by,
    priority: "urgent",
    about: { type: "message", id: message.messageId },
    evidence: { channel: message.channel, templateId: message.templateId, step: message.step },
  });
  return draft.finish("notice-not-confirmed", { messageId: message.messageId });
}
