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
  }).map(({ action, resource, circumstances }) =>
    [
      action,
      resource,
      ...(circumstances === undefined ? [] : [JSON.stringify(circumstances)]),
    ].join(" "),
  );
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

  test("waking an execution is about its token alone", () => {
    const execution = "arn:aws:states:us-east-1:000000000000:execution:throughcare-intake:one-g1";
    const wake = { taskToken: makeToken(execution, "a1"), output: "{}" };
    expect(asked("states", "AWSStepFunctions.SendTaskSuccess", wake)).toEqual([
      "states:SendTaskSuccess *",
    ]);
  });

  test("starting a machine by its alias is about the machine itself, and says the alias", () => {
    const start = { stateMachineArn: `${machine}:live`, name: "one-g1", input: "{}" };
    expect(asked("states", "AWSStepFunctions.StartExecution", start)).toEqual([
      `states:StartExecution ${machine} {"states:StateMachineQualifier":"live"}`,
    ]);
  });

  test("a text needs its number, or its pool, and its configuration set; a call needs neither", () => {
    const send = (OriginationIdentity: string) => ({
      OriginationIdentity,
      ConfigurationSetName: "throughcare",
    });
    const own = "arn:aws:sms-voice:us-east-1:000000000000:";
    expect(asked("sms-voice", "PinpointSMSVoiceV2.SendTextMessage", send("+12125550111"))).toEqual([
      `sms-voice:SendTextMessage ${own}phone-number/+12125550111`,
      `sms-voice:SendTextMessage ${own}configuration-set/throughcare`,
    ]);
    expect(asked("sms-voice", "PinpointSMSVoiceV2.SendTextMessage", send("pool-1"))[0]).toBe(
      `sms-voice:SendTextMessage ${own}pool/pool-1`,
    );
    expect(asked("sms-voice", "PinpointSMSVoiceV2.SendVoiceMessage", send("+12125550112"))).toEqual(
      ["sms-voice:SendVoiceMessage *"],
    );
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

  test("only under its condition", () => {
    const start = {
      ...{ role: "carry-out-effects", sid: "StartLiveMachines" },
      ...{ action: "states:StartExecution", resource: machine },
      condition: { "ForAnyValue:StringEquals": { "states:StateMachineQualifier": ["live"] } },
    };
    const by = (qualifier: string) => ({
      ...{ role: "carry-out-effects", action: "states:StartExecution", resource: machine },
      circumstances: { "states:StateMachineQualifier": qualifier },
    });
    expect(allows(start, by("live"))).toBe(true);
    expect(allows(start, by("7"))).toBe(false);
  });

  test("what is about no resource by a star alone", () => {
    const wake = { role: "carry-out-effects", action: "states:SendTaskSuccess" };
    expect(allows({ ...wake, sid: "Wake", resource: "*" }, { ...wake, resource: "*" })).toBe(true);
    expect(allows({ ...wake, sid: "Wake", resource: machine }, { ...wake, resource: "*" })).toBe(
      false,
    );
  });

  test("nothing of another resource, action or role", () => {
    expect(allows({ ...grant, resource: care }, call)).toBe(false);
    expect(allows({ ...grant, resource: call.resource, action: "dynamodb:Scan" }, call)).toBe(
      false,
    );
    expect(allows({ ...grant, resource: call.resource, role: "hold-care" }, call)).toBe(false);
  });
});
