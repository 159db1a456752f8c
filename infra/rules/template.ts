/** A CloudFormation template as it is deployed: what the rules look at. */
export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly [key: string]: unknown;
};
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
};

/** One place where a template breaks a rule. */
export type Finding = { readonly logicalId: string; readonly problem: string };

export type Rule = {
  readonly id: string;
  /** What must hold, and so what is said when it does not. */
  readonly statement: string;
  readonly find: (template: Template) => readonly Finding[];
  /** Holds from the second deployment on: a first one that failed must be possible to clear away. */
  readonly isOffAtFirst?: true;
};

type Json = Readonly<Record<string, unknown>>;

/** Reads along a path of keys; `undefined` where something else stands in the way. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const key of path) {
    if (Array.isArray(here) && typeof key === "number") here = here[key];
    else if (isRecord(here) && Object.hasOwn(here, key)) here = here[key];
    else return undefined;
  }
  return here;
}

/** True for a JSON object: no list, not null. */
export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value or a list of it, as policies write both. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** Everything of some types, by logical id. */
export function resourcesOf(
  template: Template,
  ...types: readonly string[]
): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, { Type }]) => types.includes(Type));
}

/** A rule that looks at the resources of some types one by one; the check names what is wrong, if anything. */
export function eachResource(
  id: string,
  statement: string,
  types: readonly string[],
  check: (properties: Json, resource: Resource, template: Template) => string | undefined | false,
): Rule {
  return {
    id,
    statement,
    find: (template) =>
      resourcesOf(template, ...types).flatMap(([logicalId, resource]) => {
        const problem = check(resource.Properties ?? {}, resource, template);
        return typeof problem === "string" ? [{ logicalId, problem }] : [];
      }),
  };
}

/** The statements of every policy that is attached to a role, with the policy's logical id. */
export function identityStatements(
  template: Template,
): readonly { readonly logicalId: string; readonly statement: Json }[] {
  return resourcesOf(
    template,
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
  ).flatMap(([logicalId, { Properties }]) => {
    const documents = [
      at(Properties, "PolicyDocument"),
      ...listOf(at(Properties, "Policies")).map((policy) => at(policy, "PolicyDocument")),
    ];
    return documents
      .flatMap((document) => listOf(at(document, "Statement")))
      .filter(isRecord)
      .map((statement) => ({ logicalId, statement }));
  });
}

/** A value's text with its references in it, to search for names in. */
export function text(value: unknown): string {
  return JSON.stringify(value) ?? "";
}
