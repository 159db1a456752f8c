import { type App, Validations } from "aws-cdk-lib";
import type { IConstruct } from "constructs";

/** A finding of the rule packs that stays, why, and who answers for that. */
export type Acknowledgement = {
  readonly id: string;
  /** Where it holds: construct paths; what is below them too. */
  readonly at: readonly string[];
  readonly reason: string;
  readonly owner: "care" | "operations" | "security";
};

const withBuckets = ["data", "web", "observability"];
const tracer = "Decided against: a tracer adds 124 kB to each function, and its SDK ends in 2027.";
const callVersions =
  "An execution calls the function in the version that it was started with, and versions have numbers.";
const callers =
  "Workflow-aftercare Workflow-discharge Workflow-escalation Workflow-intake Workflow-outreach Workflow-weekly-program"
    .split(" ")
    .map((name) => `workflow/${name}`);

function wildcard(resource: string, at: readonly string[], reason: string): Acknowledgement {
  return { id: `AwsSolutions-IAM5[Resource::${resource}]`, at, reason, owner: "security" };
}

/** All of them; a test fails on one without a finding, and when there are more than 25. */
export const acknowledgements: readonly Acknowledgement[] = [
  {
    id: "AwsSolutions-SMG4",
    at: ["data/LinkSecret", "data/ContactSecret", "data/OriginSecret"],
    reason:
      "The link secret is changed by hand, version by version, so that links that are out still open (runbook link-secret). The contact secret can never change: a number would no longer lead to its people. The origin secret is changed by redeploying.",
    owner: "security",
  },
  {
    id: "HIPAA.Security-SecretsManagerRotationEnabled",
    at: ["data/LinkSecret", "data/ContactSecret", "data/OriginSecret"],
    reason: "As for AwsSolutions-SMG4: what the secret sealed could not be opened any more.",
    owner: "security",
  },
  {
    id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]",
    at: ["data/BackupPlan"],
    reason:
      "AWS Backup's own policy; it follows what the service needs, and no function has the role.",
    owner: "operations",
  },
  wildcard(
    "arn:aws:logs:us-east-1:<AWS::AccountId>:log-group:/throughcare/functions/<aws:PrincipalTag/function>:log-stream:*",
    ["workflow", "web"],
    "Log streams have names that Lambda makes up; the role's tag keeps each function to its own group.",
  ),
  wildcard(
    "arn:aws:s3:::throughcare-audit-archive-<AWS::AccountId>/*",
    ["workflow/ArchiveAudit"],
    "Each audit entry becomes an object of its own name; put is all that is allowed.",
  ),
  wildcard(
    "arn:aws:states:us-east-1:<AWS::AccountId>:execution:throughcare-*",
    ["workflow/CarryOutEffects", "workflow/SweepStalledWork"],
    "Executions are made as care goes on; only describing them is allowed.",
  ),
  wildcard(
    "*",
    [
      "workflow/MachineLogDelivery",
      "observability/CanaryPolicy",
      "workflow/ArchiveAudit",
      "workflow/CarryOutEffects",
      "workflow/SweepStalledWork",
      "workflow/PageOnCall",
      "workflow/ReceiveEmail",
      "workflow/ReceiveSms",
    ],
    "AWS knows no narrower resource for the delivery of logs, putting a metric (its namespace is a condition), listing streams, waking an execution and calling a phone.",
  ),
  wildcard(
    "arn:aws:lambda:us-east-1:<AWS::AccountId>:function:throughcare-advance-care:*",
    callers,
    callVersions,
  ),
  wildcard(
    "arn:aws:lambda:us-east-1:<AWS::AccountId>:function:throughcare-hold-care:*",
    callers,
    callVersions,
  ),
  wildcard(
    "arn:aws:lambda:us-east-1:<AWS::AccountId>:function:throughcare-send-message:*",
    callers.filter((path) => path !== "workflow/Workflow-escalation"),
    callVersions,
  ),
  wildcard(
    "arn:aws:lambda:us-east-1:<AWS::AccountId>:function:throughcare-page-on-call:*",
    ["workflow/Workflow-escalation"],
    callVersions,
  ),
  wildcard(
    "arn:aws:logs:us-east-1:<AWS::AccountId>:log-group:/aws/lambda/cwsyn-throughcare-intake-*",
    ["observability/CanaryPolicy"],
    "The canary's function gets a name from the service that only begins like this.",
  ),
  {
    id: "AwsSolutions-SF1",
    at: ["workflow"],
    reason:
      "Errors only: a log of every event would hold what executions carry, and where each person is in care.",
    owner: "security",
  },
  { id: "AwsSolutions-SF2", at: ["workflow"], reason: tracer, owner: "operations" },
  {
    id: "Serverless-StepFunctionStateMachineXray",
    at: ["workflow"],
    reason: tracer,
    owner: "operations",
  },
  { id: "Serverless-LambdaTracing", at: ["workflow", "web"], reason: tracer, owner: "operations" },
  {
    id: "Serverless-LambdaAsyncFailureDestination",
    at: ["workflow", "web"],
    reason:
      "Each function has a dead letter queue with an alarm; a destination beside it would keep every event twice.",
    owner: "operations",
  },
  {
    id: "Serverless-SQSRedrivePolicy",
    at: ["messaging", "workflow", "web", "observability"],
    reason:
      "Every queue here is itself a dead letter queue, kept 14 days and alarmed at one message.",
    owner: "operations",
  },
  {
    id: "AwsSolutions-SQS3",
    at: ["messaging/UndeliveredAlarms", "observability/BackupReports"],
    reason:
      "They are dead letter queues, of the alarms' mail and of reports; the rule knows those of queues and functions only.",
    owner: "operations",
  },
  {
    id: "AwsSolutions-CFR1",
    at: ["web/Distribution"],
    reason: "A participant who travels must reach the crisis page and the own form from anywhere.",
    owner: "care",
  },
  {
    id: "AwsSolutions-CFR3",
    at: ["web/Distribution"],
    reason:
      "The log that the rule knows always holds the path, which opens a form; there is one with chosen fields instead.",
    owner: "security",
  },
  {
    id: "HIPAA.Security-S3BucketReplicationEnabled",
    at: withBuckets,
    reason:
      "The archive is locked and versioned in one region on purpose: data stays there; the tables have a backup plan of their own.",
    owner: "operations",
  },
  {
    id: "HIPAA.Security-S3DefaultEncryptionKMS",
    at: withBuckets,
    reason:
      "S3 writes access logs to buckets with its own encryption only; the console's bucket holds a public program.",
    owner: "security",
  },
  {
    id: "HIPAA.Security-LambdaConcurrency",
    at: ["workflow", "web"],
    reason:
      "Kept free where a send or a page is made; set everywhere, it would take the room that pages need.",
    owner: "operations",
  },
  {
    id: "HIPAA.Security-LambdaInsideVPC",
    at: ["workflow", "web"],
    reason:
      "No function reaches anything private: every call is to a service that checks its role.",
    owner: "security",
  },
];

/**
 * Writes them where the rule packs look.
 * @throws Error when one names a construct that is not there
 */
export function acknowledge(app: App): void {
  for (const { id, at, reason, owner } of acknowledgements)
    for (const path of at)
      Validations.of(constructAt(app, path)).acknowledge({
        id,
        reason: `${reason} Owner: ${owner}.`,
      });
}

function constructAt(app: App, path: string): IConstruct {
  let found: IConstruct = app;
  for (const part of path.split("/")) found = found.node.findChild(part);
  return found;
}
