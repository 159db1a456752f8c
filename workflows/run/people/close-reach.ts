import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Channel } from "../../../shared/care/program/program.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import { actingStaff } from "../../../shared/care/tasks/refuse.ts";
import { closeChannel } from "../../../shared/messages/close-channel.ts";
import { whatFollowed } from "../../../shared/messages/what-followed.ts";
import { loseReach } from "./lose-reach.ts";

/** Why nothing may go there any more, as staff heard it. */
export const closingReasons = ["asked-for-no-more", "somebody-elses"] as const;

export type ReachClosure = {
  readonly channel: Channel;
  readonly why: (typeof closingReasons)[number];
  readonly reason: string;
};

/**
 * Closes a number or address because staff were told so: the person wants no more messages there, as if STOP had been
 * sent, or it is somebody else's. Nothing that was planned there goes; owed to the contact point, for all who share it.
 */
export function closeReach(
  state: OpenState,
  body: ReachClosure,
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { channel, why, reason } = body;
  const point = state.episode.reach[channel];
  if (point === undefined)
    return {
      refused: "not-now",
      sentence:
        channel === "sms"
          ? "This person has no phone number here."
          : "This person has no email address here.",
    };
  const draft = new Draft(state, ctx);
  if (why === "somebody-elses") loseReach(draft, ctx, channel);
  else {
    const { contactPointId } = point;
    closeChannel(draft, ctx, { channel, contactPointId, why: "opted-out" });
    draft.owe({ kind: "contact-point", contactPointId, channel, command: "stop", by: ctx.actor });
  }
  return finishWithReason(
    draft,
    ctx,
    "reach-closed",
    { channel, why, ...whatFollowed(state, draft.state) },
    reason,
  );
}
