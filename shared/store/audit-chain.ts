/** One entry as it stands in the audit table, whatever somebody may have made of it. */
export type StoredEntry = Readonly<Record<string, unknown>>;

/** Where a chain does not hold, and how; the entry's number is its own word, or its place where it has none. */
export type AuditBreak = {
  readonly aggregateId: string;
  readonly sequence: number;
  /**
   * `changed`: its content is not what its hash was made of. `missing`: there is none of this number.
   * `out-of-place`: it stands under another's key, or does not follow the one before it. `not-the-last`: the
   * record it belongs to names another entry as its latest.
   */
  readonly kind: "changed" | "missing" | "out-of-place" | "not-the-last";
};

/** What a record says of its latest entry. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

/** Of a gap so many entries are named: who puts in an entry with a huge number does not stop the search. */
const namedOfGap = 100;

/** What is not part of what an entry says: where it is kept, and the hash itself. */
const aroundTheContent: readonly string[] = ["pk", "sk", "schemaVersion", "hash"];

/**
 * Recomputes one aggregate's chain from its stored entries, on its own terms: nothing of what wrote them is used.
 * @param entries - in the order of their keys; may begin anywhere when `before` is given
 * @param before - the entry before the first; `undefined` where the first is to be number 1
 * @param head - what the aggregate says is its latest; left out where that is not known
 */
export async function findAuditBreaks(
  entries: readonly StoredEntry[],
  before?: ChainHead,
  head?: ChainHead,
): Promise<readonly AuditBreak[]> {
  const breaks: AuditBreak[] = [];
  let last = before ?? { sequence: 0, hash: "" };
  for (const entry of entries) {
    const aggregateId = String(entry.pk);
    const sequence = numberOf(entry) ?? last.sequence + 1;
    const namedUntil = Math.min(sequence, last.sequence + 1 + namedOfGap);
    for (let missing = last.sequence + 1; missing < namedUntil; missing += 1)
      breaks.push({ aggregateId, sequence: missing, kind: "missing" });
    const isInPlace =
      entry.aggregateId === entry.pk &&
      Number(entry.sk) === entry.sequence &&
      // Nothing can be said of what follows a gap.
      (sequence !== last.sequence + 1 || entry.previousHash === last.hash);
    if (!isInPlace) breaks.push({ aggregateId, sequence, kind: "out-of-place" });
    if ((await hashOf(entry)) !== entry.hash)
      breaks.push({ aggregateId, sequence, kind: "changed" });
    last = { sequence, hash: String(entry.hash) };
  }
  const isLast = head === undefined || (head.sequence === last.sequence && head.hash === last.hash);
  const aggregateId = String(entries[0]?.pk);
  return isLast
    ? breaks
    : [...breaks, { aggregateId, sequence: last.sequence, kind: "not-the-last" }];
}

function numberOf(entry: StoredEntry): number | undefined {
  const place = Number(entry.sk);
  return Number.isSafeInteger(place) && place > 0 ? place : undefined;
}

async function hashOf(entry: StoredEntry): Promise<string> {
  const content = Object.fromEntries(
    Object.entries(entry).filter(([name]) => !aroundTheContent.includes(name)),
  );
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(written(content)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** JSON whose objects have their names in order: the one text that a content has. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${written(inner)}`);
  return `{${pairs.join(",")}}`;
}
