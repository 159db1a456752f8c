import { at, eachResource, identityStatements, listOf, type Rule, text } from "./template.ts";

const sixYearsInDays = 6 * 365;

/** What must outlive every mistake. */
export const dataRules: readonly Rule[] = [
  eachResource(
    "table-protected",
    "A table is encrypted with a key of ours, can be put back to any minute of 35 days and cannot be deleted.",
    ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"],
    (table) => {
      if (at(table, "SSESpecification", "SSEType") !== "KMS") return "not under a KMS key";
      if (at(table, "SSESpecification", "KMSMasterKeyId") === undefined)
        return "under AWS's own key";
      if (at(table, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") !== true)
        return "no point-in-time recovery";
      return at(table, "DeletionProtectionEnabled") !== true && "can be deleted";
    },
  ),
  eachResource(
    "stateful-retained",
    "What holds data stays when its stack goes or replaces it.",
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
      if (DeletionPolicy !== "Retain") return "goes with its stack";
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
    "A bucket with object lock keeps every object for six years at least, against everybody.",
    ["AWS::S3::Bucket"],
    (bucket) => {
      if (!text(at(bucket, "BucketName")).includes("audit-archive")) return undefined;
      const retention = at(bucket, "ObjectLockConfiguration", "Rule", "DefaultRetention");
      if (at(retention, "Mode") !== "COMPLIANCE") return "can be unlocked";
      return Number(at(retention, "Days") ?? 0) < sixYearsInDays && "is locked for too short";
    },
  ),
  eachResource(
    "backups-locked",
    "A backup vault is locked and keeps backups for 35 days at least.",
    ["AWS::Backup::BackupVault"],
    (vault) => Number(at(vault, "LockConfiguration", "MinRetentionDays") ?? 0) < 35 && "not locked",
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
