import { at, eachResource, identityStatements, listOf, type Rule, text } from "./template.ts";

const sixYearsInDays = 6 * 365;
const longestTrialLockInDays = 7;

/** By its tags, which AWS takes as a list or, of a vault, as a map. */
function isProduction(resource: unknown): boolean {
  const tags = at(resource, "Tags") ?? at(resource, "BackupVaultTags");
  return Array.isArray(tags)
    ? tags.some((tag) => at(tag, "Key") === "stage" && at(tag, "Value") === "production")
    : at(tags, "stage") === "production";
}

function notForTrials(isGovernance: boolean, days: number): string | false {
  if (!isGovernance) return "could never be cleared away";
  if (days < 1) return "is not locked";
  return days > longestTrialLockInDays && "could not be cleared away for long";
}

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
      return (
        at(table, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") !== true &&
        "no point-in-time recovery"
      );
    },
  ),
  {
    ...eachResource(
      "deletion-protected",
      "Tables, number pools and staff accounts cannot be deleted by one command.",
      [
        "AWS::DynamoDB::Table",
        "AWS::DynamoDB::GlobalTable",
        "AWS::SMSVOICE::Pool",
        "AWS::SMSVOICE::ProtectConfiguration",
        "AWS::Cognito::UserPool",
      ],
      (made) => {
        const isProtected =
          at(made, "DeletionProtectionEnabled") === true ||
          at(made, "DeletionProtection") === "ACTIVE";
        return !isProtected && "can be deleted";
      },
    ),
    isOffAtFirst: true,
  },
  eachResource(
    "stateful-retained",
    "What holds data stays when its stack goes or replaces it, and not when the stack never came about: its name would be in the way of the next attempt.",
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
      if (DeletionPolicy === "Retain") return "stays where its stack never came about";
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
  {
    ...eachResource(
      "archive-locked",
      "The audit archive keeps every object: in production for six years at least, against everybody; in a stage for trials for a while that its owner can end.",
      ["AWS::S3::Bucket"],
      (bucket) => {
        if (!text(at(bucket, "BucketName")).includes("audit-archive")) return undefined;
        const retention = at(bucket, "ObjectLockConfiguration", "Rule", "DefaultRetention");
        const mode = at(retention, "Mode");
        const days = Number(at(retention, "Days") ?? 0);
        if (!isProduction(bucket)) return notForTrials(mode === "GOVERNANCE", days);
        if (mode !== "COMPLIANCE") return "can be unlocked";
        return days < sixYearsInDays && "is locked for too short";
      },
    ),
    isOffAtFirst: true,
  },
  {
    ...eachResource(
      "backups-locked",
      "A backup vault is locked: in production for 35 days at least, against everybody; in a stage for trials for a while that its owner can end.",
      ["AWS::Backup::BackupVault"],
      (vault) => {
        const days = Number(at(vault, "LockConfiguration", "MinRetentionDays") ?? 0);
        const isForEverybody = at(vault, "LockConfiguration", "ChangeableForDays") !== undefined;
        if (!isProduction(vault)) return notForTrials(!isForEverybody, days);
        if (!isForEverybody) return "can be unlocked";
        return days < 35 && "is locked for too short";
      },
    ),
    isOffAtFirst: true,
  },
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
