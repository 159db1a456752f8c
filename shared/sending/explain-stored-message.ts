import type { Message } from "../care/episode/message.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { explainMessage, type MessageExplanation } from "../messages/explain-message.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { loadSendContext } from "./compose-message.ts";

/**
 * Why a message was, was not, or will be sent, as things stand.
 * @throws {NotFoundError} when the episode or the message is not there
 */
export async function explainStoredMessage(
  deps: CareDeps,
  episodeId: string,
  message: Pick<Message, "sk">,
): Promise<MessageExplanation> {
  const context = await loadSendContext(deps, episodeId, message.sk);
  if (context === undefined) throw new NotFoundError("There is no such message", { episodeId });
  return explainMessage(context.message, context.gate);
}
