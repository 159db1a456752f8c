/** One published version of a function or a machine. */
export type PublishedVersion = {
  /** The function's version or the machine version's ARN. */
  readonly id: string;
  /** When it was published, RFC 3339. */
  readonly publishedAt: string;
};

/**
 * The versions that no execution can need any more: their successor was published before the given
 * instant. The newest one is never among them, however old it is. An execution lives 39 days at most.
 * @param versions - all versions of one function or machine, in any order
 * @param before - RFC 3339; 60 days ago is what the stacks promise
 */
export function supersededBefore(
  versions: readonly PublishedVersion[],
  before: string,
): readonly string[] {
  const limit = Date.parse(before);
  if (Number.isNaN(limit)) throw new Error(`"${before}" is no date: write it as 2026-01-31`);
  const inOrder = versions.toSorted(
    (a, b) => Date.parse(a.publishedAt) - Date.parse(b.publishedAt),
  );
  return inOrder
    .filter((_version, index) => {
      const successor = inOrder[index + 1];
      return successor !== undefined && Date.parse(successor.publishedAt) < limit;
    })
    .map(({ id }) => id);
}
