import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import { instant, type Stored } from "../care/stored/fields.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { OutgoingMessage } from "../ports/message-sender.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { readEpisodeItem, storedItem } from "./episode-forms.ts";
import { currentVersion, readOr, readStored, storedForm } from "./read-stored.ts";

/** What was claimed in a period. Below nothing where a claim was given back after its period had ended. */
export const ledgerForm = storedForm("care", "ledger", z.object({ count: z.int() }));

type Owner = Pick<Episode, "episodeId" | "siteId">;

/** The message under this sort key, as it stands now. */
export async function loadMessage(
  store: Store,
  episodeId: string,
  messageSk: string,
): Promise<Message | undefined> {
  const key = keys.episodeItem(episodeId, messageSk);
  const item = await store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const read = readEpisodeItem(item);
  return read.kind === "message" ? read : undefined;
}

/** All messages of an episode, settled ones too. */
export async function listMessages(store: Store, episodeId: string): Promise<readonly Message[]> {
  const { pk } = keys.episode(episodeId);
  const found: Message[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("care", pk, {
      skPrefix: itemPrefixes.message,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items.map(readEpisodeItem))
      if (item.kind === "message") found.push(item);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** Writes a changed message by itself; no care decision is in it, so the episode is left alone. */
export function messagePut(
  owner: Owner,
  before: Message,
  fields: Partial<Message>,
): { readonly next: Message; readonly operation: WriteOperation } {
  const next: Message = { ...before, ...fields, version: before.version + 1 };
  return {
    next,
    operation: {
      put: {
        table: "care",
        item: storedItem(owner, next),
        condition: {
          kind: "equals",
          attributes: { version: before.version, status: before.status },
        },
      },
    },
  };
}

/** Without the named fields. A stored item never holds `undefined`. */
export function withoutFields(
  message: Message,
  fields: readonly ("claimedAt" | "counted" | "reason")[],
): Message {
  const { claimedAt, counted, reason, ...rest } = message;
  const keeps = (field: (typeof fields)[number]) => !fields.includes(field);
  return {
    ...rest,
    ...(claimedAt !== undefined && keeps("claimedAt") ? { claimedAt } : {}),
    ...(counted !== undefined && keeps("counted") ? { counted } : {}),
    ...(reason !== undefined && keeps("reason") ? { reason } : {}),
  };
}

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
