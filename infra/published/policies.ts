import { at, identityStatements, listOf, resourcesOf } from "../rules/template.ts";
import {
  actionsLike,
  canBeOf,
  conditionKeyType,
  hasConditionKey,
  type PublishedAction,
  publishedAction,
} from "./authorization.ts";
import { conditionKeysIn } from "./conditions.ts";
import type { StageTemplates, StageView } from "./stage-view.ts";

type Statement = { readonly where: string; readonly stack: string; readonly statement: unknown };

/** Policies on resources, and where in the resource they stand. */
const resourcePolicies: Readonly<Record<string, string>> = {
  "AWS::KMS::Key": "KeyPolicy",
  "AWS::SNS::TopicPolicy": "PolicyDocument",
  "AWS::SQS::QueuePolicy": "PolicyDocument",
  "AWS::S3::BucketPolicy": "PolicyDocument",
};

/**
 * Where a policy says what AWS would never let come true, by its service authorization reference: an action
 * that there is not, an action on a resource that it is not done to, a condition that no such call meets.
 */
export async function policyFindings(
  templates: StageTemplates,
  view: StageView,
): Promise<readonly string[]> {
  const ofRoles = Object.entries(templates).flatMap(([stack, template]) =>
    identityStatements(template).map(({ logicalId, statement }) => ({
      where: `${logicalId} ${String(at(statement, "Sid"))}`,
      stack,
      statement,
    })),
  );
  const ofResources = Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries(resourcePolicies).flatMap(([type, property]) =>
      resourcesOf(template, type).flatMap(([logicalId, { Properties }]) =>
        listOf(at(Properties, property, "Statement")).map((statement) => ({
          where: `${logicalId} ${String(at(statement, "Sid") ?? "")}`,
          stack,
          statement,
        })),
      ),
    ),
  );
  const found = [
    ...ofRoles.map((one) => inRole(one, view)),
    ...ofResources.map((one) => inResource(one)),
  ];
  return (await Promise.all(found)).flat();
}

async function inRole(one: Statement, view: StageView): Promise<readonly string[]> {
  const { where, stack, statement } = one;
  const findings: string[] = [];
  const resources = listOf(view.resolve(stack, at(statement, "Resource"))).map(String);
  for (const name of listOf(at(statement, "Action")).map(String)) {
    const action = await publishedAction(name);
    if (action === undefined) {
      findings.push(`${where}: AWS knows no action ${name}`);
      continue;
    }
    for (const resource of resources) {
      const problem = misplaced(action, resource);
      if (problem !== undefined) findings.push(`${where}: ${problem}`);
    }
    // Every kind of resource that the action must be allowed on has one at least.
    const isCovered =
      action.resources.every(({ isRequired }) => !isRequired) ||
      action.resources.some(
        ({ isRequired, format }) =>
          isRequired && resources.some((resource) => canBeOf(opened(resource), format)),
      );
    if (!isCovered) findings.push(`${where}: ${name} is on nothing that it is done to`);
    findings.push(...(await conditionFindings(where, statement, action)));
  }
  return findings;
}

/** Resources of these policies are what they stand on; wildcards of actions are common. */
async function inResource({ where, statement }: Statement): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const name of listOf(at(statement, "Action")).map(String)) {
    const names = name.includes("*") ? await actionsLike(name) : [name];
    const actions = await Promise.all(names.map(publishedAction));
    const known = actions.filter((action) => action !== undefined);
    if (known.length === 0) findings.push(`${where}: AWS knows no action ${name}`);
    if (name.includes("*")) continue;
    for (const action of known)
      findings.push(...(await conditionFindings(where, statement, action)));
  }
  return findings;
}

/**
 * Where a service decides on more than its reference says: a call that names a version of a function is
 * decided on the version (https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html).
 */
const alsoDecidedOn: Readonly<Record<string, string>> = {
  "lambda:InvokeFunction":
    "arn:${Partition}:lambda:${Region}:${Account}:function:${Name}:${Version}",
};

function misplaced(action: PublishedAction, resource: string): string | undefined {
  if (resource === "*") return undefined;
  if (action.resources.length === 0)
    return `AWS knows no resource of ${action.name}: on ${resource} it allows nothing`;
  const formats = [...action.resources.map(({ format }) => format), alsoDecidedOn[action.name]];
  return formats.some((format) => format !== undefined && canBeOf(opened(resource), format))
    ? undefined
    : `${action.name} is not done to ${resource}`;
}

async function conditionFindings(
  where: string,
  statement: unknown,
  action: PublishedAction,
): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const { operator, key } of conditionKeysIn(at(statement, "Condition"))) {
    const type = await conditionKeyType(key);
    if (type === undefined) findings.push(`${where}: AWS knows no condition key ${key}`);
    else if (!hasConditionKey(action, key))
      findings.push(`${where}: no call of ${action.name} has ${key}`);
    else if ((type === "several") !== /^For(Any|All)Value(s)?:/.test(operator))
      findings.push(`${where}: ${operator} does not fit ${key}, which has ${type} value(s)`);
  }
  return findings;
}

/** A variable of a policy stands for something that only a call knows. */
function opened(resource: string): string {
  return resource.replace(/\$\{[^}]+\}/g, "*");
}
