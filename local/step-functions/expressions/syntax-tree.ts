/** One node of JSONata's syntax tree, as far as this engine looks at it. */
export interface SyntaxNode {
  readonly type?: string;
  readonly value?: unknown;
  readonly lhs?: unknown;
  readonly rhs?: unknown;
  readonly steps?: readonly SyntaxNode[];
}

/** Narrows a part of the tree; JSONata's own types leave most of it open. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names of all variables, functions included, that occur anywhere in the tree. */
export function variableNames(tree: unknown, into: Set<string> = new Set()): Set<string> {
  if (Array.isArray(tree)) {
    for (const part of tree) variableNames(part, into);
  } else if (isNode(tree)) {
    if (tree.type === "variable" && typeof tree.value === "string") into.add(tree.value);
    for (const part of Object.values(tree)) variableNames(part, into);
  }
  return into;
}
