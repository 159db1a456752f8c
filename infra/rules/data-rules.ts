import { at, eachResource, identityStatements, listOf, type Rule, text } from "./template.ts";

const sixYearsInDays = 6 * 365;

/** The one rule that a stage's first deployment leaves out: what is protected cannot be taken back. */
export const deletionProtected = "deletion-protected";

/** How long trying things out may keep anything for good. */
const longestInDevDays = 30;

/** What must outlive every mistake. */
export const dataRules: readonly Rule[] = [
  eachResource(
    "table-protected",
    "A table is encrypted with a key of ours and can be put back to any minute of 35 days.",
    ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"],
    (table) => {
      if (at(table, "SSESpecification", "SSEType") !== "KMS") return "not under a KMS key";
      if (at(table, "SSESpecification", "KMSMasterKeyId") === undefined)
        return "under AWS's own key";
      if (at(table, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") !== true)
        return "no point-in-time recovery";
      return undefined;
    },
  ),
  eachResource(
    deletionProtected,
    "What must outlive every mistake cannot be deleted until somebody takes its protection away.",
    [
      "AWS::DynamoDB::Table",
      "AWS::DynamoDB::GlobalTable",
      "AWS::Cognito::UserPool",
      "AWS::SMSVOICE::Pool",
      "AWS::SMSVOICE::ProtectConfiguration",
    ],
    (resource) =>
      at(resource, "DeletionProtectionEnabled") !== true &&
      at(resource, "DeletionProtection") !== "ACTIVE" &&
      "can be deleted",
  ),
  eachResource(
    "stateful-retained",
    "What holds data stays when its stack goes or replaces it, and goes when it could not be made: a first deployment that failed would leave its name in the way of the second.",
    [
      "AWS::DynamoDB::Table",
      "AWS::DynamoDB::GlobalTable",
      "AWS::S3::Bucket",
      "AWS::KMS::Key",
      "AWS::Cognito::UserPool",
      "AWS::Backup::BackupVault",
      "AWS::SecretsManager::Secret",
      "AWS::Logs::LogGroup",
      "AWS::StepFunctions::StateMachineVersion",
      "AWS::Lambda::Version",
    ],
    (_properties, { DeletionPolicy, UpdateReplacePolicy }) => {
      if (DeletionPolicy === "Retain") return "stays behind a deployment that failed";
      if (DeletionPolicy !== "RetainExceptOnCreate") return "goes with its stack";
      return UpdateReplacePolicy !== undefined && UpdateReplacePolicy !== "Retain"
        ? "goes when it is replaced"
        : undefined;
    },
  ),
  eachResource(
    "key-rotates",
    "A key rotates every year and waits 30 days before it is deleted.",
    ["AWS::KMS::Key"],
    (key) => {
      if (at(key, "EnableKeyRotation") !== true) return "does not rotate";
      return at(key, "PendingWindowInDays") !== 30 && "is deleted sooner than in 30 days";
    },
  ),
  eachResource(
    "bucket-private",
    "A bucket is encrypted, versioned and closed to the public.",
    ["AWS::S3::Bucket"],
    (bucket) => {
      const block = at(bucket, "PublicAccessBlockConfiguration");
      const isClosed = [
        "BlockPublicAcls",
        "BlockPublicPolicy",
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
      ].every((key) => at(block, key) === true);
      if (!isClosed) return "can be opened to the public";
      if (at(bucket, "BucketEncryption") === undefined) return "not encrypted";
      return at(bucket, "VersioningConfiguration", "Status") !== "Enabled" && "not versioned";
    },
  ),
  eachResource(
    "archive-locked",
    "The audit archive keeps every object for six years at least, against everybody; in dev for a month at most, and its lock can be taken off.",
    ["AWS::S3::Bucket"],
    (bucket) => {
      if (!text(at(bucket, "BucketName")).includes("audit-archive")) return undefined;
      const retention = at(bucket, "ObjectLockConfiguration", "Rule", "DefaultRetention");
      const days = Number(at(retention, "Days") ?? 0);
      if (isInDev(bucket)) {
        if (at(retention, "Mode") !== "GOVERNANCE") return "can never be emptied again";
        return (days < 1 || days > longestInDevDays) && "is locked for too long, or not at all";
      }
      if (at(retention, "Mode") !== "COMPLIANCE") return "can be unlocked";
      return days < sixYearsInDays && "is locked for too short";
    },
  ),
  eachResource(
    "backups-locked",
    "A backup vault is locked for good and keeps backups for 35 days at least; in dev its lock can be taken off.",
    ["AWS::Backup::BackupVault"],
    (vault) => {
      const lock = at(vault, "LockConfiguration");
      const days = Number(at(lock, "MinRetentionDays") ?? 0);
      const isForGood = at(lock, "ChangeableForDays") !== undefined;
      if (isInDev(vault)) {
        if (isForGood) return "can never be emptied again";
        return (days < 1 || days > longestInDevDays) && "is locked for too long, or not at all";
      }
      if (!isForGood) return "can be unlocked";
      return days < 35 && "not locked";
    },
  ),
  {
    id: "audit-only-grows",
    statement: "No role may change or delete an entry of the audit trail or of its archive.",
    find: (template) =>
      identityStatements(template).flatMap(({ logicalId, statement }) => {
        if (at(statement, "Effect") === "Deny") return [];
        const forbidden = listOf(at(statement, "Action"))
          .map(String)
          .filter((action) =>
            /^(dynamodb:(\*|Delete|Update|BatchWrite|PartiQL(Delete|Update))|s3:(\*|Delete|Bypass|PutObjectRetention|PutBucket))/i.test(
              action,
            ),
          );
        const resources = listOf(at(statement, "Resource")).map(text);
        const reachesAudit = resources.some(
          (resource) =>
            /audit/i.test(resource) ||
            resource === '"*"' ||
            /table\/(throughcare-)?\*/.test(resource),
        );
        return forbidden.length > 0 && reachesAudit
          ? [{ logicalId, problem: `may ${forbidden.join(", ")}` }]
          : [];
      }),
  },
];

/** By the tag that every resource of a stage has, written as a list or as a map. */
function isInDev(properties: unknown): boolean {
  const ofVault = at(properties, "BackupVaultTags", "stage");
  const ofList = listOf(at(properties, "Tags")).find((tag) => at(tag, "Key") === "stage");
  return (ofVault ?? at(ofList, "Value")) === "dev";
}
