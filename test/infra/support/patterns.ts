/** A place in a pattern: one sign or any number of them, a given one or any but some. */
export type Sign = {
  readonly only?: string;
  /** Signs that cannot stand here. */
  readonly without: string;
  readonly isMany: boolean;
};

/** A resource as policies write it: `*` is anything, `?` any sign. */
export function signsOfPattern(pattern: string): readonly Sign[] {
  return [...pattern].map((sign) => {
    if (sign === "*") return { without: "", isMany: true };
    return sign === "?" ? { without: "", isMany: false } : literal(sign);
  });
}

/**
 * The ARN of a type as AWS writes it, `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`.
 * @param separators - signs that no name in it can hold
 */
export function signsOfFormat(format: string, separators: string): readonly Sign[] {
  return format.split(/(\$\{\w+\})/).flatMap((part) =>
    part.startsWith("${")
      ? [
          { without: separators, isMany: false },
          { without: separators, isMany: true },
        ]
      : [...part].map(literal),
  );
}

/** A sign that stands for itself. */
export function literal(sign: string): Sign {
  return { only: sign, without: "", isMany: false };
}

/** True where some text fits both. */
export function shareText(one: readonly Sign[], other: readonly Sign[]): boolean {
  const known = new Map<number, boolean>();
  const share = (i: number, j: number): boolean => {
    const key = i * (other.length + 1) + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = look(i, j);
    known.set(key, found);
    return found;
  };
  const look = (i: number, j: number): boolean => {
    const a = one[i];
    const b = other[j];
    if (a === undefined && b === undefined) return true;
    if (a?.isMany && share(i + 1, j)) return true;
    if (b?.isMany && share(i, j + 1)) return true;
    if (a === undefined || b === undefined || !canBeSame(a, b)) return false;
    // Both of any number: each has been tried as the shorter one above.
    if (a.isMany && b.isMany) return false;
    return share(a.isMany ? i : i + 1, b.isMany ? j : j + 1);
  };
  return share(0, 0);
}

function canBeSame(a: Sign, b: Sign): boolean {
  if (a.only !== undefined && b.only !== undefined) return a.only === b.only;
  if (a.only !== undefined) return !b.without.includes(a.only);
  if (b.only !== undefined) return !a.without.includes(b.only);
  return true;
}
