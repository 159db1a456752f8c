import { isRecord, type Template } from "../../../infra/rules/template.ts";
import type { StackName } from "./synthesised.ts";

type Breach = {
  readonly rule: string;
  /** What is made wrong, as the end of "when …". */
  readonly what: string;
  readonly stack: StackName;
  readonly make: (template: Template) => Template;
  /** Words of the finding. */
  readonly finds: string;
};

type Path = readonly (string | number)[];

/** Sets a value in the first resource of a type; `undefined` takes the key away. */
function set(type: string, path: Path, value: unknown): (template: Template) => Template {
  return (template) => {
    const found = Object.values(template.Resources).find(({ Type }) => Type === type);
    if (found === undefined) throw new Error(`The template has no ${type}`);
    write(found, path, value);
    return template;
  };
}

/** Sets a value in the first resource of a type whose text holds some words. */
function setWhere(type: string, words: string, path: Path, value: unknown) {
  return (template: Template): Template => {
    const found = Object.values(template.Resources).find(
      (resource) => resource.Type === type && JSON.stringify(resource).includes(words),
    );
    if (found === undefined) throw new Error(`The template has no ${type} with ${words}`);
    write(found, path, value);
    return template;
  };
}

function write(target: unknown, path: Path, value: unknown): void {
  let here: unknown = target;
  for (const key of path.slice(0, -1)) {
    if (Array.isArray(here) && typeof key === "number") here = here[key];
    else if (isRecord(here)) here = here[key];
    else throw new Error(`There is nothing at ${path.join(".")}`);
  }
  const last = path.at(-1);
  if (last === undefined || typeof here !== "object" || here === null)
    throw new Error(`There is nothing at ${path.join(".")}`);
  if (value === undefined) Reflect.deleteProperty(here, last);
  else Reflect.set(here, last, value);
}

function without(type: string): (template: Template) => Template {
  return (template) => ({
    Resources: Object.fromEntries(
      Object.entries(template.Resources).filter(([, { Type }]) => Type !== type),
    ),
  });
}

function withResource(type: string, properties: Record<string, unknown>) {
  return (template: Template): Template => ({
    Resources: { ...template.Resources, Planted: { Type: type, Properties: properties } },
  });
}

/** Changes the definition of the first machine. */
function machineText(from: RegExp, to: string): (template: Template) => Template {
  return (template) => {
    const machine = Object.values(template.Resources).find(
      ({ Type }) => Type === "AWS::StepFunctions::StateMachine",
    );
    const before = String(machine?.Properties?.DefinitionString);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`No machine holds ${from}`);
    write(machine, ["Properties", "DefinitionString"], after);
    return template;
  };
}

function policy(action: string | readonly string[], resource: unknown) {
  return withResource("AWS::IAM::ManagedPolicy", {
    PolicyDocument: { Statement: [{ Effect: "Allow", Action: action, Resource: resource }] },
  });
}

const table = "AWS::DynamoDB::Table";
const machine = "AWS::StepFunctions::StateMachine";
const made = "AWS::Lambda::Function";
const auditTable = "arn:aws:dynamodb:us-east-1:111111111111:table/throughcare-audit";
const p = (...path: Path): Path => ["Properties", ...path];

function breach(
  rule: string,
  stack: StackName,
  what: string,
  make: Breach["make"],
  finds: string,
): Breach {
  return { rule, stack, what, make, finds };
}

/** For every rule a template that breaks it, and nothing else changed. */
export const breaches: readonly Breach[] = [
  breach(
    "table-protected",
    "data",
    "a table has no point-in-time recovery",
    set(table, p("PointInTimeRecoverySpecification"), undefined),
    "no point-in-time recovery",
  ),
  breach(
    "table-protected",
    "data",
    "a table is under AWS's key",
    set(table, p("SSESpecification", "KMSMasterKeyId"), undefined),
    "AWS's own key",
  ),
  breach(
    "table-protected",
    "data",
    "a table can be deleted",
    set(table, p("DeletionProtectionEnabled"), false),
    "can be deleted",
  ),
  breach(
    "table-protected",
    "data",
    "a table of the newer type is bare",
    withResource("AWS::DynamoDB::GlobalTable", {}),
    "not under a KMS key",
  ),
  breach(
    "stateful-retained",
    "data",
    "a table goes with its stack",
    set(table, ["DeletionPolicy"], "Delete"),
    "goes with its stack",
  ),
  breach(
    "stateful-retained",
    "data",
    "a bucket goes when it is replaced",
    set("AWS::S3::Bucket", ["UpdateReplacePolicy"], "Delete"),
    "goes when it is replaced",
  ),
  breach(
    "stateful-retained",
    "workflow",
    "a version goes while executions run on it",
    set("AWS::Lambda::Version", ["DeletionPolicy"], undefined),
    "goes with its stack",
  ),
  breach(
    "key-rotates",
    "data",
    "a key does not rotate",
    set("AWS::KMS::Key", p("EnableKeyRotation"), false),
    "does not rotate",
  ),
  breach(
    "bucket-private",
    "data",
    "a bucket can be opened",
    set("AWS::S3::Bucket", p("PublicAccessBlockConfiguration", "BlockPublicPolicy"), false),
    "opened to the public",
  ),
  breach(
    "archive-locked",
    "data",
    "the archive can be unlocked",
    setWhere(
      "AWS::S3::Bucket",
      "audit-archive-",
      p("ObjectLockConfiguration", "Rule", "DefaultRetention", "Mode"),
      "GOVERNANCE",
    ),
    "can be unlocked",
  ),
  breach(
    "archive-locked",
    "data",
    "the archive is locked for a year",
    setWhere(
      "AWS::S3::Bucket",
      "audit-archive-",
      p("ObjectLockConfiguration", "Rule", "DefaultRetention", "Days"),
      365,
    ),
    "too short",
  ),
  breach(
    "backups-locked",
    "data",
    "the vault is not locked",
    set("AWS::Backup::BackupVault", p("LockConfiguration"), undefined),
    "not locked",
  ),
  breach(
    "audit-only-grows",
    "workflow",
    "a role may delete audit entries",
    policy("dynamodb:DeleteItem", auditTable),
    "dynamodb:DeleteItem",
  ),
  breach(
    "audit-only-grows",
    "workflow",
    "a role may update in every table",
    policy(
      ["dynamodb:PutItem", "dynamodb:UpdateItem"],
      "arn:aws:dynamodb:us-east-1:1:table/throughcare-*",
    ),
    "dynamodb:UpdateItem",
  ),
  breach(
    "audit-only-grows",
    "workflow",
    "a role may delete from the archive",
    policy("s3:DeleteObjectVersion", "arn:aws:s3:::throughcare-audit-archive-1/*"),
    "s3:DeleteObjectVersion",
  ),
  breach(
    "machine-encrypted",
    "workflow",
    "a machine is under AWS's key",
    set(machine, p("EncryptionConfiguration"), undefined),
    "not under a key",
  ),
  breach(
    "machine-log-quiet",
    "workflow",
    "a machine logs what executions hold",
    set(machine, p("LoggingConfiguration", "IncludeExecutionData"), true),
    "what executions hold",
  ),
  breach(
    "machine-log-quiet",
    "workflow",
    "a machine logs everything",
    set(machine, p("LoggingConfiguration", "Level"), "ALL"),
    "logs more",
  ),
  breach(
    "machine-waits-end",
    "workflow",
    "a task has no time limit",
    machineText(/"TimeoutSeconds":(30|"\{% \$states\.input\.holdSeconds %\}"),/, ""),
    "may wait for ever",
  ),
  breach(
    "machine-catches",
    "workflow",
    "a task catches some errors only",
    machineText(/"States\.ALL"/, '"States.Timeout"'),
    "lets an error end it",
  ),
  breach(
    "machine-calls-versions",
    "workflow",
    "a machine calls a function as it is now",
    set(machine, p("DefinitionSubstitutions", "AdvanceCareFunctionArn"), {
      Ref: "AdvanceCareFunction",
    }),
    "AdvanceCareFunctionArn",
  ),
  breach(
    "machine-live",
    "workflow",
    "no alias is called live",
    set("AWS::StepFunctions::StateMachineAlias", p("Name"), "next"),
    "no alias",
  ),
  breach(
    "machine-live",
    "workflow",
    "versions are not published",
    without("AWS::StepFunctions::StateMachineVersion"),
    "no alias",
  ),
  breach(
    "schedule-dead-letters",
    "workflow",
    "a rule loses what it cannot deliver",
    set("AWS::Events::Rule", p("Targets", 0, "DeadLetterConfig"), undefined),
    "loses",
  ),
  breach(
    "stream-failures-kept",
    "workflow",
    "a stream loses what failed",
    set("AWS::Lambda::EventSourceMapping", p("DestinationConfig"), undefined),
    "loses",
  ),
  breach(
    "stream-failures-kept",
    "workflow",
    "a stream tries for ever",
    set("AWS::Lambda::EventSourceMapping", p("MaximumRetryAttempts"), -1),
    "for ever",
  ),
  breach(
    "function-runtime",
    "workflow",
    "a function runs on an old Node",
    set(made, p("Runtime"), "nodejs20.x"),
    "another runtime",
  ),
  breach(
    "function-runtime",
    "web",
    "a function may run for a quarter of an hour",
    set(made, p("Timeout"), 900),
    "too long",
  ),
  breach(
    "function-dead-letters",
    "workflow",
    "a function loses events",
    set(made, p("DeadLetterConfig"), undefined),
    "loses it",
  ),
  breach(
    "function-environment-closed",
    "workflow",
    "a secret stands in the template",
    set(made, p("Environment", "Variables", "LINK_SECRET"), "0123456789abcdef0123456789abcdef"),
    "LINK_SECRET",
  ),
  breach(
    "function-environment-closed",
    "workflow",
    "a phone number stands in the environment",
    set(made, p("Environment", "Variables", "TEST_PHONE"), "+1 202 555 0143"),
    "somebody's contact",
  ),
  breach(
    "function-environment-closed",
    "web",
    "the environment is under AWS's key",
    set(made, p("KmsKeyArn"), undefined),
    "AWS's own key",
  ),
  breach(
    "send-limited",
    "workflow",
    "sends share the account's copies",
    setWhere(made, '"throughcare-send-message"', p("ReservedConcurrentExecutions"), undefined),
    "shares",
  ),
  breach(
    "role-of-its-own",
    "workflow",
    "two functions share a role",
    (template) => {
      const functions = Object.values(template.Resources).filter(({ Type }) => Type === made);
      write(functions[1], p("Role"), functions[0]?.Properties?.Role);
      return template;
    },
    "has the role of",
  ),
  breach(
    "no-wildcard-action",
    "workflow",
    "a role may do everything with tables",
    policy("dynamodb:*", auditTable),
    "dynamodb:*",
  ),
  breach(
    "no-wildcard-action",
    "workflow",
    "a role may do all but one thing",
    withResource("AWS::IAM::ManagedPolicy", {
      PolicyDocument: {
        Statement: [{ Effect: "Allow", NotAction: "iam:PassRole", Resource: "*" }],
      },
    }),
    "all but some",
  ),
  breach(
    "no-inline-policy",
    "workflow",
    "a policy stands inside a role",
    withResource("AWS::IAM::Role", { Policies: [{ PolicyName: "x" }] }),
    "has a policy inside",
  ),
  breach(
    "log-kept",
    "workflow",
    "a log is kept for ever",
    set("AWS::Logs::LogGroup", p("RetentionInDays"), undefined),
    "for ever",
  ),
  breach(
    "log-kept",
    "web",
    "a log is under AWS's key",
    set("AWS::Logs::LogGroup", p("KmsKeyId"), undefined),
    "not under a key",
  ),
  breach(
    "queue-encrypted",
    "workflow",
    "a queue forgets after four days",
    set("AWS::SQS::Queue", p("MessageRetentionPeriod"), 345_600),
    "forgets sooner",
  ),
  breach(
    "queue-alarmed",
    "workflow",
    "queues fill up unseen",
    without("AWS::CloudWatch::Alarm"),
    "unseen",
  ),
  breach(
    "mail-encrypted-or-not-sent",
    "messaging",
    "mail may leave in the clear",
    set("AWS::SES::ConfigurationSet", p("DeliveryOptions", "TlsPolicy"), "OPTIONAL"),
    "in the clear",
  ),
  breach(
    "mail-suppressed",
    "messaging",
    "complaints change nothing",
    set("AWS::SES::ConfigurationSet", p("SuppressionOptions", "SuppressedReasons"), ["BOUNCE"]),
    "goes on sending",
  ),
  breach(
    "mail-untracked",
    "messaging",
    "links are counted",
    set("AWS::SES::ConfigurationSet", p("TrackingOptions"), {
      CustomRedirectDomain: "click.example.org",
    }),
    "tracked",
  ),
  breach(
    "mail-reported",
    "messaging",
    "bounces are not reported",
    set("AWS::SES::ConfigurationSetEventDestination", p("EventDestination", "MatchingEventTypes"), [
      "delivery",
    ]),
    "not reported",
  ),
  breach(
    "mail-signed",
    "messaging",
    "mail is not signed",
    set("AWS::SES::EmailIdentity", p("DkimAttributes", "SigningEnabled"), false),
    "not signed",
  ),
  breach(
    "texts-opt-out",
    "messaging",
    "the provider answers STOP by itself",
    set("AWS::SMSVOICE::Pool", p("SelfManagedOptOutsEnabled"), false),
    "before crisis words",
  ),
  breach(
    "texts-opt-out",
    "messaging",
    "texts that people send are dropped",
    set("AWS::SMSVOICE::Pool", p("TwoWay", "Enabled"), false),
    "drops",
  ),
  breach(
    "texts-opt-out",
    "messaging",
    "a pool has no list",
    set("AWS::SMSVOICE::Pool", p("OptOutListName"), undefined),
    "no opt-out list",
  ),
  breach(
    "texts-reported",
    "messaging",
    "calls are not reported",
    set("AWS::SMSVOICE::ConfigurationSet", p("EventDestinations", 0, "MatchingEventTypes"), [
      "TEXT_ALL",
    ]),
    "not reported",
  ),
  breach(
    "texts-protected",
    "messaging",
    "texts go anywhere",
    set("AWS::SMSVOICE::ConfigurationSet", p("ProtectConfigurationId"), undefined),
    "anywhere",
  ),
  breach(
    "topic-encrypted",
    "messaging",
    "a topic is under AWS's key",
    set("AWS::SNS::Topic", p("KmsMasterKeyId"), undefined),
    "not under a key",
  ),
  breach(
    "topic-encrypted",
    "messaging",
    "topics take open connections",
    without("AWS::SNS::TopicPolicy"),
    "open connection",
  ),
  breach(
    "subscription-dead-letters",
    "workflow",
    "texts are lost when the function is down",
    set("AWS::SNS::Subscription", p("RedrivePolicy"), undefined),
    "loses it",
  ),
  breach(
    "api-log-without-path",
    "web",
    "the log holds the path",
    set(
      "AWS::ApiGatewayV2::Stage",
      p("AccessLogSettings", "Format"),
      '{"r":"$context.routeKey","p":"$context.path"}',
    ),
    "the path",
  ),
  breach(
    "api-throttled",
    "web",
    "the API takes everything",
    set("AWS::ApiGatewayV2::Stage", p("DefaultRouteSettings", "ThrottlingRateLimit"), undefined),
    "everything",
  ),
  breach(
    "route-behind-firewall",
    "web",
    "a route can be called by anybody",
    set("AWS::ApiGatewayV2::Route", p("AuthorizationType"), "NONE"),
    "by anybody",
  ),
  breach(
    "firewall-log-without-path",
    "web",
    "the firewall logs paths",
    set("AWS::WAFv2::LoggingConfiguration", p("RedactedFields"), [{ QueryString: {} }]),
    "UriPath",
  ),
  breach(
    "firewall-without-samples",
    "web",
    "the firewall keeps samples",
    set("AWS::WAFv2::WebACL", p("VisibilityConfig", "SampledRequestsEnabled"), true),
    "samples",
  ),
  breach(
    "distribution-log-without-path",
    "web",
    "the log keeps the path",
    set("AWS::Logs::Delivery", p("RecordFields", 0), "cs-uri-stem"),
    "cs-uri-stem",
  ),
  breach(
    "distribution-log-without-path",
    "web",
    "the older kind of log is on",
    set("AWS::CloudFront::Distribution", p("DistributionConfig", "Logging"), { Bucket: "logs" }),
    "holds the path",
  ),
  breach(
    "distribution-closed",
    "web",
    "pages answer over http",
    set(
      "AWS::CloudFront::Distribution",
      p("DistributionConfig", "DefaultCacheBehavior", "ViewerProtocolPolicy"),
      "allow-all",
    ),
    "over http",
  ),
  breach(
    "distribution-closed",
    "web",
    "there is no firewall",
    set("AWS::CloudFront::Distribution", p("DistributionConfig", "WebACLId"), undefined),
    "no firewall",
  ),
  breach(
    "sign-in-second-factor",
    "web",
    "a password is enough",
    set("AWS::Cognito::UserPool", p("MfaConfiguration"), "OPTIONAL"),
    "not needed",
  ),
  breach(
    "sign-in-second-factor",
    "web",
    "anybody can make an account",
    set("AWS::Cognito::UserPool", p("AdminCreateUserConfig", "AllowAdminCreateUserOnly"), false),
    "anybody",
  ),
  breach(
    "sign-in-by-code",
    "web",
    "tokens stand in addresses",
    set("AWS::Cognito::UserPoolClient", p("AllowedOAuthFlows"), ["implicit"]),
    "in addresses",
  ),
  breach(
    "alarm-explained",
    "observability",
    "an alarm says nothing",
    set("AWS::CloudWatch::Alarm", p("AlarmDescription"), "CPU high"),
    "not in the catalogue",
  ),
  breach(
    "alarm-explained",
    "observability",
    "an alarm tells nobody",
    set("AWS::CloudWatch::Alarm", p("AlarmActions"), undefined),
    "tells nobody",
  ),
  breach(
    "known-types",
    "data",
    "a new kind of resource appears",
    withResource("AWS::Scheduler::Schedule", {}),
    "on neither list",
  ),
  breach(
    "template-fits",
    "workflow",
    "a template grows too large",
    (template) => ({
      Resources: {
        ...template.Resources,
        ...Object.fromEntries(
          Array.from({ length: 450 }, (_, index) => [
            `Planted${index}`,
            { Type: "AWS::SNS::Topic" },
          ]),
        ),
      },
    }),
    "resources",
  ),
];
