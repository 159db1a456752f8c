import ts from "typescript";
import type { Product } from "./product.ts";

/** A cast that takes somebody's word for what is stored; `line` counts from 1. */
export type CastOfStored = { readonly file: string; readonly line: number };

/**
 * Finds `… as Thing` where nothing is known of what it is said of: what was read from the store, what was parsed
 * as JSON, and whatever else is `unknown`, `any`, or an object with any attribute. A schema reads those.
 */
export function findCasts({ checker, sources }: Product): readonly CastOfStored[] {
  const found: CastOfStored[] = [];
  for (const source of sources) {
    const visit = (node: ts.Node): void => {
      if (ts.isAsExpression(node) && !isConst(node) && !isOneOfMany(node)) {
        if (isAnything(checker, checker.getTypeAtLocation(innermost(node.expression)))) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
          found.push({ file: source.fileName, line: line + 1 });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function isConst({ type }: ts.AsExpression): boolean {
  return ts.isTypeReferenceNode(type) && type.getText() === "const";
}

/** The inner one of `x as unknown as Thing`: the outer one is told. */
function isOneOfMany({ parent, type }: ts.AsExpression): boolean {
  return ts.isAsExpression(parent) || type.kind === ts.SyntaxKind.UnknownKeyword;
}

/** What stands there before anything is said of it. */
function innermost(node: ts.Expression): ts.Expression {
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node))
    return innermost(node.expression);
  // `facts ?? {}` is as unknown as its left side.
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken
  )
    return innermost(node.left);
  return node;
}

function isAnything(checker: ts.TypeChecker, type: ts.Type): boolean {
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive)) !== 0)
    return true;
  if (type.isUnion()) return type.types.some((one) => isAnything(checker, one));
  if (checker.isArrayLikeType(type)) {
    const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    return element !== undefined && isAnything(checker, element);
  }
  const attribute = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  return (
    attribute !== undefined && (attribute.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0
  );
}
