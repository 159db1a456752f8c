import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Draft } from "../../../shared/care/change/draft.ts";
import type { Channel } from "../../../shared/care/program/program.ts";
import { closeChannel } from "../../../shared/messages/close-channel.ts";

/** A number or address that belongs to somebody else is neither written to nor called again, whoever gave it. */
export function loseReach(draft: Draft, ctx: DecisionContext, channel: Channel): void {
  const { [channel]: point, ...reach } = draft.episode.reach;
  if (point === undefined) return;
  draft.set({ reach });
  const { contactPointId } = point;
  closeChannel(draft, ctx, { channel, contactPointId, why: "wrong-number" });
  draft.owe({
    kind: "contact-point",
    contactPointId,
    channel,
    command: "wrong-number",
    by: ctx.actor,
  });
}
