import { randomUUID } from "node:crypto";
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { StoreUnavailableError } from "../../errors/store-unavailable-error.ts";
import type {
  IndexName,
  Page,
  Store,
  StoredItem,
  TableName,
  WriteOperation,
} from "../../ports/store.ts";
import { checkKeyCount, checkLimit, checkOperations } from "../../store/rules/check-operations.ts";
import { type Position, readCursor, writeCursor } from "../../store/rules/cursor.ts";
import { checkRange, indexKeys } from "../../store/rules/index-keys.ts";
import { packItem, unpackItem } from "../../store/rules/packed-item.ts";
import { storedCopy } from "../../store/rules/plain-value.ts";
import {
  isPossibleKey,
  isPossiblePartition,
  wellFormedKey,
} from "../../store/rules/possible-key.ts";
import { endInTime, repeatable } from "../aws-client/client-settings.ts";
import { Placeholders } from "./condition-expression.ts";
import { storeError } from "./store-error.ts";
import { type TableNames, transactItem } from "./transact-item.ts";

type Key = { readonly pk: string; readonly sk: string };
type InTime = ReturnType<typeof endInTime>;
type Attributes = Readonly<Record<string, unknown>>;

const maxBatchTries = 6;
const longestPauseMs = 800;

/**
 * The store on DynamoDB.
 * @param options.client - see `createDynamoDbClient`
 * @param options.tables - what each table is called there
 */
export function createDynamoDbStore(options: {
  readonly client: DynamoDBDocumentClient;
  readonly tables: TableNames;
}): Store {
  return new DynamoDbStore(options.client, options.tables);
}

class DynamoDbStore implements Store {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableNames: TableNames;

  constructor(client: DynamoDBDocumentClient, tableNames: TableNames) {
    this.#client = client;
    this.#tableNames = tableNames;
  }

  async get(table: TableName, pk: string, sk: string): Promise<StoredItem | undefined> {
    if (!isPossibleKey({ pk, sk })) return undefined;
    const read = new GetCommand({
      TableName: this.#tableNames[table],
      Key: wellFormedKey({ pk, sk }),
      ConsistentRead: true,
    });
    const { Item } = await this.#call((inTime) => this.#client.send(read, inTime));
    return Item === undefined ? undefined : storedItem(Item);
  }

  async getMany(table: TableName, keys: readonly Key[]): Promise<readonly StoredItem[]> {
    checkKeyCount(keys.length);
    const found = new Map<string, StoredItem>();
    let wanted: Key[] = [
      ...new Map(
        keys
          .filter(isPossibleKey)
          .map(({ pk, sk }) => [nameOf({ pk, sk }), wellFormedKey({ pk, sk })]),
      ).values(),
    ];
    for (let tries = 1; wanted.length > 0; tries += 1) {
      // The database may answer a part only, when it is busy or the answer is large.
      if (tries > maxBatchTries) throw new StoreUnavailableError("The store answered in part only");
      if (tries > 1) await pause(Math.min(longestPauseMs, 25 * 2 ** tries));
      const answer = await this.#readBatch(this.#tableNames[table], wanted);
      for (const item of answer.items) found.set(nameOf(item), item);
      wanted = answer.left;
    }
    return [...new Set(keys.map(nameOf))].flatMap((name) => found.get(name) ?? []);
  }

  async query(
    table: TableName,
    pk: string,
    options: {
      readonly skPrefix?: string;
      readonly limit?: number;
      readonly after?: string;
      readonly descending?: boolean;
    } = {},
  ): Promise<Page> {
    checkLimit(options.limit);
    const { skPrefix = "", after, limit, descending } = options;
    const attributes = ["pk", "sk"];
    const start =
      after === undefined
        ? undefined
        : readCursor(after, { attributes, partitionKey: "pk", partition: pk });
    if (!isPossiblePartition(pk)) return { items: [] };
    const names = new Placeholders();
    const ofPartition = `${names.name("pk")} = ${names.value(pk)}`;
    const ofPrefix =
      skPrefix === "" ? "" : ` AND begins_with(${names.name("sk")}, ${names.value(skPrefix)})`;
    return this.#readPage({ attributes, limit, start }, () => ({
      TableName: this.#tableNames[table],
      ConsistentRead: true,
      KeyConditionExpression: `${ofPartition}${ofPrefix}`,
      ScanIndexForward: descending !== true,
      ...names.fields(),
    }));
  }

  async queryIndex(
    index: IndexName,
    partition: string,
    options: {
      readonly from?: string;
      readonly to?: string;
      readonly limit?: number;
      readonly after?: string;
    } = {},
  ): Promise<Page> {
    checkLimit(options.limit);
    checkRange(index, options);
    const { partitionKey, sortKey, positionAttributes } = indexKeys(index);
    const { from, to, after, limit } = options;
    const expected = { attributes: positionAttributes, partitionKey, partition };
    const start = after === undefined ? undefined : readCursor(after, expected);
    // The database calls such a range an error; to a caller it is a range with nothing in it.
    if (from !== undefined && to !== undefined && from > to) return { items: [] };
    if (!isPossiblePartition(partition)) return { items: [] };
    const names = new Placeholders();
    const ofPartition = `${names.name(partitionKey)} = ${names.value(partition)}`;
    const ofRange = sortKey === undefined ? "" : rangeExpression(names, sortKey, from, to);
    return this.#readPage({ attributes: positionAttributes, limit, start }, () => ({
      TableName: this.#tableNames.care,
      IndexName: index,
      KeyConditionExpression: `${ofPartition}${ofRange}`,
      ...names.fields(),
    }));
  }

  async transact(operations: readonly WriteOperation[]): Promise<void> {
    checkOperations(operations);
    const [first] = operations;
    if (first === undefined) return;
    if (operations.length === 1 && (await this.#writeAlone(first))) return;
    const items = operations.map((operation) => transactItem(operation, this.#tableNames));
    // With the token the client's own repeats cannot write twice.
    const write = new TransactWriteCommand({
      TransactItems: items,
      ClientRequestToken: randomUUID(),
    });
    await this.#call((inTime) => this.#client.send(write, inTime));
  }

  /**
   * A write without a condition that can be repeated costs half as much outside a transaction. With a
   * condition it could not: a retry after a lost answer would fail on the write's own success.
   */
  async #writeAlone(operation: WriteOperation): Promise<boolean> {
    if ("put" in operation && operation.put.condition === undefined) {
      const { table, item } = operation.put;
      const put = new PutCommand({
        TableName: this.#tableNames[table],
        Item: packItem(table, storedCopy(item)),
      });
      await this.#call((inTime) => this.#client.send(put, inTime));
      return true;
    }
    if ("delete" in operation && operation.delete.condition === undefined) {
      const { table, pk, sk } = operation.delete;
      const remove = new DeleteCommand({
        TableName: this.#tableNames[table],
        Key: wellFormedKey({ pk, sk }),
      });
      await this.#call((inTime) => this.#client.send(remove, inTime));
      return true;
    }
    return false;
  }

  async #readBatch(tableName: string, keys: Key[]) {
    const read = new BatchGetCommand({
      RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } },
    });
    const answer = await this.#call((inTime) => this.#client.send(read, inTime));
    const left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    return {
      items: (answer.Responses?.[tableName] ?? []).map(storedItem),
      left: left.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    };
  }

  /** Asks for one item more than wanted: only then is it known whether there is a next page. */
  async #readPage(
    wanted: {
      readonly attributes: readonly string[];
      readonly limit: number | undefined;
      readonly start: Position | undefined;
    },
    request: () => QueryCommandInput,
  ): Promise<Page> {
    const { attributes, limit, start } = wanted;
    const query = new QueryCommand({
      ...request(),
      ...(limit === undefined ? {} : { Limit: limit + 1 }),
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    const answer = await this.#call((inTime) => this.#client.send(query, inTime));
    const all = (answer.Items ?? []).map(storedItem);
    const items = all.slice(0, limit);
    const last: Attributes | undefined =
      items.length < all.length ? items.at(-1) : answer.LastEvaluatedKey;
    if (last === undefined) return { items };
    const position = Object.fromEntries(attributes.map((name) => [name, String(last[name])]));
    return { items, next: writeCursor(position) };
  }

  async #call<Answer>(send: (inTime: InTime) => Promise<Answer>): Promise<Answer> {
    try {
      return await send(endInTime(repeatable));
    } catch (error) {
      throw storeError(error);
    }
  }
}

function rangeExpression(
  names: Placeholders,
  sortKey: string,
  from: string | undefined,
  to: string | undefined,
): string {
  if (from === undefined && to === undefined) return "";
  const name = names.name(sortKey);
  if (from === undefined) return ` AND ${name} <= ${names.value(to ?? "")}`;
  if (to === undefined) return ` AND ${name} >= ${names.value(from)}`;
  return ` AND ${name} BETWEEN ${names.value(from)} AND ${names.value(to)}`;
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\u0000${sk}`.toWellFormed();
}

function storedItem(item: Attributes): StoredItem {
  const { pk, sk, schemaVersion, ...rest } = unpackItem(item);
  return {
    ...rest,
    pk: String(pk),
    sk: String(sk),
    // An item that names no version is taken for one of the first.
    schemaVersion: typeof schemaVersion === "number" ? schemaVersion : 1,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
