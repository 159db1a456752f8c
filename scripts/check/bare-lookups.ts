import ts from "typescript";

/** A look-up that takes its answer from the prototype, too; `line` counts from 1. */
export interface BareLookup {
  readonly file: string;
  readonly line: number;
  readonly rule: "own-values-only";
  readonly sentence: string;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  lib: ["lib.es2024.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  jsx: ts.JsxEmit.ReactJSX,
  jsxImportSource: "hono/jsx",
  types: ["node"],
};

/** The one place that may look a text up. */
const helper = /shared\/care\/text\/own-value\.ts$/;

/**
 * Finds `table[key]` where the key is any text: a key such as `constructor` would be answered by every object.
 * Keys that are one of several known words are fine, and so is what is written.
 * @param files - absolute paths
 */
export function findBareLookups(files: readonly string[]): readonly BareLookup[] {
  const wanted = new Set(files);
  const program = ts.createProgram([...files], options);
  const checker = program.getTypeChecker();
  const found: BareLookup[] = [];
  for (const source of program.getSourceFiles()) {
    if (!wanted.has(source.fileName) || helper.test(source.fileName)) continue;
    const visit = (node: ts.Node): void => {
      if (isLookup(node) && mayBeAnyText(checker.getTypeAtLocation(node.argumentExpression))) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        const sentence = "a key that may be any text is looked up with ownValue, or in a Map";
        found.push({ file: source.fileName, line, rule: "own-values-only", sentence });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function isLookup(node: ts.Node): node is ts.ElementAccessExpression {
  if (!ts.isElementAccessExpression(node)) return false;
  const { parent } = node;
  const isWritten =
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return !isWritten;
}

function mayBeAnyText(type: ts.Type): boolean {
  if (type.isUnion()) return type.types.some(mayBeAnyText);
  return (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) !== 0;
}
