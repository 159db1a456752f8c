import ts from "typescript";

/** What a reader would miss; `line` counts from 1. */
export interface MissingForReaders {
  readonly line: number;
  readonly rule: "no-docstring" | "file-too-long";
  readonly sentence: string;
}

/** A longer file says at its head why it is one (lines). */
const maxFileLines = 300;
const reasonAtHead = /^\/\/ Long because \S/;

/** What others call from another file. Tests and pages' words have their names for it. */
const isCalledByOthers = /^(shared|workflows|functions|local|cli|infra|scripts)\//;

function isFunction(statement: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return true;
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some(
      ({ initializer }) =>
        initializer !== undefined &&
        (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
    )
  );
}

const isExported = (statement: ts.Statement) =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/**
 * Finds exported functions and classes without a docstring, and files that are long without a reason at their head.
 * @param file - `path` relative to the project, `text` its content
 */
export function findMissingForReaders(file: {
  readonly path: string;
  readonly text: string;
}): readonly MissingForReaders[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const lineOf = (node: ts.Node) =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const bare = isCalledByOthers.test(file.path)
    ? source.statements.filter(
        (statement) =>
          isExported(statement) &&
          isFunction(statement) &&
          ts.getJSDocCommentsAndTags(statement).length === 0,
      )
    : [];
  const lines = file.text.split("\n");
  const isLong = lines.length - 1 > maxFileLines && !reasonAtHead.test(lines[0] ?? "");
  return [
    ...bare.map((statement) => ({
      line: lineOf(statement),
      rule: "no-docstring" as const,
      sentence: "what others call says in a docstring what it does, with units and errors",
    })),
    ...(isLong
      ? [
          {
            line: maxFileLines + 1,
            rule: "file-too-long" as const,
            sentence: `more than ${maxFileLines} lines: split it, or begin it with "// Long because …"`,
          },
        ]
      : []),
  ];
}
