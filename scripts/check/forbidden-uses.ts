import ts from "typescript";

/** A use that is not allowed where it stands; `line` counts from 1. */
export interface ForbiddenUse {
  readonly line: number;
  readonly rule:
    | "no-clock-or-chance"
    | "no-environment"
    | "no-key-literal"
    | "no-route-without-schemas";
  readonly sentence: string;
}

const mayUseClockAndChance = /^(shared\/(aws|store\/memory)|local|test|scripts|cli|infra\/bin)\//;
const mayReadEnvironment =
  /^(functions\/[^/]+\/dependencies\.ts$|(local|cli|scripts|infra|test)\/)/;

const mayWriteKeys = /^(shared\/keys|test)\//;
/** How every key of a table begins. */
const keyPattern = /^[A-Z]{2,}#/;

/** Where the API's calls are answered: by routes of the table alone. Pages have no schemas. */
const answersApi = /^functions\/(staff-api|receive-intake)\/(?!pages\/)/;
/** Where each route says what it takes and answers. */
const describesRoutes = /^shared\/contracts\/routes\//;
const routerMethods = ["get", "post", "put", "patch", "delete", "options", "all", "on"];
const sayNothing = ["any", "unknown"];

const clockAndChanceMembers: Readonly<Record<string, readonly string[]>> = {
  Date: ["now"],
  Math: ["random"],
  crypto: ["randomUUID", "getRandomValues"],
  Temporal: ["Now"],
  performance: ["now"],
};
const timers = ["setTimeout", "setInterval", "setImmediate"];
const chanceImports = ["randomUUID", "randomBytes", "randomInt", "getRandomValues"];
const timerModules = ["node:timers", "node:timers/promises", "timers", "timers/promises"];

/** `a` of `a.b`, and `b` of `a.b.c`: the name right before the dot. */
function nameBeforeDot(node: ts.PropertyAccessExpression): string | undefined {
  const { expression } = node;
  if (ts.isIdentifier(expression)) {
    return expression.text;
  }
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function isClockOrChance(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    const members = clockAndChanceMembers[nameBeforeDot(node) ?? ""] ?? [];
    return members.includes(node.name.text) || timers.includes(node.name.text);
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    return node.expression.text === "Date" && (node.arguments ?? []).length === 0;
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    return node.expression.text === "Date" || timers.includes(node.expression.text);
  }
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return timerModules.includes(node.moduleSpecifier.text);
  }
  return (
    ts.isImportSpecifier(node) && chanceImports.includes((node.propertyName ?? node.name).text)
  );
}

function isKeyLiteral(node: ts.Node): boolean {
  return (
    (ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node)) &&
    keyPattern.test(node.text)
  );
}

function isAddress(node: ts.Node | undefined): boolean {
  return (
    node !== undefined &&
    (ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateExpression(node)) &&
    /^["'`]\//.test(node.getText())
  );
}

/** An address that is given to a router by hand: whoever answers it has no schema of the table. */
function isRouteByHand(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { text } = node.expression.name;
  if (!routerMethods.includes(text)) return false;
  return isAddress(node.arguments[0]) || (text === "on" && isAddress(node.arguments[1]));
}

/** A schema that lets everything through. */
function isSayingNothing(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return nameBeforeDot(node.expression) === "z" && sayNothing.includes(node.expression.name.text);
}

function isEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) {
    return nameBeforeDot(node) === "process" && node.name.text === "env";
  }
  return (
    ts.isImportSpecifier(node) &&
    (node.propertyName ?? node.name).text === "env" &&
    /^["'](node:)?process["']$/.test(node.parent.parent.parent.moduleSpecifier.getText())
  );
}

/**
 * Finds the uses of the clock, of chance, of the environment, of keys and of routers that are not allowed in a file.
 * @param input.path - the file relative to the project: the rules go by folder
 * @param input.text - its content
 */
export function findForbiddenUses(input: { path: string; text: string }): readonly ForbiddenUse[] {
  const { path, text } = input;
  const checksClock = !mayUseClockAndChance.test(path);
  const checksEnvironment = !mayReadEnvironment.test(path);
  const checksKeys = !mayWriteKeys.test(path);
  const checksRoutes = answersApi.test(path);
  const checksSchemas = describesRoutes.test(path);
  if (!checksClock && !checksEnvironment && !checksKeys && !checksRoutes && !checksSchemas) {
    return [];
  }
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const found: ForbiddenUse[] = [];
  const visit = (node: ts.Node): void => {
    const line = () => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    if (checksClock && isClockOrChance(node)) {
      const sentence =
        "time and chance come in through the ports Clock, Ids and Pause; only adapters and the local run make them";
      found.push({ line: line(), rule: "no-clock-or-chance", sentence });
    }
    if (checksEnvironment && isEnvironment(node)) {
      const sentence =
        "only dependencies.ts of a function reads the environment; take the value as a parameter";
      found.push({ line: line(), rule: "no-environment", sentence });
    }
    if (checksKeys && isKeyLiteral(node)) {
      const sentence =
        "keys of the tables are written in shared/keys alone; name the one you need there";
      found.push({ line: line(), rule: "no-key-literal", sentence });
    }
    if ((checksRoutes && isRouteByHand(node)) || (checksSchemas && isSayingNothing(node))) {
      const sentence =
        "every route is in the table of shared/contracts/routes and says what it takes and answers; serve it by serve(route, …)";
      found.push({ line: line(), rule: "no-route-without-schemas", sentence });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
