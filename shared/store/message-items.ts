import type { Episode } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import { itemPrefixes, keys } from "../keys/keys.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { readEpisodeItem } from "./episode-forms.ts";
import { storedItem } from "./stored-items.ts";

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
