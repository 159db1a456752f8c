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
import { tables } from "../../shared/keys/tables.ts";
import type { StageConfig } from "../config/stage-config.ts";
import { asBucket } from "../constructs/as-interface.ts";
import { CareKey } from "../constructs/care-key.ts";
import { logBucket } from "../constructs/private-bucket.ts";
import { isProtected } from "../constructs/protection.ts";
import { auditArchiveName, contactSecretName, linkSecretName, originSecretName } from "../names.ts";

type TableKind = keyof typeof tables;

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

  constructor(scope: Construct, id: string, props: StackProps & { readonly config: StageConfig }) {
    super(scope, id, props);
    const { config } = props;
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
      care: this.table("care", "CareTable"),
      identity: this.table("identity", "IdentityTable"),
      audit: this.table("audit", "AuditTable"),
    };
    this.logKey = new CareKey(this, "LogKey", "Throughcare: logs");
    this.logKey.openToLogs();
    this.workKey = new CareKey(this, "WorkKey", "Throughcare: machines, queues and functions");
    this.workKey.openTo(["sns.amazonaws.com", "events.amazonaws.com"]);
    this.archiveKey = new CareKey(this, "ArchiveKey", "Throughcare: audit archive");
    this.auditArchive = this.archive(config);
    this.secrets(config);
    this.backups(config);
  }

  /** @throws Error when the table has no stream */
  streamArn(kind: TableKind): string {
    const { tableStreamArn } = this.tables[kind];
    if (tableStreamArn === undefined) throw new Error(`The table ${kind} has no stream`);
    return tableStreamArn;
  }

  private table(kind: TableKind, id: string): Table {
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
      deletionProtection: isProtected(this),
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

  private archive(config: StageConfig): Bucket {
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
      objectLockDefaultRetention: ObjectLockRetention[config.retention.lock](
        Duration.days(config.retention.auditArchiveDays),
      ),
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

  private backups(config: StageConfig): void {
    const key = new CareKey(this, "BackupKey", "Throughcare: backups");
    const vault = new BackupVault(this, "BackupVault", {
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lockConfiguration: {
        minRetention: Duration.days(Math.min(35, config.retention.backupDays)),
        // After these days a lock is for good; without them whoever may can take it off.
        ...(config.retention.lock === "compliance" ? { changeableFor: Duration.days(3) } : {}),
      },
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
