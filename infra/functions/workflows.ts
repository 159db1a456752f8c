import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FunctionName } from "./catalogue.ts";

const folder = join(import.meta.dirname, "../../workflows");

/** The workflows, as their folders name them. */
export const workflows: readonly string[] = readdirSync(folder)
  .filter((name) => existsSync(join(folder, name, `${name}.asl.json`)))
  .sort();

/** The functions that the machines' placeholders stand for. */
export const machinePlaceholders = {
  AdvanceCareFunctionArn: "advance-care",
  HoldCareFunctionArn: "hold-care",
  SendMessageFunctionArn: "send-message",
  PageOnCallFunctionArn: "page-on-call",
} as const satisfies Readonly<Record<string, FunctionName>>;
export type MachinePlaceholder = keyof typeof machinePlaceholders;

/** A machine's definition as its file holds it, placeholders and all, without the blanks. */
export function definitionOf(workflow: string): string {
  return JSON.stringify(
    JSON.parse(readFileSync(join(folder, workflow, `${workflow}.asl.json`), "utf8")),
  );
}

/** The placeholders that a definition really names. */
export function placeholdersIn(definition: string): readonly MachinePlaceholder[] {
  const named = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? ""));
  return [...named].sort().map((name) => {
    if (!isPlaceholder(name)) throw new Error(`A machine names an unknown placeholder: ${name}`);
    return name;
  });
}

function isPlaceholder(name: string): name is MachinePlaceholder {
  return Object.hasOwn(machinePlaceholders, name);
}
