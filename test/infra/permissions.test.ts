import { describe, expect, test } from "vitest";
import { namedCalls } from "../../local/deployed-bundles/named-calls.ts";
import { makeToken } from "../../local/step-functions/names.ts";
import { allows, askedBy, type Grant } from "./support/grants.ts";

const role = "carry-out-effects";
const place = (service: string) => `arn:aws:${service}:us-east-1:000000000000`;
const care = `${place("dynamodb")}:table/throughcare-care`;
const machine = `${place("states")}:stateMachine:throughcare-intake`;

/** What IAM decides on for a request, by AWS's reference. */
async function asked(host: string, target: string | undefined, body: unknown, path = "/") {
  const calls = namedCalls({
    host: `${host}.us-east-1.amazonaws.com`,
    method: host.endsWith(".s3") ? "PUT" : "POST",
    path,
    target,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return (await Promise.all(calls.map((call) => askedBy({ role, ...call })))).flat();
}

const start = () =>
  asked("states", "AWSStepFunctions.StartExecution", { stateMachineArn: `${machine}:live` });
const wake = () =>
  asked("states", "AWSStepFunctions.SendTaskSuccess", {
    taskToken: makeToken(`${place("states")}:execution:throughcare-intake:one-g1`, "a1"),
    output: "{}",
  });
const text = (operation: string) =>
  asked("sms-voice", `PinpointSMSVoiceV2.${operation}`, {
    OriginationIdentity: "phone-dev-mesa",
    ConfigurationSetName: "throughcare",
  });
const mail = () =>
  asked(
    "email",
    undefined,
    "Action=SendRawEmail&Source=office%40example.org&ConfigurationSetName=throughcare",
  );
const query = () =>
  asked("dynamodb", "DynamoDB_20120810.Query", {
    TableName: "throughcare-care",
    IndexName: "byId",
  });

describe("what AWS decides on for a request", () => {
  const plain = async (found: ReturnType<typeof asked>) =>
    (await found).map(({ action, resource }) => `${action} ${resource}`);

  test("a transaction needs what each of its parts needs", async () => {
    const TableName = "throughcare-care";
    const TransactItems = [{ Put: { TableName } }, { ConditionCheck: { TableName } }];
    expect(
      await plain(asked("dynamodb", "DynamoDB_20120810.TransactWriteItems", { TransactItems })),
    ).toEqual([`dynamodb:PutItem ${care}`, `dynamodb:ConditionCheckItem ${care}`]);
  });

  test("a query of an index is about the index, too", async () => {
    expect(await plain(query())).toEqual([
      `dynamodb:Query ${care}/index/byId`,
      `dynamodb:Query ${care}`,
    ]);
  });

  test("starting an execution is about its machine, whose alias is a condition", async () => {
    expect(await start()).toEqual([
      {
        role,
        action: "states:StartExecution",
        resource: machine,
        context: { "states:statemachinequalifier": ["live"] },
      },
    ]);
  });

  test("waking an execution and calling somebody are about nothing that can be named", async () => {
    expect(await plain(wake())).toEqual(["states:SendTaskSuccess *"]);
    expect(await plain(text("SendVoiceMessage"))).toEqual(["sms-voice:SendVoiceMessage *"]);
  });

  test("a text needs its number and its configuration set, mail its domain and its set", async () => {
    expect(await plain(text("SendTextMessage"))).toEqual([
      `sms-voice:SendTextMessage ${place("sms-voice")}:configuration-set/throughcare`,
      `sms-voice:SendTextMessage ${place("sms-voice")}:phone-number/phone-dev-mesa`,
    ]);
    expect(await plain(mail())).toEqual([
      `ses:SendRawEmail ${place("ses")}:configuration-set/throughcare`,
      `ses:SendRawEmail ${place("ses")}:identity/example.org`,
    ]);
  });

  test("a request that no grant can be held against is an error", async () => {
    await expect(asked("sqs", "AmazonSQS.SendMessage", {})).rejects.toThrow("No action is known");
    await expect(asked("states", "AWSStepFunctions.Wake", {})).rejects.toThrow(
      "AWS knows no action",
    );
    await expect(asked("sms-voice", "PinpointSMSVoiceV2.PutOptedOutNumber", {})).rejects.toThrow(
      "names none of optoutlist",
    );
  });
});

describe("a grant on the wrong ARN lets nothing pass:", () => {
  const live = { "ForAnyValue:StringEquals": { "states:StateMachineQualifier": "live" } };
  type Case = {
    readonly what: string;
    readonly calls: () => ReturnType<typeof asked>;
    readonly right: readonly string[];
    readonly wrong: readonly string[];
    readonly condition?: unknown;
  };
  const of = (
    what: string,
    calls: Case["calls"],
    right: readonly string[],
    wrong: readonly string[],
    condition?: unknown,
  ): Case => ({ what, calls, right, wrong, condition });
  const cases: readonly Case[] = [
    of("an execution on its alias", start, [machine], [`${machine}:live`], live),
    of("a token on a machine", wake, ["*"], [machine]),
    of(
      "a call on a number",
      () => text("SendVoiceMessage"),
      ["*"],
      [`${place("sms-voice")}:phone-number/phone-dev-mesa`],
    ),
    of(
      "a text on its number alone",
      () => text("SendTextMessage"),
      [
        `${place("sms-voice")}:phone-number/phone-dev-mesa`,
        `${place("sms-voice")}:configuration-set/throughcare`,
      ],
      [`${place("sms-voice")}:phone-number/phone-dev-mesa`],
    ),
    of(
      "mail on its domain alone",
      mail,
      [`${place("ses")}:identity/example.org`, `${place("ses")}:configuration-set/throughcare`],
      [`${place("ses")}:identity/example.org`],
    ),
    of("a query on the table alone", query, [care, `${care}/index/*`], [care]),
    of(
      "an opt-out on another list",
      () =>
        asked("sms-voice", "PinpointSMSVoiceV2.PutOptedOutNumber", {
          OptOutListName: "participants",
        }),
      [`${place("sms-voice")}:opt-out-list/participants`],
      [`${place("sms-voice")}:opt-out-list/staff`],
    ),
    of(
      "an object on its bucket",
      () => asked("archive.s3", undefined, "", "/2026/a.jsonl"),
      ["arn:aws:s3:::archive/*"],
      ["arn:aws:s3:::archive"],
    ),
  ];

  test.each(cases)("$what", async ({ calls, right, wrong, condition }) => {
    const made = await calls();
    const isAllowed = (resources: readonly string[]) =>
      made.every((one) =>
        resources.some((resource) => {
          const grant: Grant = { role, sid: "Sid", action: one.action, resource, condition };
          return allows(grant, one);
        }),
      );
    expect(isAllowed(right)).toBe(true);
    expect(isAllowed(wrong)).toBe(false);
  });

  test("another role, another action, another alias", async () => {
    const [one] = await start();
    if (one === undefined) throw new Error("Nothing is asked");
    const grant: Grant = {
      role,
      sid: "Sid",
      action: one.action,
      resource: machine,
      condition: live,
    };
    expect(allows(grant, one)).toBe(true);
    expect(allows({ ...grant, role: "hold-care" }, one)).toBe(false);
    expect(allows({ ...grant, action: "states:StopExecution" }, one)).toBe(false);
    expect(allows(grant, { ...one, context: { "states:statemachinequalifier": ["next"] } })).toBe(
      false,
    );
    expect(allows(grant, { ...one, context: {} })).toBe(false);
  });
});
