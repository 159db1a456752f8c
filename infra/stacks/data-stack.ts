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
  ObjectLockMode,
  ObjectLockRetention,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { tables } from "../../shared/table/tables.ts";
import type { StageConfig } from "../config/stage-config.ts";
import { CareKey } from "../constructs/care-key.ts";

type TableKind = keyof typeof tables;

/** Everything that must outlive a mistake: tables, keys, backups and the audit archive. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableKind, Table>>;
  readonly keys: Readonly<Record<TableKind, CareKey>>;
  readonly auditArchive: Bucket;
  readonly archiveKey: CareKey;

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
    this.archiveKey = new CareKey(this, "ArchiveKey", "Throughcare: audit archive and access logs");
    const accessLogs = new Bucket(this, "ArchiveAccessLogs", {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          expiration: Duration.days(config.retention.logDays),
          noncurrentVersionExpiration: Duration.days(30),
        },
      ],
    });
    this.auditArchive = new Bucket(this, "AuditArchive", {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.archiveKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: new ObjectLockRetention(
        ObjectLockMode.COMPLIANCE,
        Duration.days(config.retention.auditArchiveYears * 366),
      ),
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "audit-archive/",
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.backups(config);
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
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
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

  private backups(config: StageConfig): void {
    const key = new CareKey(this, "BackupKey", "Throughcare: backups");
    const vault = new BackupVault(this, "BackupVault", {
      encryptionKey: key,
      removalPolicy: RemovalPolicy.RETAIN,
      lockConfiguration: { minRetention: Duration.days(35), changeableFor: Duration.days(3) },
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
