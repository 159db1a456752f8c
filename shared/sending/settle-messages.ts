import type { Message } from "../care/episode/message.ts";
import { addMinutes } from "../care/time/instants.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { episodeIdOf, itemPrefixes } from "../keys/keys.ts";
import {
  noticeCheckAt,
  openUndeliveredNotice,
  openUnknownTask,
} from "../messages/settle-message.ts";
import type { FunctionRunner } from "../ports/function-runner.ts";
import type { StoredItem } from "../ports/store.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { transactWithRetry } from "../store/commit-change.ts";
import { decideAndCommit } from "../store/decide-and-commit.ts";
import { claimStaleMinutes, unknownTaskMinutes } from "../store/episode-forms.ts";
import { loadMessage, messagePut } from "../store/message-items.ts";

type SettleDeps = CareDeps & { readonly functions: FunctionRunner };

/**
 * A claim that nobody ended: whether the provider was called is not known, so the message becomes
 * UNKNOWN. A message that waits without a workflow run and is due is handed to the sender.
 * @param due - an entry of the due-work index; the message itself is read again
 * @returns true when something was done
 */
export async function settleStaleClaim(
  deps: SettleDeps,
  due: Pick<StoredItem, "pk" | "sk">,
): Promise<boolean> {
  const found = await loadDue(deps, due);
  if (found === undefined) return false;
  const { owner, message } = found;
  const now = deps.clock.now();
  if (message.status === "PLANNED" && message.driverId === undefined && message.sendAt <= now) {
    await deps.functions.run("send-message", {
      schemaVersion: 1,
      episodeId: owner.episodeId,
      messageSk: message.sk,
    });
    return true;
  }
  if (message.status !== "CLAIMED" || message.claimedAt === undefined) return false;
  if (addMinutes(message.claimedAt, claimStaleMinutes) > now) return false;
  try {
    const put = messagePut(owner, message, {
      status: "UNKNOWN",
      reason: "no answer of the provider was recorded",
    });
    await transactWithRetry(deps, [put.operation]);
    return true;
  } catch (error) {
    // Its sender ended it at this very moment.
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
}

/**
 * An unknown send that no delivery event settled within the hour becomes a task for a person; so does a notice about a
 * visit that is not known to have arrived an hour before it.
 * @returns true when the task was opened
 */
export async function openMessageGap(
  deps: CareDeps,
  due: Pick<StoredItem, "pk" | "sk">,
): Promise<boolean> {
  const found = await loadDue(deps, due);
  if (found === undefined) return false;
  const { owner, message } = found;
  const isNotice = message.status === "ACCEPTED";
  const dueAt = isNotice
    ? noticeCheckAt(message)
    : message.status === "UNKNOWN"
      ? addMinutes(message.claimedAt ?? message.sendAt, unknownTaskMinutes)
      : undefined;
  if (dueAt === undefined || dueAt > deps.clock.now()) return false;
  const outcome = await decideAndCommit(deps, {
    episodeId: owner.episodeId,
    commandId: `message-gap/${message.messageId}`,
    actor: { kind: "system", part: "sweep-stalled-work" },
    alsoLoad: [message.sk],
    decide: (state, ctx) => {
      const change = isNotice
        ? openUndeliveredNotice(state, ctx, message.sk)
        : openUnknownTask(state, ctx, message.sk);
      return change === undefined ? { answer: "settled" } : { answer: "opened", change };
    },
  });
  return outcome.answer === "opened" && !outcome.isRepeat;
}

async function loadDue(
  deps: CareDeps,
  due: Pick<StoredItem, "pk" | "sk">,
): Promise<
  | {
      readonly owner: { readonly episodeId: string; readonly siteId: string };
      readonly message: Message;
    }
  | undefined
> {
  const episodeId = episodeIdOf(due.pk);
  if (episodeId === undefined || !due.sk.startsWith(itemPrefixes.message)) return undefined;
  const item = await deps.store.get("care", due.pk, due.sk);
  const message = await loadMessage(deps.store, episodeId, due.sk);
  if (item === undefined || message === undefined) return undefined;
  return {
    owner: { episodeId, siteId: typeof item.siteId === "string" ? item.siteId : "" },
    message,
  };
}
