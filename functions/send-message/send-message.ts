import type { SendEvent } from "../../shared/contracts/send-event.ts";
import { NotFoundError } from "../../shared/errors/not-found-error.ts";
import type { SendDeps } from "../../shared/services/deliver-claimed.ts";
import { loadEpisode } from "../../shared/services/load-episode.ts";
import { type SendResult, sendOneMessage } from "../../shared/services/send-one-message.ts";

export type SendMessageDeps = SendDeps;

/** How many messages ended how in one pass. */
export type SendCounts = Readonly<Partial<Record<SendResult, number>>>;

/** Passes over a driver's messages: one may plan another, on the other channel. */
const mostPasses = 3;

/**
 * Sends what is due: all planned messages of a driver, or one message. Each goes through the gate, is
 * claimed, handed to the provider once and recorded. When it returns, none of them is still planned and
 * due: each is sent, settled or held until a later instant.
 *
 * @throws {NotFoundError} when there is no such episode
 * @throws {StoreUnavailableError} when the store cannot be reached; the same event may be given again
 */
export async function sendMessage(deps: SendMessageDeps, event: SendEvent): Promise<SendCounts> {
  const counts: Partial<Record<SendResult, number>> = {};
  const count = (result: SendResult) => {
    counts[result] = (counts[result] ?? 0) + 1;
  };
  if ("messageSk" in event) {
    count(await sendOneMessage(deps, event.episodeId, event.messageSk));
    return counts;
  }
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const due = await dueMessages(deps, event.episodeId, event.driverId);
    if (due.length === 0) break;
    for (const messageSk of due) count(await sendOneMessage(deps, event.episodeId, messageSk));
  }
  deps.logger.info("Due messages were taken as far as they go", {
    driverId: event.driverId,
    count: Object.values(counts).reduce((sum, one) => sum + one, 0),
  });
  return counts;
}

async function dueMessages(
  deps: SendMessageDeps,
  episodeId: string,
  driverId: string,
): Promise<readonly string[]> {
  const state = await loadEpisode(deps.store, episodeId);
  if (state === undefined) throw new NotFoundError("There is no such episode", { episodeId });
  const now = deps.clock.now();
  return [...state.items.values()]
    .filter((item) => item.kind === "message" && item.driverId === driverId)
    .filter((item) => item.kind === "message" && item.status === "PLANNED" && item.sendAt <= now)
    .map((item) => item.sk)
    .sort();
}
