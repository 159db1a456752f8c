/** One request to AWS, as it goes over the wire. */
export type AwsRequest = {
  /** Such as `dynamodb.us-east-1.amazonaws.com`. */
  readonly host: string;
  readonly path: string;
  /** The value of `x-amz-target`, of the services that have one. */
  readonly target: string | undefined;
  readonly method: string;
  readonly body: string;
};

/** What a policy must allow for a request: an action and the ARN that it is done to. */
export type NeededPermission = {
  readonly action: string;
  /** `*` for the actions that are about no resource of their own. */
  readonly resource: string;
  /** What AWS knows of the request beside it, by condition key. */
  readonly circumstances?: Readonly<Record<string, string>>;
};

const scope = "us-east-1:000000000000";

const inTransactions: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/**
 * The permissions that AWS asks of whoever sends a request, by the names in its service authorization
 * reference. A number or a mail domain stands in the place of an identity's own id, which no request names.
 * @throws {Error} for a request that this system is not known to send: no grant can be held against it
 */
export function permissionsNeeded(request: AwsRequest): readonly NeededPermission[] {
  const { host } = request;
  const [first = "", second = ""] = host.split(".");
  const action = request.target?.split(".").at(-1) ?? "";
  if (second === "s3" && request.method === "PUT")
    return [{ action: "s3:PutObject", resource: `arn:aws:s3:::${first}${request.path}` }];
  switch (first) {
    case "dynamodb":
      return tablePermissions(action, jsonOf(request.body));
    case "states":
      return [machinePermission(action, jsonOf(request.body))];
    case "lambda": {
      const name = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/.exec(request.path)?.[1];
      if (name === undefined) break;
      return [{ action: "lambda:InvokeFunction", resource: arn("lambda", `function:${name}`) }];
    }
    case "email":
      return mailPermissions(new URLSearchParams(request.body));
    case "sms-voice":
      return textPermissions(action, jsonOf(request.body));
  }
  throw new Error(`No permission is known for ${request.method} ${host}${request.path} ${action}`);
}

function tablePermissions(action: string, input: Json): readonly NeededPermission[] {
  const on = (name: string, table: unknown) => ({
    action: `dynamodb:${name}`,
    resource: arn("dynamodb", `table/${String(table)}`),
  });
  if (action.startsWith("Transact"))
    return listOf(input.TransactItems).flatMap((item) =>
      Object.entries(item).map(([kind, operation]) =>
        on(inTransactions[kind] ?? kind, recordOf(operation).TableName),
      ),
    );
  if (action.startsWith("Batch"))
    return Object.keys(recordOf(input.RequestItems)).map((table) => on(action, table));
  const index = input.IndexName === undefined ? "" : `/index/${String(input.IndexName)}`;
  return [on(action, `${String(input.TableName)}${index}`)];
}

function machinePermission(action: string, input: Json): NeededPermission {
  // A token is proof enough of which execution is meant: AWS asks for no resource.
  if (action === "SendTaskSuccess") return { action: `states:${action}`, resource: "*" };
  const named = String(input.stateMachineArn ?? input.executionArn);
  // AWS asks for the machine's own ARN even where an alias is started.
  const [, machine, qualifier] = /^(.*:stateMachine:[^:]+):([^:]+)$/.exec(named) ?? [];
  return {
    action: `states:${action}`,
    resource: machine ?? named,
    ...(qualifier === undefined
      ? {}
      : { circumstances: { "states:StateMachineQualifier": qualifier } }),
  };
}

/** SES asks for the sender's identity and for the configuration set, each by itself. */
function mailPermissions(fields: URLSearchParams): readonly NeededPermission[] {
  const action = `ses:${fields.get("Action")}`;
  const domain = fields.get("Source")?.split("@").at(-1);
  return [
    { action, resource: arn("ses", `identity/${domain}`) },
    {
      action,
      resource: arn("ses", `configuration-set/${fields.get("ConfigurationSetName")}`),
    },
  ];
}

/** A text asks for what it leaves from and for its configuration set, each by itself; a call for neither. */
function textPermissions(name: string, input: Json): readonly NeededPermission[] {
  const action = `sms-voice:${name}`;
  const on = (resource: string) => ({ action, resource: arn("sms-voice", resource) });
  if (name === "SendVoiceMessage") return [{ action, resource: "*" }];
  if (input.OptOutListName !== undefined)
    return [on(`opt-out-list/${String(input.OptOutListName)}`)];
  const sender = String(input.OriginationIdentity);
  return [
    on(`${sender.startsWith("pool-") ? "pool" : "phone-number"}/${sender}`),
    ...(input.ConfigurationSetName === undefined
      ? []
      : [on(`configuration-set/${String(input.ConfigurationSetName)}`)]),
  ];
}

type Json = Readonly<Record<string, unknown>>;

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${scope}:${resource}`;
}

function jsonOf(body: string): Json {
  return recordOf(JSON.parse(body));
}

function recordOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}
