import type {
  _Record,
  AttributeValue,
  GetRecordsCommandOutput,
} from "@aws-sdk/client-dynamodb-streams";
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBRecord } from "aws-lambda";

/** One record as an event source mapping gives it to a Lambda function, with its table's name. */
export interface StreamRecord extends DynamoDBRecord {
  readonly tableName: string;
}

/** Where and from when on to read. */
export interface StreamPollerOptions {
  readonly client: DynamoDBStreamsClient;
  readonly tableNames: readonly string[];
  /** TRIM_HORIZON reads what is still kept from before the start, LATEST only what comes now. */
  readonly startAt: "TRIM_HORIZON" | "LATEST";
  /** A number that changes with every write; while it stays the same nothing is asked. Always asks without it. */
  readonly changeMark?: () => number;
}

const pageRecords = 1000;
/** DynamoDB ends a page at 1 MB; what is this far from it was not cut. */
const surelyWholeBytes = 500_000;

interface Shard {
  readonly tableName: string;
  readonly streamArn: string;
  readonly shardId: string;
  iterator: string | undefined;
  lastSequenceNumber: string | undefined;
}

/**
 * Reads the change streams of tables in order. The position is in memory only: after a restart
 * records come again or, with LATEST, are missed, so consumers are idempotent and have the sweep
 * as their net.
 */
export class StreamPoller {
  readonly #options: StreamPollerOptions;
  #shards: Shard[] | undefined;
  #readUpTo: number | undefined;

  constructor(options: StreamPollerOptions) {
    this.#options = options;
  }

  /** Takes the position; with LATEST, what is written before this resolves is not seen. */
  async start(): Promise<void> {
    this.#shards ??= await this.#findShards();
  }

  /** Everything new since the last call, oldest first within a table. */
  async poll(): Promise<StreamRecord[]> {
    await this.start();
    // As it is before reading: what is written meanwhile is asked for at the next call.
    const mark = this.#options.changeMark?.();
    if (mark !== undefined && mark === this.#readUpTo) return [];
    const perShard = await Promise.all((this.#shards ?? []).map((shard) => this.#read(shard)));
    this.#readUpTo = mark;
    return perShard.flat();
  }

  async #findShards(): Promise<Shard[]> {
    const { client, tableNames } = this.#options;
    const shards: Shard[] = [];
    for (const tableName of tableNames) {
      const listed = await client.send(new ListStreamsCommand({ TableName: tableName }));
      const streamArn = listed.Streams?.[0]?.StreamArn;
      if (streamArn === undefined) throw new Error(`The table ${tableName} has no stream.`);
      const described = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
      for (const { ShardId: shardId } of described.StreamDescription?.Shards ?? []) {
        if (shardId === undefined) continue;
        const shard: Shard = {
          tableName,
          streamArn,
          shardId,
          iterator: undefined,
          lastSequenceNumber: undefined,
        };
        shard.iterator = await this.#freshIterator(shard);
        shards.push(shard);
      }
    }
    return shards;
  }

  async #freshIterator(shard: Shard): Promise<string | undefined> {
    const answer = await this.#options.client.send(
      new GetShardIteratorCommand({
        StreamArn: shard.streamArn,
        ShardId: shard.shardId,
        ...(shard.lastSequenceNumber === undefined
          ? { ShardIteratorType: this.#options.startAt }
          : {
              ShardIteratorType: "AFTER_SEQUENCE_NUMBER",
              SequenceNumber: shard.lastSequenceNumber,
            }),
      }),
    );
    return answer.ShardIterator;
  }

  async #read(shard: Shard): Promise<StreamRecord[]> {
    const records: StreamRecord[] = [];
    let renewed = false;
    for (;;) {
      if (shard.iterator === undefined) return records;
      let answer: GetRecordsCommandOutput;
      try {
        answer = await this.#getRecords(shard.iterator);
      } catch (error) {
        // Iterators go stale; the position does not.
        const isStale =
          error instanceof Error &&
          ["ExpiredIteratorException", "TrimmedDataAccessException"].includes(error.name);
        if (!isStale || renewed) throw error;
        shard.iterator = await this.#freshIterator(shard);
        renewed = true;
        continue;
      }
      shard.iterator = answer.NextShardIterator;
      const found = answer.Records ?? [];
      shard.lastSequenceNumber = found.at(-1)?.dynamodb?.SequenceNumber ?? shard.lastSequenceNumber;
      records.push(...found.map((record) => toLambdaRecord(record, shard)));
      if (!isFull(found)) return records;
    }
  }

  #getRecords(iterator: string): Promise<GetRecordsCommandOutput> {
    return this.#options.client.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: pageRecords }),
    );
  }
}

/** False for a page that ends what there is for now: what is written after it comes with the next call. */
function isFull(page: readonly _Record[]): boolean {
  const bytes = page.reduce((sum, { dynamodb }) => sum + (dynamodb?.SizeBytes ?? 0), 0);
  return page.length >= pageRecords || bytes >= surelyWholeBytes;
}

function toLambdaRecord(record: _Record, shard: Shard): StreamRecord {
  const change = record.dynamodb ?? {};
  return {
    tableName: shard.tableName,
    eventID: record.eventID ?? "",
    eventName: record.eventName ?? "MODIFY",
    eventVersion: record.eventVersion ?? "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: record.awsRegion ?? "us-east-1",
    eventSourceARN: shard.streamArn,
    dynamodb: {
      ...(change.ApproximateCreationDateTime === undefined
        ? {}
        : { ApproximateCreationDateTime: change.ApproximateCreationDateTime.getTime() / 1000 }),
      ...(change.Keys === undefined ? {} : { Keys: jsonImage(change.Keys) }),
      ...(change.NewImage === undefined ? {} : { NewImage: jsonImage(change.NewImage) }),
      ...(change.OldImage === undefined ? {} : { OldImage: jsonImage(change.OldImage) }),
      ...(change.SequenceNumber === undefined ? {} : { SequenceNumber: change.SequenceNumber }),
      ...(change.SizeBytes === undefined ? {} : { SizeBytes: change.SizeBytes }),
      ...(change.StreamViewType === undefined ? {} : { StreamViewType: change.StreamViewType }),
    },
  };
}

type LambdaImage = NonNullable<NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"]>;
type LambdaValue = LambdaImage[string];

function jsonImage(image: Readonly<Record<string, AttributeValue>>): LambdaImage {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, jsonValue(value)]));
}

/** Lambda events are JSON: binary values travel as base64. */
function jsonValue(value: AttributeValue): LambdaValue {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(jsonValue) };
  if (value.M !== undefined) return { M: jsonImage(value.M) };
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.NULL !== undefined) return { NULL: value.NULL };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  throw new Error("A stream record holds an attribute of an unknown type.");
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
