import { alarmCatalogue } from "../operations/alarm-catalogue.ts";
import { at, eachResource, listOf, type Rule, text } from "./template.ts";

/** Types of resources that may hold, or pass on, what is known about participants. */
const mayHoldCare = [
  "AWS::DynamoDB::Table",
  "AWS::KMS::Key",
  "AWS::S3::Bucket",
  "AWS::S3::BucketPolicy",
  "AWS::Backup::BackupVault",
  "AWS::Backup::BackupPlan",
  "AWS::Backup::BackupSelection",
  "AWS::SNS::Topic",
  "AWS::SNS::TopicPolicy",
  "AWS::SNS::Subscription",
  "AWS::SQS::Queue",
  "AWS::SQS::QueuePolicy",
  "AWS::SES::ConfigurationSet",
  "AWS::SES::ConfigurationSetEventDestination",
  "AWS::SES::EmailIdentity",
  "AWS::SES::ReceiptRule",
  "AWS::SES::ReceiptRuleSet",
  "AWS::Lambda::Function",
  "AWS::Lambda::Version",
  "AWS::Lambda::Permission",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::EventSourceMapping",
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudFront::Distribution",
  "AWS::CloudFront::OriginAccessControl",
  "AWS::CloudFront::ResponseHeadersPolicy",
];

/** Types that hold none of it, and what they carry instead. */
const holdNoCare: Readonly<Record<string, string>> = {
  "AWS::CDK::Metadata": "nothing",
  "AWS::CloudFront::Function": "a path, for a moment",
  "AWS::CloudWatch::Alarm": "counts",
  "AWS::CloudWatch::Dashboard": "counts",
  "AWS::Cognito::UserPool": "staff accounts",
  "AWS::Cognito::UserPoolClient": "staff accounts",
  "AWS::Cognito::UserPoolDomain": "staff accounts",
  "AWS::Cognito::UserPoolGroup": "staff accounts",
  "AWS::Events::Rule": "opaque ids",
  "AWS::IAM::ManagedPolicy": "nothing",
  "AWS::IAM::OIDCProvider": "nothing",
  "AWS::IAM::Role": "nothing",
  "AWS::Logs::Delivery": "chosen fields",
  "AWS::Logs::DeliveryDestination": "chosen fields",
  "AWS::Logs::DeliverySource": "chosen fields",
  "AWS::Logs::LogGroup": "opaque ids, by the logger's list of keys",
  "AWS::Logs::MetricFilter": "counts",
  "AWS::Logs::ResourcePolicy": "nothing",
  "AWS::SecretsManager::Secret": "keys",
  "AWS::SMSVOICE::ConfigurationSet": "settings",
  "AWS::SMSVOICE::OptOutList": "phone numbers without a name",
  "AWS::SMSVOICE::Pool": "settings",
  "AWS::SMSVOICE::ProtectConfiguration": "settings",
  "AWS::StepFunctions::StateMachine": "opaque ids",
  "AWS::StepFunctions::StateMachineAlias": "opaque ids",
  "AWS::StepFunctions::StateMachineVersion": "opaque ids",
  "AWS::Synthetics::Canary": "a fictional person",
  "AWS::WAFv2::LoggingConfiguration": "requests without paths",
  "AWS::WAFv2::WebACL": "requests, for a moment",
};

/** What is true of every template. */
export const operationsRules: readonly Rule[] = [
  eachResource(
    "alarm-explained",
    "An alarm says what it means for people, whose it is and which runbook helps, and tells somebody.",
    ["AWS::CloudWatch::Alarm"],
    (alarm) => {
      const description = String(at(alarm, "AlarmDescription") ?? "");
      const known = Object.entries(alarmCatalogue).some(
        ([id, { impact, owner, runbook }]) =>
          description === `${id}: ${impact} Owner: ${owner}. Runbook: docs/runbooks/${runbook}.md`,
      );
      if (!known) return "is not in the catalogue of alarms";
      return listOf(at(alarm, "AlarmActions")).length === 0 && "tells nobody";
    },
  ),
  eachResource(
    "deploy-bound",
    "A role for somebody outside the account is bound to one repository and one of its environments.",
    ["AWS::IAM::Role"],
    (role) => {
      const statements = listOf(at(role, "AssumeRolePolicyDocument", "Statement"));
      const federated = statements.filter(
        (statement) => at(statement, "Principal", "Federated") !== undefined,
      );
      const isBound = federated.every((statement) =>
        /:sub":"repo:[\w.-]+\/[\w.-]+:environment:[a-z]+"/.test(
          text(at(statement, "Condition", "StringEquals")),
        ),
      );
      const isOpen = statements.some((statement) => text(at(statement, "Principal")).includes("*"));
      if (isOpen) return "can be taken by anybody";
      return !isBound && "can be taken by any repository";
    },
  ),
  {
    id: "known-types",
    statement:
      "Every kind of resource is on the list that says whether it may hold what is known about participants.",
    find: (template) =>
      Object.entries(template.Resources)
        .filter(([, { Type }]) => !mayHoldCare.includes(Type) && !Object.hasOwn(holdNoCare, Type))
        .map(([logicalId, { Type }]) => ({ logicalId, problem: `${Type} is on neither list` })),
  },
  {
    id: "template-fits",
    statement:
      "A template has room to grow: at most 450 of the 500 resources, 900 kB of the million bytes.",
    find: (template) => {
      const count = Object.keys(template.Resources).length;
      const bytes = Buffer.byteLength(JSON.stringify(template));
      return count > 450 || bytes > 900_000
        ? [{ logicalId: "-", problem: `${count} resources, ${bytes} bytes` }]
        : [];
    },
  },
];
