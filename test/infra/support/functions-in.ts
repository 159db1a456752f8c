import { isRecord, resourcesOf } from "../../../infra/rules/template.ts";
import type { Templates } from "./synthesised.ts";

export type FunctionInTemplate = {
  readonly stack: "workflow" | "web";
  readonly logicalId: string;
  /** The folder's name: the deployed one without its prefix. */
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** Every Lambda function of a stage. */
export function functionTemplates(templates: Templates): readonly FunctionInTemplate[] {
  return (["workflow", "web"] as const).flatMap((stack) =>
    resourcesOf(templates[stack], "AWS::Lambda::Function").map(([logicalId, { Properties }]) => ({
      stack,
      logicalId,
      name: String(Properties?.FunctionName).replace(/^throughcare-/, ""),
      properties: Properties ?? {},
    })),
  );
}

/** The properties of one function. */
export function functionIn(templates: Templates, name: string): Readonly<Record<string, unknown>> {
  const found = functionTemplates(templates).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`No template has the function ${name}`);
  return found.properties;
}

/** The environment of a function, with stand-ins for what only a deployment knows. */
export function environmentIn(
  templates: Templates,
  name: string,
  account?: string,
): Record<string, string> {
  const environment = functionIn(templates, name).Environment;
  const variables = isRecord(environment) ? environment.Variables : undefined;
  return Object.fromEntries(
    Object.entries(isRecord(variables) ? variables : {}).map(([key, value]) => [
      key,
      resolved(value, account),
    ]),
  );
}

/** What a deployment would make of a value with references in it. */
export function resolved(value: unknown, account = "111111111111"): string {
  if (typeof value === "string") return value;
  if (isRecord(value)) {
    const join = value["Fn::Join"];
    if (Array.isArray(join) && Array.isArray(join[1]))
      return join[1].map((part) => resolved(part, account)).join(String(join[0]));
    if (value.Ref === "AWS::AccountId") return account;
    if (typeof value.Ref === "string") return `ref-${value.Ref}`;
  }
  throw new Error(`A value cannot be resolved: ${JSON.stringify(value)}`);
}
