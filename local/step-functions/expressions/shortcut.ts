import type { Scope } from "./scope.ts";
import { isNode, type SyntaxNode } from "./syntax-tree.ts";

/** The answer of a shortcut that met something it does not know: JSONata itself must be asked. */
export const unusual = Symbol("unusual");

/** Evaluates without JSONata's interpreter, or answers {@link unusual}. */
export type Shortcut = (scope: Scope) => unknown;

const PLAIN_KEYS = new Set(["type", "value", "position"]);
const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
};

/**
 * A direct way to evaluate the expressions that make up most definitions: paths without arrays,
 * variables, literals, comparisons and sums. JSONata's interpreter takes some fifty times longer.
 */
export function shortcutFor(tree: unknown): Shortcut | undefined {
  if (!isNode(tree)) return undefined;
  switch (tree.type) {
    case "string":
    case "number":
    case "value":
      return isPlain(tree) ? () => tree.value : undefined;
    case "variable":
      // The whole of `$states` is made as it is asked for; only JSONata's way takes a copy of it.
      return isPlain(tree) && tree.value !== "states" ? variable(tree.value) : undefined;
    case "path":
      return path(tree);
    case "unary":
      return isEmptyObject(tree) ? () => ({}) : undefined;
    case "binary":
      return binary(tree);
    default:
      return undefined;
  }
}

function isPlain(node: SyntaxNode): boolean {
  return Object.keys(node).every((key) => PLAIN_KEYS.has(key));
}

function isEmptyObject(node: SyntaxNode): boolean {
  return node.value === "{" && Array.isArray(node.lhs) && node.lhs.length === 0;
}

function variable(name: unknown): Shortcut | undefined {
  if (typeof name !== "string" || name === "" || name === "$") return undefined;
  if (name === "states") return (scope) => scope.states;
  return (scope) => (Object.hasOwn(scope.variables, name) ? known(scope.variables[name]) : unusual);
}

/** Arrays are what makes JSONata's paths hard, so they are left to JSONata. */
function known(value: unknown): unknown {
  return Array.isArray(value) || typeof value === "function" ? unusual : value;
}

function path(node: SyntaxNode): Shortcut | undefined {
  const keys = Object.keys(node);
  if (keys.some((key) => key !== "type" && key !== "steps" && key !== "position")) return undefined;
  const [first, ...rest] = node.steps ?? [];
  if (first?.type !== "variable" || !isPlain(first)) return undefined;
  const start = variable(first.value);
  const names: string[] = [];
  for (const step of rest) {
    if (step.type !== "name" || typeof step.value !== "string" || !isPlain(step)) return undefined;
    names.push(step.value);
  }
  if (start === undefined) return undefined;
  return (scope) => {
    let at = start(scope);
    for (const name of names) {
      if (at === unusual || at === undefined || at === null || typeof at !== "object") {
        return at === unusual ? unusual : undefined;
      }
      at = Object.hasOwn(at, name) ? known((at as Record<string, unknown>)[name]) : undefined;
    }
    return at;
  };
}

function binary(node: SyntaxNode): Shortcut | undefined {
  const [left, right] = [shortcutFor(node.lhs), shortcutFor(node.rhs)];
  if (left === undefined || right === undefined) return undefined;
  if (node.value === "=" || node.value === "!=") {
    const wanted = node.value === "=";
    return (scope) => {
      const [one, other] = [left(scope), right(scope)];
      if (one === unusual || other === unusual) return unusual;
      // JSONata: nothing equals or differs from what is not there.
      if (one === undefined || other === undefined) return false;
      if (typeof one === "object" && typeof other === "object" && one !== null && other !== null) {
        return unusual;
      }
      return (one === other) === wanted;
    };
  }
  const operation = ARITHMETIC[String(node.value)];
  if (operation === undefined) return undefined;
  return (scope) => {
    const [one, other] = [left(scope), right(scope)];
    if (typeof one !== "number" || typeof other !== "number") return unusual;
    const result = operation(one, other);
    return Number.isFinite(result) ? result : unusual;
  };
}
