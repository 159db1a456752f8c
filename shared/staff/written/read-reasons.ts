import type { Escalation } from "../../care/episode/escalation.ts";
import { keys } from "../../keys/keys.ts";
import type { Store, StoredItem } from "../../ports/store.ts";
import { reasonForm } from "../../store/audit-entry.ts";
import { readStored } from "../../store/read-stored.ts";

/**
 * Why something was done, in the words of whoever did it: kept beside its audit entry, erased by key.
 * @param sequence - number of the audit entry
 */
export async function readReason(
  store: Store,
  aggregateId: string,
  sequence: number,
): Promise<string | undefined> {
  const key = keys.reason(aggregateId, sequence);
  const stored = await store.get("identity", key.pk, key.sk);
  return stored === undefined ? undefined : readStored(reasonForm, stored).text;
}

/** How many items one call reads. */
const batchSize = 100;

/** The reasons of audit entries, by their numbers, read together; entries without one are left out. */
export async function reasonsOf(
  store: Store,
  aggregateId: string,
  entries: readonly StoredItem[],
): Promise<ReadonlyMap<number, string>> {
  const sequences = entries
    .filter((entry) => entry.hasReason === true && typeof entry.sequence === "number")
    .map((entry) => Number(entry.sequence));
  const batches: Promise<readonly StoredItem[]>[] = [];
  for (let index = 0; index < sequences.length; index += batchSize) {
    const some = sequences.slice(index, index + batchSize);
    batches.push(
      store.getMany(
        "identity",
        some.map((sequence) => keys.reason(aggregateId, sequence)),
      ),
    );
  }
  const bySk = new Map((await Promise.all(batches)).flat().map((item) => [item.sk, item]));
  return new Map(
    sequences.flatMap((sequence) => {
      const stored = bySk.get(keys.reason(aggregateId, sequence).sk);
      return stored === undefined ? [] : [[sequence, readStored(reasonForm, stored).text] as const];
    }),
  );
}

/** What was written when an alert was worked: with contacts, and with its closure. */
export type AlertReason = { readonly at: string; readonly action: string; readonly text: string };

const entriesPerPage = 200;

/** The words that staff wrote with each contact about an alert and with its closure, the oldest first. */
export async function reasonsOfAlert(
  store: Store,
  episodeId: string,
  alert: Escalation,
): Promise<readonly AlertReason[]> {
  const aggregateId = keys.episode(episodeId).pk;
  const found: AlertReason[] = [];
  let after: string | undefined;
  do {
    const page = await store.query("audit", aggregateId, {
      limit: entriesPerPage,
      descending: true,
      ...(after === undefined ? {} : { after }),
    });
    const own = page.items.filter((entry) => isAbout(entry, alert.escalationId));
    const reasons = await reasonsOf(store, aggregateId, own);
    for (const entry of own) {
      const text = reasons.get(Number(entry.sequence));
      if (text !== undefined)
        found.push({ at: String(entry.at), action: String(entry.action), text });
    }
    const oldest = page.items.at(-1)?.at;
    // Nothing about an alert is older than the alert.
    after = typeof oldest === "string" && oldest >= alert.raisedAt ? page.next : undefined;
  } while (after !== undefined);
  return found.reverse();
}

function isAbout(entry: StoredItem, escalationId: string): boolean {
  const { facts } = entry;
  return (
    facts !== null &&
    typeof facts === "object" &&
    Reflect.get(facts, "escalationId") === escalationId
  );
}
