import { at } from "../../../../infra/rules/template.ts";
import { p, setWhere, write } from "../breaches/plant.ts";
import { type Fault, fault } from "./fault.ts";

const account = "111111111111";

/** Changes the statement of a name, in whichever policy of the template it stands first. */
function statement(sid: string, key: string, value: unknown): Fault["make"] {
  return (template) => {
    for (const resource of Object.values(template.Resources))
      for (const document of ["PolicyDocument", "KeyPolicy"]) {
        const statements = at(resource.Properties, document, "Statement");
        const found = Array.isArray(statements)
          ? statements.find((one) => at(one, "Sid") === sid)
          : undefined;
        if (found === undefined) continue;
        write(found, [key], value);
        return template;
      }
    throw new Error(`The template has no statement ${sid}`);
  };
}

/** Of the service authorization reference. */
export const policyFaults: readonly Fault[] = [
  fault(
    "executions are started on an alias",
    "workflow",
    statement(
      "StartLiveMachines",
      "Resource",
      `arn:aws:states:us-east-1:${account}:stateMachine:throughcare-intake:live`,
    ),
    "StartExecution is not done to",
  ),
  fault(
    "the alias is asked for by a key that has several values",
    "workflow",
    statement("StartLiveMachines", "Condition", {
      StringEquals: { "states:StateMachineQualifier": "live" },
    }),
    "several value(s)",
  ),
  fault(
    "tokens are answered on a machine",
    "workflow",
    statement(
      "WakeExecutions",
      "Resource",
      `arn:aws:states:us-east-1:${account}:stateMachine:throughcare-intake`,
    ),
    "AWS knows no resource of states:SendTaskSuccess",
  ),
  fault(
    "calls are made from a number",
    "workflow",
    statement(
      "CallStaff",
      "Resource",
      `arn:aws:sms-voice:us-east-1:${account}:phone-number/phone-x`,
    ),
    "no resource of sms-voice:SendVoiceMessage",
  ),
  fault(
    "texts are sent from a topic",
    "workflow",
    statement("TextParticipants", "Resource", `arn:aws:sns:us-east-1:${account}:phone-x`),
    "SendTextMessage is not done to",
  ),
  fault(
    "mail is sent in another service's name",
    "workflow",
    statement("SendEmail", "Resource", `arn:aws:email:us-east-1:${account}:identity/example.org`),
    "SendRawEmail is on nothing",
  ),
  fault(
    "streams are listed on one",
    "workflow",
    statement(
      "FindStreams",
      "Resource",
      `arn:aws:dynamodb:us-east-1:${account}:table/throughcare-care/stream/x`,
    ),
    "no resource of dynamodb:ListStreams",
  ),
  fault(
    "an action is the name of a call",
    "workflow",
    statement("UseCareTable", "Action", "dynamodb:TransactWriteItems"),
    "no action dynamodb:TransactWriteItems",
  ),
  fault(
    "an object is put to a bucket",
    "workflow",
    statement("AddToArchive", "Resource", "arn:aws:s3:::throughcare-audit-archive"),
    "PutObject is not done to",
  ),
  fault(
    "logs are written to a group",
    "workflow",
    statement(
      "WriteOwnLogs",
      "Resource",
      `arn:aws:logs:us-east-1:${account}:log-group:/throughcare/functions/x`,
    ),
    "CreateLogStream is not done to",
  ),
  fault(
    "a condition key is misspelt",
    "workflow",
    statement("UseTableKeys", "Condition", {
      StringEquals: { "kms:ViaServices": "dynamodb.us-east-1.amazonaws.com" },
    }),
    "no condition key",
  ),
  fault(
    "a condition is one of another action",
    "workflow",
    statement("KeepFailedEvents", "Condition", {
      StringEquals: { "kms:ViaService": "sqs.us-east-1.amazonaws.com" },
    }),
    "no call of sqs:SendMessage has",
  ),
];

/** Of who may publish where, and with whose key. */
export const publisherFaults: readonly Fault[] = [
  fault(
    "alarms may not publish",
    "messaging",
    statement("FromAlarms", "Principal", { Service: "events.amazonaws.com" }),
    "cloudwatch.amazonaws.com may not publish",
  ),
  fault(
    "alarms may publish for another account",
    "messaging",
    statement("FromAlarms", "Condition", { StringEquals: { "aws:SourceAccount": "999999999999" } }),
    "cloudwatch.amazonaws.com may not publish",
  ),
  fault(
    "rules may not publish",
    "messaging",
    statement("FromRules", "Effect", "Deny"),
    "events.amazonaws.com may not publish",
  ),
  fault(
    "mail may not be reported",
    "messaging",
    statement("ReportsOfMail", "Action", "sns:Subscribe"),
    "ses.amazonaws.com may not publish",
  ),
  fault(
    "texts may not come in",
    "messaging",
    statement("FromPhones", "Principal", { Service: "pinpoint.amazonaws.com" }),
    "sms-voice.amazonaws.com may not publish",
  ),
  fault(
    "the topics' key is closed to alarms",
    "messaging",
    statement("Forcloudwatchamazonawscom", "Action", "kms:Decrypt"),
    "does not let cloudwatch.amazonaws.com kms:GenerateDataKey",
  ),
  fault(
    "the key asks EventBridge for what it does not tell",
    "data",
    statement("Foreventsamazonawscom", "Condition", {
      StringEquals: { "aws:SourceAccount": account },
    }),
    "does not let events.amazonaws.com kms:Decrypt",
  ),
  fault(
    "the queues' key is closed to topics",
    "data",
    statement("Forsnsamazonawscom", "Effect", "Deny"),
    "does not let sns.amazonaws.com",
  ),
  fault(
    "a key is open to a service that has nothing under it",
    "messaging",
    statement("Forsesamazonawscom", "Principal", { Service: "pinpoint.amazonaws.com" }),
    "is open to pinpoint.amazonaws.com",
  ),
  fault(
    "the log key knows other groups only",
    "data",
    statement("ForLogs", "Condition", {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:us-east-1:${account}:log-group:/throughcare/access/*`,
      },
    }),
    "does not let logs.us-east-1.amazonaws.com",
  ),
  fault(
    "machines' logs cannot be delivered",
    "data",
    statement("ForLogDelivery", "Principal", { Service: "logs.amazonaws.com" }),
    "does not let delivery.logs.amazonaws.com",
  ),
  fault(
    "a function lets another topic in",
    "workflow",
    setWhere(
      "AWS::Lambda::Permission",
      "sns.amazonaws.com",
      p("SourceArn"),
      `arn:aws:sns:us-east-1:${account}:other`,
    ),
    "lets no sns.amazonaws.com in",
  ),
  fault(
    "a function lets no rule in",
    "workflow",
    setWhere(
      "AWS::Lambda::Permission",
      "events.amazonaws.com",
      p("Principal"),
      "scheduler.amazonaws.com",
    ),
    "lets no events.amazonaws.com in",
  ),
];
