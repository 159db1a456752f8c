import { isRecord, type Template } from "../../../../infra/rules/template.ts";
import type { StackName, Stage } from "../synthesised.ts";

export type Breach = {
  readonly rule: string;
  /** What is made wrong, as the end of "when …". */
  readonly what: string;
  readonly stack: StackName;
  readonly make: (template: Template) => Template;
  /** Words of the finding. */
  readonly finds: string;
  /** The templates of this stage; those of `dev` where it is left out. */
  readonly stage?: Stage;
};

type Path = readonly (string | number)[];

/** Sets a value in the first resource of a type; `undefined` takes the key away. */
export function set(type: string, path: Path, value: unknown): (template: Template) => Template {
  return (template) => {
    const found = Object.values(template.Resources).find(({ Type }) => Type === type);
    if (found === undefined) throw new Error(`The template has no ${type}`);
    write(found, path, value);
    return template;
  };
}

/** Sets a value in the first resource of a type whose text holds some words. */
export function setWhere(type: string, words: string, path: Path, value: unknown) {
  return (template: Template): Template => {
    const found = Object.values(template.Resources).find(
      (resource) => resource.Type === type && JSON.stringify(resource).includes(words),
    );
    if (found === undefined) throw new Error(`The template has no ${type} with ${words}`);
    write(found, path, value);
    return template;
  };
}

export function write(target: unknown, path: Path, value: unknown): void {
  let here: unknown = target;
  for (const key of path.slice(0, -1)) {
    if (Array.isArray(here) && typeof key === "number") here = here[key];
    else if (isRecord(here)) here = here[key];
    else throw new Error(`There is nothing at ${path.join(".")}`);
  }
  const last = path.at(-1);
  if (last === undefined || typeof here !== "object" || here === null)
    throw new Error(`There is nothing at ${path.join(".")}`);
  if (value === undefined) Reflect.deleteProperty(here, last);
  else Reflect.set(here, last, value);
}

export function without(type: string): (template: Template) => Template {
  return (template) => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).filter(([, { Type }]) => Type !== type),
    ),
  });
}

export function withResource(type: string, properties: Record<string, unknown>) {
  return (template: Template): Template => ({
    ...template,
    Resources: { ...template.Resources, Planted: { Type: type, Properties: properties } },
  });
}

/** Changes the definition of the first machine. */
export function machineText(from: RegExp, to: string): (template: Template) => Template {
  return (template) => {
    const machine = Object.values(template.Resources).find(
      ({ Type }) => Type === "AWS::StepFunctions::StateMachine",
    );
    const before = String(machine?.Properties?.DefinitionString);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`No machine holds ${from}`);
    write(machine, ["Properties", "DefinitionString"], after);
    return template;
  };
}

export function policy(action: string | readonly string[], resource: unknown) {
  return withResource("AWS::IAM::ManagedPolicy", {
    PolicyDocument: { Statement: [{ Effect: "Allow", Action: action, Resource: resource }] },
  });
}

/** Takes away or rewrites the statements of a policy that say some words; fails where none does. */
export function statements(
  type: string,
  words: string,
  change: (statement: Record<string, unknown>) => Record<string, unknown> | undefined,
): (template: Template) => Template {
  return (template) => {
    let changed = 0;
    for (const resource of Object.values(template.Resources)) {
      if (resource.Type !== type) continue;
      for (const document of ["PolicyDocument", "KeyPolicy"]) {
        const policy = resource.Properties?.[document];
        if (!isRecord(policy) || !Array.isArray(policy.Statement)) continue;
        const kept = policy.Statement.flatMap((statement: unknown) => {
          if (!isRecord(statement) || !JSON.stringify(statement).includes(words))
            return [statement];
          changed += 1;
          const after = change({ ...statement });
          return after === undefined ? [] : [after];
        });
        write(policy, ["Statement"], kept);
      }
    }
    if (changed === 0) throw new Error(`No policy of a ${type} says ${words}`);
    return template;
  };
}

export const table = "AWS::DynamoDB::Table";
export const machine = "AWS::StepFunctions::StateMachine";
export const made = "AWS::Lambda::Function";
export const auditTable = "arn:aws:dynamodb:us-east-1:111111111111:table/throughcare-audit";
export const p = (...path: Path): Path => ["Properties", ...path];

export function breach(
  rule: string,
  stack: StackName,
  what: string,
  make: Breach["make"],
  finds: string,
): Breach {
  return { rule, stack, what, make, finds };
}

/** A breach of what holds in production only. */
export function inProduction(breach: Breach): Breach {
  return { ...breach, stage: "production" };
}
