import { beforeAll, describe, expect, test } from "vitest";
import { identityStatements } from "../../infra/rules/template.ts";
import { isMet, problemsOf } from "./support/aws-authorization.ts";
import { arnResolver } from "./support/resource-arns.ts";
import { stackNames, stages, synthesised } from "./support/synthesised.ts";

beforeAll(() => {
  for (const stage of stages) synthesised(stage);
}, 120_000);

describe.each(stages)(
  "what roles of %s may do, by AWS's service authorization reference",
  (stage) => {
    test.each(stackNames)("%s grants only what AWS asks for", async (stack) => {
      const all = synthesised(stage);
      const resolve = await arnResolver(Object.values(all));
      const problems: string[] = [];
      for (const { logicalId, statement } of identityStatements(all[stack]))
        for (const problem of await problemsOf(resolve(statement, all[stack])))
          problems.push(`${logicalId} ${String(statement.Sid)}: ${problem}`);
      expect(problems).toEqual([]);
    });
  },
);

const scope = "us-east-1:111111111111";
const machine = `arn:aws:states:${scope}:stateMachine:throughcare-intake`;
const table = `arn:aws:dynamodb:${scope}:table/throughcare-care`;

/** Each of them looks right, and lets nothing pass. */
const wrong: readonly (readonly [string, string, string])[] = [
  ["an alias for its machine", "states:StartExecution", `${machine}:live`],
  ["a version for its machine", "states:StartExecution", `${machine}:3`],
  ["an execution's machine", "states:DescribeExecution", machine],
  ["a machine for whoever holds a token", "states:SendTaskSuccess", machine],
  ["an index for a table", "dynamodb:PutItem", `${table}/index/byId`],
  ["a table for its stream", "dynamodb:GetRecords", table],
  ["a stream in a list of streams", "dynamodb:ListStreams", `${table}/stream/*`],
  ["a table without its slash", "dynamodb:Query", `arn:aws:dynamodb:${scope}:table:throughcare`],
  ["another service's number", "sms-voice:SendTextMessage", `arn:aws:sms:${scope}:phone-number/p`],
  [
    "an opt-out list for a pool",
    "sms-voice:SendTextMessage",
    `arn:aws:sms-voice:${scope}:opt-out-list/p`,
  ],
  [
    "a number to call from",
    "sms-voice:SendVoiceMessage",
    `arn:aws:sms-voice:${scope}:phone-number/p`,
  ],
  [
    "a pool for an opt-out list",
    "sms-voice:PutOptedOutNumber",
    `arn:aws:sms-voice:${scope}:pool/p`,
  ],
  ["a misspelt identity", "ses:SendRawEmail", `arn:aws:ses:${scope}:identities/mail.example.org`],
  ["a key's alias", "kms:Decrypt", `arn:aws:kms:${scope}:alias/work`],
  ["a queue with a path", "sqs:SendMessage", "arn:aws:sqs:us-east-1:queue"],
  ["a bucket for its objects", "s3:PutObject", "arn:aws:s3:::throughcare-audit-archive"],
  ["a function with a slash", "lambda:InvokeFunction", `arn:aws:lambda:${scope}:function/send`],
  ["a log group for its streams", "logs:PutLogEvents", `arn:aws:logs:${scope}:log-group:/a/b`],
];

describe("a grant that looks right", () => {
  test.each(wrong)("names %s in %s: found", async (_what, Action, Resource) => {
    expect(await problemsOf({ Action, Resource })).toEqual([
      `${Action} is never about ${Resource}`,
    ]);
  });

  test("of an action that AWS does not have is found", async () => {
    expect(await problemsOf({ Action: "ses:SendMail", Resource: "*" })).toEqual([
      "AWS has no action ses:SendMail",
    ]);
  });

  test("under a condition that AWS never fills in is found", async () => {
    const Condition = { StringEquals: { "states:StateMachineAlias": "live" } };
    expect(
      await problemsOf({ Action: "states:StartExecution", Resource: machine, Condition }),
    ).toEqual(["states:StartExecution is asked without states:StateMachineAlias"]);
  });
});

describe("a condition", () => {
  const Condition = { "ForAnyValue:StringEquals": { "states:StateMachineQualifier": ["live"] } };

  test("is met by the alias, and not by another or none", () => {
    expect(isMet(Condition, { "states:StateMachineQualifier": "live" })).toBe(true);
    expect(isMet(Condition, { "states:StateMachineQualifier": "next" })).toBe(false);
    expect(isMet(Condition, {})).toBe(false);
  });

  test("of an operator that is not understood is an error, never a yes", () => {
    expect(() => isMet({ StringNotEquals: { a: "b" } }, { a: "c" })).toThrow("StringNotEquals");
  });
});
