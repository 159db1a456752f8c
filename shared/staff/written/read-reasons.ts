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

/** The reasons of audit entries, by their numbers; entries without one are left out. */
export async function reasonsOf(
  store: Store,
  aggregateId: string,
  entries: readonly StoredItem[],
): Promise<ReadonlyMap<number, string>> {
  const found = await Promise.all(
    entries
      .filter((entry) => entry.hasReason === true && typeof entry.sequence === "number")
      .map(async (entry) => {
        const sequence = Number(entry.sequence);
        return [sequence, await readReason(store, aggregateId, sequence)] as const;
      }),
  );
  return new Map(
    found.flatMap(([sequence, text]) => (text === undefined ? [] : [[sequence, text] as const])),
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
