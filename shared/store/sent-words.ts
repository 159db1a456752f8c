import * as z from "zod";
import { instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { OutgoingMessage } from "../ports/message-sender.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { currentVersion, readOr, readStored, storedForm } from "./read-stored.ts";

const sentWordsSchema = z.object({
  messageId: z.string(),
  /** Of an email. */
  subject: z.exactOptional(z.string()),
  text: z.string(),
  at: instant,
});
/** A text or an email as it was handed to the provider; identity, erased by key. */
export type SentWords = Stored<typeof sentWordsSchema>;
export const sentWordsForm = storedForm("identity", "sent", sentWordsSchema);

/** How many items one call reads. */
const batchSize = 100;

/**
 * Keeps the words of a message that was handed over, beside the record that it was. Its links are left out: each is
 * the participant's own, and opens for whoever has it.
 * @param publicOrigin - where links lead, without a slash at the end
 */
export function sentWordsPut(
  episodeId: string,
  { messageId, subject, text }: Pick<OutgoingMessage, "messageId" | "subject" | "text">,
  { publicOrigin, at }: { readonly publicOrigin: string; readonly at: string },
): WriteOperation {
  const withoutLinks = text
    .split(/(\s+)/)
    .map((word) => (word.startsWith(`${publicOrigin}/`) ? "[a link of their own]" : word))
    .join("");
  const words: SentWords = {
    messageId,
    text: withoutLinks,
    at,
    ...(subject === undefined ? {} : { subject }),
  };
  const item = {
    ...words,
    ...keys.sentWords(episodeId, messageId),
    schemaVersion: currentVersion(sentWordsForm),
  };
  return { put: { table: "identity", item } };
}

/** The words of these messages, by message; those of before they were kept are not there. */
export async function readSentWords(
  store: Store,
  episodeId: string,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, SentWords>> {
  const words = new Map<string, SentWords>();
  for (let index = 0; index < messageIds.length; index += batchSize) {
    const some = messageIds
      .slice(index, index + batchSize)
      .map((messageId) => keys.sentWords(episodeId, messageId));
    for (const item of await store.getMany("identity", some)) {
      const one = readOr(
        item,
        (stored) => readStored(sentWordsForm, stored),
        () => undefined,
      );
      if (one !== undefined) words.set(one.messageId, one);
    }
  }
  return words;
}
