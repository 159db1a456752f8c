import { Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from "aws-cdk-lib/aws-backup";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { Schedule } from "aws-cdk-lib/aws-events";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectLockRetention,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { tables } from "../../shared/keys/keys.ts";
import type { StageConfig } from "../config/stage-config.ts";
import { asBucket } from "../constructs/as-interface.ts";
import { CareKey } from "../constructs/care-key.ts";
import { logBucket } from "../constructs/private-bucket.ts";
import {
  auditArchiveName,
  contactSecretName,
  linkSecretName,
  originSecretName,
  originSecretVersion,
} from "../names.ts";

type TableKind = keyof typeof tables;

export type DataStackProps = StackProps & {
  readonly config: StageConfig;
  /** False for a first deployment: what it made must be possible to delete when it fails. */
  readonly isProtected: boolean;
};

/** Everything that must outlive a mistake: tables, keys, secrets, backups and the audit archive. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableKind, Table>>;
  readonly keys: Readonly<Record<TableKind, CareKey>>;
  readonly auditArchive: Bucket;
  readonly archiveKey: CareKey;
  /** Encrypts logs. */
  readonly logKey: CareKey;
  /** Encrypts what is under way: machines, queues, the environment of functions, secrets. */
  readonly workKey: CareKey;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const { config, isProtected } = props;
    this.keys = {
      care: new CareKey(this, "CareKey", "Throughcare: state of care"),
      identity: new CareKey(
        this,
        "IdentityKey",
        "Throughcare: who people are and how to reach them",
      ),
      audit: new CareKey(this, "AuditKey", "Throughcare: audit trail"),
    };
    this.tables = {
      care: this.table("care", "CareTable", isProtected),
      identity: this.table("identity", "IdentityTable", isProtected),
      audit: this.table("audit", "AuditTable", isProtected),
    };
    this.logKey = new CareKey(this, "LogKey", "Throughcare: logs");
    this.logKey.openToLogs();
    this.workKey = new CareKey(this, "WorkKey", "Throughcare: machines, queues and functions");
    this.workKey.openTo(["sns.amazonaws.com", "events.amazonaws.com"]);
    this.workKey.openToLogDelivery();
    this.archiveKey = new CareKey(this, "ArchiveKey", "Throughcare: audit archive");
    this.auditArchive = this.archive(config, isProtected);
    this.secrets(config);
    this.newerOriginSecrets(config);
    this.backups(config, isProtected);
  }

  /** @throws Error when the table has no stream */
  streamArn(kind: TableKind): string {
    const { tableStreamArn } = this.tables[kind];
    if (tableStreamArn === undefined) throw new Error(`The table ${kind} has no stream`);
    return tableStreamArn;
  }

  private table(kind: TableKind, id: string, isProtected: boolean): Table {
    const definition = tables[kind];
    const table = new Table(this, id, {
      tableName: `throughcare-${kind}`,
      partitionKey: { name: definition.partitionKey, type: AttributeType.STRING },
      sortKey: { name: definition.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.keys[kind],
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: 35,
      },
      deletionProtection: isProtected,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...(definition.stream ? { stream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
      ...(definition.timeToLiveAttribute === undefined
        ? {}
        : { timeToLiveAttribute: definition.timeToLiveAttribute }),
    });
    const indexes: Readonly<
      Record<string, { readonly partitionKey: string; readonly sortKey: string | undefined }>
    > = definition.indexes;
    for (const [indexName, index] of Object.entries(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        ...(index.sortKey === undefined
          ? {}
          : { sortKey: { name: index.sortKey, type: AttributeType.STRING } }),
        // Indexes say where to look; what is decided on is read from the item.
        projectionType: ProjectionType.ALL,
      });
    }
    return table;
  }

  private archive(config: StageConfig, isProtected: boolean): Bucket {
    const { mode, archiveDays } = config.retention.lock;
    return new Bucket(this, "AuditArchive", {
      bucketName: auditArchiveName,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.archiveKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      ...(isProtected
        ? { objectLockDefaultRetention: ObjectLockRetention[mode](Duration.days(archiveDays)) }
        : {}),
      serverAccessLogsBucket: asBucket(
        logBucket(this, "ArchiveAccessLogs", config.retention.logDays),
      ),
      serverAccessLogsPrefix: "audit-archive/",
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  private secrets(config: StageConfig): void {
    const made = { passwordLength: 64, excludePunctuation: true };
    // A part named `Default` leaves no trace in a logical id: version 1 keeps the one it always had.
    const versions = new Construct(this, "LinkSecret");
    for (const version of config.linkSecretVersions)
      new Secret(versions, version === "1" ? "Default" : `Version-${version}`, {
        secretName: linkSecretName(version),
        description: `Throughcare: seals links, forms and cookies, version ${version}`,
        encryptionKey: this.workKey,
        generateSecretString: made,
        removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      });
    new Secret(this, "ContactSecret", {
      secretName: contactSecretName,
      description:
        "Throughcare: makes the ids of contacts. Never change it: a number would no longer lead to its people.",
      encryptionKey: this.workKey,
      generateSecretString: made,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    new Secret(this, "OriginSecret", {
      secretName: originSecretName,
      description: "Throughcare: what the distribution shows the API",
      encryptionKey: this.workKey,
      generateSecretString: made,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  /** Those that take the place of the first. */
  private newerOriginSecrets(config: StageConfig): void {
    const first = this.node.findChild("OriginSecret");
    for (const version of config.originSecretVersions)
      if (version !== "1")
        new Secret(first, `Version-${version}`, {
          secretName: originSecretVersion(version),
          description: `Throughcare: what the distribution shows the API, version ${version}`,
          encryptionKey: this.workKey,
          generateSecretString: { passwordLength: 64, excludePunctuation: true },
          removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        });
  }

  private backups(config: StageConfig, isProtected: boolean): void {
    const { mode, backupDays } = config.retention.lock;
    const key = new CareKey(this, "BackupKey", "Throughcare: backups");
    const vault = new BackupVault(this, "BackupVault", {
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...(isProtected
        ? {
            lockConfiguration: {
              minRetention: Duration.days(backupDays),
              // With a date from which nobody can change it the lock is one of compliance.
              ...(mode === "compliance" ? { changeableFor: Duration.days(3) } : {}),
            },
          }
        : {}),
    });
    const plan = new BackupPlan(this, "BackupPlan", { backupVault: vault });
    plan.addRule(
      new BackupPlanRule({
        ruleName: "daily",
        scheduleExpression: Schedule.cron({ minute: "0", hour: "7" }),
        deleteAfter: Duration.days(config.retention.backupDays),
      }),
    );
    plan.addSelection("Tables", {
      resources: Object.values(this.tables).map((table) => BackupResource.fromDynamoDbTable(table)),
    });
  }
}
