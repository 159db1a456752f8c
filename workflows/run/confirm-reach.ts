import { type Change, isRefusal, type Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Channel } from "../../shared/care/program/program.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { actingStaff } from "../../shared/care/tasks/refuse.ts";

/**
 * A member of staff vouches that the number or address is this person's, because they have spoken with them:
 * until then, or an answer from it, it gets hardly any messages. One that was noted as somebody else's, or that
 * failed, is opened again; one that asked for no more texts is not. Owed to the contact point, for all who share it.
 */
export function confirmReach(
  state: OpenState,
  body: { readonly channel: Channel; readonly reason: string },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const point = state.episode.reach[body.channel];
  if (point === undefined) {
    return {
      refused: "not-now",
      sentence:
        body.channel === "sms"
          ? "This person has no phone number here."
          : "This person has no email address here.",
    };
  }
  const draft = new Draft(state, ctx);
  draft.owe({
    kind: "contact-point",
    contactPointId: point.contactPointId,
    channel: body.channel,
    command: "reopen",
    by: ctx.actor,
  });
  return finishWithReason(draft, ctx, "reach-confirmed", { channel: body.channel }, body.reason);
}
