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

/**
 * What AWS decides on for a request, in the words of its service authorization reference: the action, and
 * which resources the request names. What ARNs that makes, and which of them are asked for, is said there.
 */
export type NamedCall = {
  readonly action: string;
  /** By the kind of resource, in lower case: what stands in each part of its ARN. */
  readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What conditions can ask for beside it, by the key. */
  readonly conditions: Readonly<Record<string, string>>;
};

const inTransactions: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/**
 * Reads a request for what AWS would decide on. A number or a mail domain stands in the place of an
 * identity's own id, which no request names.
 * @throws {Error} for a request that this system is not known to send: no grant can be held against it
 */
export function namedCalls(request: AwsRequest): readonly NamedCall[] {
  const { host } = request;
  const [first = "", second = ""] = host.split(".");
  const operation = request.target?.split(".").at(-1) ?? "";
  if (second === "s3" && request.method === "PUT")
    return [
      call("s3:PutObject", { object: { BucketName: first, ObjectName: request.path.slice(1) } }),
    ];
  switch (first) {
    case "dynamodb":
      return tableCalls(operation, jsonOf(request.body));
    case "states":
      return [machineCall(operation, jsonOf(request.body))];
    case "lambda": {
      const name = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/.exec(request.path)?.[1];
      if (name === undefined) break;
      return [call("lambda:InvokeFunction", { function: { FunctionName: name } })];
    }
    case "email":
      return [mailCall(new URLSearchParams(request.body))];
    case "sms-voice":
      return [textCall(operation, jsonOf(request.body))];
  }
  throw new Error(`No action is known for ${request.method} ${host}${request.path} ${operation}`);
}

function tableCalls(operation: string, input: Json): readonly NamedCall[] {
  const on = (name: string, table: unknown, index?: unknown) =>
    call(`dynamodb:${name}`, {
      table: { TableName: String(table) },
      ...(index === undefined
        ? {}
        : { index: { TableName: String(table), IndexName: String(index) } }),
    });
  if (operation.startsWith("Transact"))
    return listOf(input.TransactItems).flatMap((item) =>
      Object.entries(item).map(([kind, part]) =>
        on(inTransactions[kind] ?? kind, recordOf(part).TableName),
      ),
    );
  if (operation.startsWith("Batch"))
    return Object.keys(recordOf(input.RequestItems)).map((table) => on(operation, table));
  return [on(operation, input.TableName, input.IndexName)];
}

/** A machine is named by its own ARN or by that of an alias, which only a condition can ask for. */
function machineCall(operation: string, input: Json): NamedCall {
  const action = `states:${operation}`;
  if (input.stateMachineArn !== undefined) {
    const [name = "", qualifier] = readArn(String(input.stateMachineArn));
    return call(
      action,
      { statemachine: { StateMachineName: name } },
      qualifier === undefined ? {} : { "states:StateMachineQualifier": qualifier },
    );
  }
  if (input.executionArn === undefined) return call(action, {});
  const [name = "", execution = ""] = readArn(String(input.executionArn));
  return call(action, { execution: { StateMachineName: name, ExecutionId: execution } });
}

function mailCall(fields: URLSearchParams): NamedCall {
  const set = fields.get("ConfigurationSetName");
  return call(`ses:${fields.get("Action")}`, {
    identity: { IdentityName: fields.get("Source")?.split("@").at(-1) ?? "" },
    ...(set === null ? {} : { "configuration-set": { ConfigurationSetName: set } }),
  });
}

function textCall(operation: string, input: Json): NamedCall {
  const { OptOutListName, OriginationIdentity, ConfigurationSetName } = input;
  return call(`sms-voice:${operation}`, {
    ...(OptOutListName === undefined
      ? {}
      : { optoutlist: { OptOutListName: String(OptOutListName) } }),
    ...(OriginationIdentity === undefined ? {} : originOf(String(OriginationIdentity))),
    ...(ConfigurationSetName === undefined
      ? {}
      : { configurationset: { ConfigurationSetName: String(ConfigurationSetName) } }),
  });
}

/** What a text or a call comes from: a pool by its id, a number by itself. */
function originOf(identity: string): NamedCall["names"] {
  return identity.startsWith("pool-")
    ? { pool: { PoolId: identity } }
    : { phonenumber: { PhoneNumberId: identity } };
}

function call(
  action: string,
  names: NamedCall["names"],
  conditions: NamedCall["conditions"] = {},
): NamedCall {
  return { action, names, conditions };
}

/** What follows the kind of resource in an ARN of Step Functions, part by part. */
function readArn(arn: string): readonly string[] {
  return arn.split(":").slice(6);
}

type Json = Readonly<Record<string, unknown>>;

function jsonOf(body: string): Json {
  return recordOf(JSON.parse(body));
}

function recordOf(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}
