import { keys } from "../../shared/keys/keys.ts";
import type { Store } from "../../shared/ports/store.ts";
import type { ChainHead } from "../../shared/store/audit-chain.ts";

/** As many as the store reads at once. */
const readAtOnce = 100;

/** The first entry that a batch adds to a chain, by its keys. */
type FirstEntry = { readonly chain: string; readonly sk: string };

/**
 * What stands in the table before the first entry that a batch adds to each chain: an entry is written in one
 * transaction with the check that the one before it is the latest, so that one is there when this one is.
 *
 * @returns by chain; where the entry before is gone the chain is taken up before the gap, and where the key is
 *   no number at all, at its beginning
 * @throws {StoreUnavailableError} when the table cannot be read now
 */
export async function loadEntriesBefore(
  store: Pick<Store, "getMany">,
  first: readonly FirstEntry[],
): Promise<ReadonlyMap<string, ChainHead>> {
  const heads = new Map<string, ChainHead>();
  const later = first.flatMap(({ chain, sk }) => {
    const sequence = Number(sk) - 1;
    return Number.isSafeInteger(sequence) && sequence > 0 ? [{ chain, sequence }] : [];
  });
  for (let index = 0; index < later.length; index += readAtOnce) {
    const some = later.slice(index, index + readAtOnce);
    const found = await store.getMany(
      "audit",
      some.map(({ chain, sequence }) => keys.audit(chain, sequence)),
    );
    for (const { chain, sequence } of some) {
      const { sk } = keys.audit(chain, sequence);
      const entry = found.find((one) => one.pk === chain && one.sk === sk);
      heads.set(
        chain,
        entry === undefined
          ? { sequence: sequence - 1, hash: "" }
          : { sequence, hash: String(entry.hash) },
      );
    }
  }
  return heads;
}
