import { at, identityStatements, isRecord, listOf } from "../../../infra/rules/template.ts";
import { type Circumstances, isMet } from "./aws-authorization.ts";
import { functionTemplates, resolved } from "./functions-in.ts";
import { literal, shareText, signsOfPattern } from "./patterns.ts";
import { stackNames, type Templates } from "./synthesised.ts";

/** One action on one resource that a role may do. */
export type Grant = {
  /** The function whose role it is, or the policy's logical id where it is no function of ours. */
  readonly role: string;
  readonly sid: string;
  readonly action: string;
  /** An ARN, wildcards and all; the reference's own text where only a deployment knows the ARN. */
  readonly resource: string;
  /** What must hold beside it. */
  readonly condition?: unknown;
};

/** One thing that a function asked of AWS. */
export type Asked = {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  readonly circumstances?: Circumstances;
};

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
          condition: statement.Condition,
        })),
      ),
    ),
  );
}

/** What `aws-calls.txt` of a local run says. */
export function readAsked(text: string): readonly Asked[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [role = "", action = "", resource = "", ...known] = line.split(" ");
      const circumstances = Object.fromEntries(
        known.map((pair) => pair.split("=")).map(([key = "", value = ""]) => [key, value]),
      );
      return { role, action, resource, circumstances };
    });
}

/** True where IAM would let what was asked pass by this grant. */
export function allows(grant: Grant, asked: Asked): boolean {
  if (grant.role !== asked.role || grant.action !== asked.action) return false;
  return (
    isMet(grant.condition, asked.circumstances ?? {}) &&
    // What is about no resource is granted by `*` alone, and `*` is no sign like others there.
    shareText([...asked.resource].map(literal), signsOfPattern(grant.resource))
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
    return resolved(resource, "000000000000");
  } catch {
    return JSON.stringify(resource);
  }
}
