/** What the database takes as a key, in bytes of UTF-8. */
const longestPartitionKeyBytes = 2048;
const longestSortKeyBytes = 1024;

/** True for a partition key that an item, or a line of an index, can have. */
export function isPossiblePartition(pk: unknown): boolean {
  return isText(pk, longestPartitionKeyBytes);
}

/** True for a value that DynamoDB takes as a sort key: text, not empty, at most 1,024 bytes. */
export function isPossibleSort(sk: unknown): boolean {
  return isText(sk, longestSortKeyBytes);
}

/**
 * True for a key that an item can have. Asking for any other is no fault of the asker, who may have it from
 * an address somebody typed: there is no such item.
 */
export function isPossibleKey({ pk, sk }: { readonly pk: string; readonly sk: string }): boolean {
  return isPossiblePartition(pk) && isPossibleSort(sk);
}

function isText(value: unknown, longestBytes: number): boolean {
  if (typeof value !== "string" || value === "") return false;
  // A unit of a string is at most three bytes: most keys need no counting.
  return value.length * 3 <= longestBytes || Buffer.byteLength(value, "utf8") <= longestBytes;
}

/** The key as the database takes it: it knows no half of a surrogate pair. */
export function wellFormedKey({ pk, sk }: { readonly pk: string; readonly sk: string }): {
  readonly pk: string;
  readonly sk: string;
} {
  return { pk: pk.toWellFormed(), sk: sk.toWellFormed() };
}
