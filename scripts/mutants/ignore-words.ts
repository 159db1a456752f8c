/** A node of the tree that is mutated, as far as this file looks at it. */
type Node = {
  readonly type: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly value: { readonly raw: string } }[];
};

/** A sentence for people has a blank between words; a code or a key has none. */
const sentence = /[\p{L},.)] +[\p{L}($"“]/u;

/** Leaves sentences alone: another wording is no fault of the rules, and tests that compare prose only copy it. */
function shouldIgnore(path: { readonly node: Node }): string | undefined {
  const { node } = path;
  const text =
    node.type === "StringLiteral"
      ? String(node.value)
      : node.type === "TemplateLiteral"
        ? (node.quasis ?? []).map(({ value }) => value.raw).join("x")
        : "";
  return sentence.test(text) ? "words for people" : undefined;
}

/** Read by the mutation tool. */
export const strykerPlugins = [{ kind: "Ignore", name: "words", value: { shouldIgnore } }];
