import { describe, expect, test } from "vitest";
import { permissionsNeeded } from "../../local/deployed-bundles/permissions-needed.ts";
import { makeToken } from "../../local/step-functions/names.ts";
import { allows } from "./support/grants.ts";

const care = "arn:aws:dynamodb:us-east-1:000000000000:table/throughcare-care";
const machine = "arn:aws:states:us-east-1:000000000000:stateMachine:throughcare-intake";

function asked(host: string, target: string | undefined, body: unknown, path = "/") {
  return permissionsNeeded({
    host: `${host}.us-east-1.amazonaws.com`,
    method: "POST",
    path,
    target,
    body: typeof body === "string" ? body : JSON.stringify(body),
  }).map(({ action, resource }) => `${action} ${resource}`);
}

describe("what AWS asks for a request", () => {
  test("a transaction needs what each of its parts needs", () => {
    const TableName = "throughcare-care";
    const TransactItems = [{ Put: { TableName } }, { ConditionCheck: { TableName } }];
    expect(asked("dynamodb", "DynamoDB_20120810.TransactWriteItems", { TransactItems })).toEqual([
      `dynamodb:PutItem ${care}`,
      `dynamodb:ConditionCheckItem ${care}`,
    ]);
  });

  test("a query of an index is about the index, not about its table", () => {
    const query = { TableName: "throughcare-care", IndexName: "byId" };
    expect(asked("dynamodb", "DynamoDB_20120810.Query", query)).toEqual([
      `dynamodb:Query ${care}/index/byId`,
    ]);
  });

  test("waking an execution is about its machine", () => {
    const execution = "arn:aws:states:us-east-1:000000000000:execution:throughcare-intake:one-g1";
    const wake = { taskToken: makeToken(execution, "a1"), output: "{}" };
    expect(asked("states", "AWSStepFunctions.SendTaskSuccess", wake)).toEqual([
      "states:SendTaskSuccess arn:aws:states:us-east-1:000000000000:stateMachine:throughcare-intake",
    ]);
  });

  test("starting a machine by its alias is about the machine itself", () => {
    const start = { stateMachineArn: `${machine}:live`, name: "one-g1", input: "{}" };
    expect(asked("states", "AWSStepFunctions.StartExecution", start)).toEqual([
      `states:StartExecution ${machine}`,
    ]);
  });

  test("an email needs its sender's domain and its configuration set", () => {
    const mail = "Action=SendRawEmail&Source=office%40example.org&ConfigurationSetName=throughcare";
    expect(asked("email", undefined, mail)).toEqual([
      "ses:SendRawEmail arn:aws:ses:us-east-1:000000000000:identity/example.org",
      "ses:SendRawEmail arn:aws:ses:us-east-1:000000000000:configuration-set/throughcare",
    ]);
  });

  test("a request that no grant can be held against is an error", () => {
    expect(() => asked("sqs", "AmazonSQS.SendMessage", {})).toThrow("No permission is known");
  });
});

describe("what a grant lets pass", () => {
  const grant = { role: "staff-api", sid: "UseCareTable", action: "dynamodb:Query" };
  const call = { role: "staff-api", action: "dynamodb:Query", resource: `${care}/index/byId` };

  test("its own resource, and what its wildcard covers", () => {
    expect(allows({ ...grant, resource: call.resource }, call)).toBe(true);
    expect(allows({ ...grant, resource: `${care}/index/*` }, call)).toBe(true);
  });

  test("nothing of another resource, action or role", () => {
    expect(allows({ ...grant, resource: care }, call)).toBe(false);
    expect(allows({ ...grant, resource: call.resource, action: "dynamodb:Scan" }, call)).toBe(
      false,
    );
    expect(allows({ ...grant, resource: call.resource, role: "hold-care" }, call)).toBe(false);
  });
});
