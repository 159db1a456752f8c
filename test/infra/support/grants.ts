import * as z from "zod";
import { decisionsOn } from "../../../infra/published/authorization.ts";
import {
  type CallContext,
  matchesPattern,
  meetsConditions,
} from "../../../infra/published/conditions.ts";
import { at, identityStatements, isRecord, listOf } from "../../../infra/rules/template.ts";
import type { NamedCall } from "../../../local/deployed-bundles/named-calls.ts";
import { functionTemplates, resolved } from "./functions-in.ts";
import { stackNames, type Templates } from "./synthesised.ts";

/** One action on one resource that a role may do. */
export type Grant = {
  /** The function whose role it is, or the policy's logical id where it is no function of ours. */
  readonly role: string;
  readonly sid: string;
  readonly action: string;
  /** An ARN, wildcards and all; the reference's own text where only a deployment knows the ARN. */
  readonly resource: string;
  readonly condition?: unknown;
};

/** A call that a function made. */
export type Called = NamedCall & { readonly role: string };

/** One thing that IAM decides on about a call of a function. */
export type Asked = {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  /** What conditions are held against. */
  readonly context: CallContext;
};

const callSchema = z.strictObject({
  action: z.string(),
  names: z.record(z.string(), z.record(z.string(), z.string())),
  conditions: z.record(z.string(), z.string()),
});

const localAccount = "000000000000";

/** Every grant of every role of a stage, with the account of the local run in its ARNs. */
export function grantsIn(templates: Templates): readonly Grant[] {
  const owners = policyOwners(templates);
  return stackNames.flatMap((stack) =>
    identityStatements(templates[stack]).flatMap(({ logicalId, statement }) =>
      listOf(statement.Action).flatMap((action) =>
        listOf(statement.Resource).map((resource) => ({
          role: owners.get(`${stack} ${logicalId}`) ?? logicalId.replace(/[0-9A-F]{8}$/, ""),
          sid: String(statement.Sid),
          action: String(action),
          resource: arnOf(resource),
          ...(statement.Condition === undefined ? {} : { condition: statement.Condition }),
        })),
      ),
    ),
  );
}

/** What `aws-calls.txt` of a local run says. */
export function readCalls(text: string): readonly Called[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const blank = line.indexOf(" ");
      return { role: line.slice(0, blank), ...callSchema.parse(JSON.parse(line.slice(blank + 1))) };
    });
}

/** What IAM decides on for a call, each of which must be allowed. */
export async function askedBy(call: Called): Promise<readonly Asked[]> {
  const place = { account: localAccount, region: "us-east-1" };
  const context = Object.fromEntries(
    Object.entries(call.conditions).map(([key, value]) => [key.toLowerCase(), [value]]),
  );
  return (await decisionsOn(call.action, call.names, place)).map((decision) => ({
    role: call.role,
    ...decision,
    context,
  }));
}

/** True where IAM would let what was asked pass by this grant. */
export function allows(grant: Grant, asked: Asked): boolean {
  return (
    grant.role === asked.role &&
    grant.action === asked.action &&
    matchesPattern(grant.resource, asked.resource) &&
    meetsConditions(grant.condition, asked.context)
  );
}

/** The policies of each function's role: what the role names, and nothing by likeness. */
function policyOwners(templates: Templates): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { stack, name, properties } of functionTemplates(templates)) {
    const role = at(properties, "Role", "Fn::GetAtt", 0);
    const { Properties } = templates[stack].Resources[String(role)] ?? {};
    for (const policy of listOf(Properties?.ManagedPolicyArns))
      owners.set(`${stack} ${String(at(policy, "Ref"))}`, name);
  }
  return owners;
}

function arnOf(resource: unknown): string {
  if (isRecord(resource) && !Object.hasOwn(resource, "Fn::Join")) return JSON.stringify(resource);
  try {
    return resolved(resource, localAccount);
  } catch {
    return JSON.stringify(resource);
  }
}
