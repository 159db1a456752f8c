import type { GateRule, Message } from "../care/episode/message.ts";
import { localDate } from "../care/time/zoned-time.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { keys } from "../keys/keys.ts";
import { isCapped } from "../messages/gate-input.ts";
import { isConfirmed } from "../messages/number-caps.ts";
import { stopConfirmationTemplate } from "../messages/reply-templates.ts";
import type { WriteOperation } from "../ports/store.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { transactWithRetry } from "../store/commit-change.ts";
import { messagePut, withoutFields } from "../store/message-items.ts";
import { countOperations } from "../store/message-ledger.ts";
import type { SendContext } from "./load-send-context.ts";

/**
 * Claims a message for sending, in one transaction: it is still planned as it was read, the episode
 * with its consents is as it was read, the contact point is open, and the participant's day and week and
 * the number's day have room. Who holds the claim may call the provider once.
 * @returns the claimed message; `undefined` when something moved meanwhile and must be read again
 */
export async function claimMessage(
  deps: Pick<CareDeps, "store" | "pause">,
  context: SendContext,
  rules: readonly GateRule[],
): Promise<Message | undefined> {
  const { episode, message, contactPoint, ctx } = context;
  const isCounted = message.class === "routine";
  const counted = {
    on: localDate(ctx.now, ctx.site.timeZone),
    atSite: !isConfirmed(episode, contactPoint, message.channel),
  };
  const { next, operation } = messagePut(episode, withoutFields(message, ["reason"]), {
    status: "CLAIMED",
    claimedAt: ctx.now,
    attempts: message.attempts + 1,
    lastGate: rules,
    ...(isCounted ? { counted } : {}),
  });
  const operations: readonly WriteOperation[] = [
    operation,
    ...standingChecks(context),
    ...(isCounted
      ? countOperations({
          episode,
          message,
          counted,
          policy: ctx.policy,
          now: ctx.now,
          isCapped: isCapped({ message, program: ctx.program }),
        })
      : []),
  ];
  try {
    await transactWithRetry(deps, operations);
    return next;
  } catch (error) {
    if (error instanceof ConditionFailedError) return undefined;
    throw error;
  }
}

/** What the gate looked at must still stand: status and consents by the episode's version, and the contact point. */
export function standingChecks(
  context: Pick<SendContext, "episode" | "message" | "contactPoint">,
): readonly WriteOperation[] {
  const { episode, message, contactPoint } = context;
  const isStopConfirmation = message.templateId === stopConfirmationTemplate;
  const attributes = isStopConfirmation ? { version: contactPoint?.version } : { state: "open" };
  return [
    {
      check: {
        table: "care",
        ...keys.episode(episode.episodeId),
        condition: {
          kind: "equals",
          attributes: { version: episode.version, status: episode.status },
        },
      },
    },
    {
      check: {
        table: "care",
        ...keys.contactPoint(message.contactPointId),
        condition: { kind: "equals", attributes },
      },
    },
  ];
}
