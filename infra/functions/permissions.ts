import type { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { mailDomains, numbersFor, type StageConfig } from "../config/stage-config.ts";
import {
  arnOf,
  auditArchiveName,
  emailConfigurationSet,
  functionName,
  liveAlias,
  machineName,
  participantOptOutList,
  textConfigurationSet,
} from "../names.ts";
import type { FunctionDefinition } from "./catalogue.ts";
import { workflows } from "./workflows.ts";

/** What the statements of a function point at; see `DataStack` and `MessagingStack`. */
export type PermissionTargets = {
  readonly config: StageConfig;
  readonly tableKeyArns: Readonly<Record<"care" | "identity" | "audit", string>>;
  readonly archiveKeyArn: string;
  /** The key of machines, queues and function environments. */
  readonly workKeyArn: string;
  /** The change streams that functions may follow. */
  readonly streamArns: Readonly<Record<"care" | "audit", string>>;
  /** Where events go that the function could not handle. */
  readonly deadLettersArn: string;
};

const tableNames = ["care", "identity", "audit"] as const;

/** Everything that a function may do, statement by statement; no action holds a wildcard. */
export function statementsOf(
  stack: Stack,
  definition: FunctionDefinition,
  targets: PermissionTargets,
): PolicyStatement[] {
  return [
    logStatement(stack),
    ...failureStatements(targets),
    ...tableStatements(stack, definition, targets),
    ...streamStatements(stack, definition, targets),
    ...workflowStatements(stack, definition),
    ...messagingStatements(stack, definition, targets.config),
    ...archiveStatements(definition, targets),
  ];
}

/** A role carries its function's name as a tag, so that the one statement opens one log group to each. */
function logStatement(stack: Stack): PolicyStatement {
  return new PolicyStatement({
    sid: "WriteOwnLogs",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [
      arnOf(
        stack,
        "logs",
        "log-group:/throughcare/functions/${aws:PrincipalTag/function}:log-stream:*",
      ),
    ],
  });
}

function failureStatements(targets: PermissionTargets): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: "KeepFailedEvents",
      actions: ["sqs:SendMessage"],
      resources: [targets.deadLettersArn],
    }),
    // Reads the function's own environment, writes to the queue, reads and writes what machines hold.
    new PolicyStatement({
      sid: "UseWorkKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [targets.workKeyArn],
    }),
  ];
}

function streamStatements(
  stack: Stack,
  { followsTable: table }: FunctionDefinition,
  targets: PermissionTargets,
): PolicyStatement[] {
  if (table === undefined) return [];
  return [
    new PolicyStatement({
      sid: "FollowTable",
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
      resources: [targets.streamArns[table]],
    }),
    // AWS knows no resource for it, and sets up no mapping for a role without it.
    new PolicyStatement({
      sid: "FindStreams",
      actions: ["dynamodb:ListStreams"],
      resources: ["*"],
    }),
    new PolicyStatement({
      sid: "ReadStreamKey",
      actions: ["kms:Decrypt"],
      resources: [targets.tableKeyArns[table]],
      conditions: { StringEquals: { "kms:ViaService": `dynamodb.${stack.region}.amazonaws.com` } },
    }),
  ];
}

function tableStatements(
  stack: Stack,
  definition: FunctionDefinition,
  targets: PermissionTargets,
): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  const keyArns: string[] = [];
  for (const table of tableNames) {
    const actions = definition[table];
    if (actions.length === 0) continue;
    keyArns.push(targets.tableKeyArns[table]);
    statements.push(
      new PolicyStatement({
        sid: `Use${capital(table)}Table`,
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [arnOf(stack, "dynamodb", `table/throughcare-${table}`)],
      }),
    );
  }
  if (definition.careIndexes.length > 0)
    statements.push(
      new PolicyStatement({
        sid: "QueryCareIndexes",
        actions: ["dynamodb:Query"],
        resources: definition.careIndexes.map((index) =>
          arnOf(stack, "dynamodb", `table/throughcare-care/index/${index}`),
        ),
      }),
    );
  if (keyArns.length > 0)
    statements.push(
      new PolicyStatement({
        sid: "UseTableKeys",
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
        resources: keyArns,
        conditions: {
          StringEquals: { "kms:ViaService": `dynamodb.${stack.region}.amazonaws.com` },
        },
      }),
    );
  return statements;
}

function workflowStatements(stack: Stack, definition: FunctionDefinition): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  if (definition.startsWorkflows) {
    const machines = workflows.map((name) =>
      arnOf(stack, "states", `stateMachine:${machineName(name)}`),
    );
    statements.push(
      // AWS asks for the machine's own ARN even where an alias is started; the alias is a condition.
      new PolicyStatement({
        sid: "StartLiveMachines",
        actions: ["states:StartExecution"],
        // AWS decides on the machine, also for a call that names its alias; the alias is a condition.
        resources: machines,
        conditions: { "ForAnyValue:StringEquals": { "states:StateMachineQualifier": [liveAlias] } },
      }),
      new PolicyStatement({
        sid: "WakeExecutions",
        actions: ["states:SendTaskSuccess"],
        // AWS knows no resource for it: who has the token of a task may answer it.
        resources: ["*"],
      }),
      new PolicyStatement({
        sid: "LookAtExecutions",
        actions: ["states:DescribeExecution"],
        resources: [arnOf(stack, "states", "execution:throughcare-*")],
      }),
    );
  }
  if (definition.runs.length > 0)
    statements.push(
      new PolicyStatement({
        sid: "RunFunctions",
        actions: ["lambda:InvokeFunction"],
        resources: definition.runs.map((name) =>
          arnOf(stack, "lambda", `function:${functionName(name)}`),
        ),
      }),
    );
  return statements;
}

function messagingStatements(
  stack: Stack,
  definition: FunctionDefinition,
  config: StageConfig,
): PolicyStatement[] {
  const configurationSet = arnOf(stack, "sms-voice", `configuration-set/${textConfigurationSet}`);
  const numbers = (use: "participants" | "staffPages") =>
    numbersFor(config, use).map(({ phoneNumberId }) =>
      arnOf(stack, "sms-voice", `phone-number/${phoneNumberId}`),
    );
  const statements: PolicyStatement[] = [];
  if (definition.sendsEmail)
    statements.push(
      new PolicyStatement({
        sid: "SendEmail",
        actions: ["ses:SendRawEmail"],
        resources: [
          ...mailDomains(config).map(({ domain }) => arnOf(stack, "ses", `identity/${domain}`)),
          arnOf(stack, "ses", `configuration-set/${emailConfigurationSet}`),
        ],
      }),
    );
  if (definition.textsParticipants)
    statements.push(
      new PolicyStatement({
        sid: "TextParticipants",
        actions: ["sms-voice:SendTextMessage"],
        resources: [...numbers("participants"), configurationSet],
      }),
    );
  if (definition.pagesStaff)
    statements.push(
      new PolicyStatement({
        sid: "PageStaff",
        actions: ["sms-voice:SendTextMessage"],
        resources: [...numbers("staffPages"), configurationSet],
      }),
      new PolicyStatement({
        sid: "CallStaff",
        actions: ["sms-voice:SendVoiceMessage"],
        // AWS's reference knows no resource for calls.
        resources: ["*"],
      }),
    );
  if (definition.keepsOptOutList)
    statements.push(
      new PolicyStatement({
        sid: "KeepOptOutList",
        actions: ["sms-voice:PutOptedOutNumber", "sms-voice:DeleteOptedOutNumber"],
        resources: [arnOf(stack, "sms-voice", `opt-out-list/${participantOptOutList}`)],
      }),
    );
  return statements;
}

function archiveStatements(
  definition: FunctionDefinition,
  targets: PermissionTargets,
): PolicyStatement[] {
  if (!definition.archivesAudit) return [];
  return [
    new PolicyStatement({
      sid: "AddToArchive",
      actions: ["s3:PutObject"],
      resources: [`arn:aws:s3:::${auditArchiveName}/*`],
    }),
    new PolicyStatement({
      sid: "UseArchiveKey",
      actions: ["kms:GenerateDataKey", "kms:Decrypt"],
      resources: [targets.archiveKeyArn],
    }),
  ];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
