import { randomUUID } from "node:crypto";
import type { JsonClient } from "../../aws/aws-http/json-client.ts";
import { StoreUnavailableError } from "../../errors/store-unavailable-error.ts";
import type {
  IndexName,
  Page,
  Store,
  StoredItem,
  TableName,
  WriteOperation,
} from "../../ports/store.ts";
import { checkKeyCount, checkLimit, checkOperations } from "../rules/check-operations.ts";
import { type Position, readCursor, writeCursor } from "../rules/cursor.ts";
import { checkRange, indexKeys } from "../rules/index-keys.ts";
import { storedCopy } from "../rules/plain-value.ts";
import { plainItem, type WireItem, wireItem } from "./attribute-value.ts";
import { Placeholders } from "./condition-expression.ts";
import { storeError } from "./store-error.ts";
import { type TableNames, transactItem } from "./transact-item.ts";

type Key = { readonly pk: string; readonly sk: string };
type Input = Readonly<Record<string, unknown>>;

type BatchAnswer = {
  readonly Responses?: Readonly<Record<string, readonly WireItem[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, { readonly Keys?: readonly WireItem[] }>>;
};
type QueryAnswer = { readonly Items?: readonly WireItem[]; readonly LastEvaluatedKey?: WireItem };

const mostBatchTries = 6;
const longestPauseMs = 800;

/**
 * The store on DynamoDB.
 * @param options.client - see `createDynamoDbClient`
 * @param options.tables - what each table is called there
 */
export function createDynamoDbStore(options: {
  readonly client: JsonClient;
  readonly tables: TableNames;
}): Store {
  return new DynamoDbStore(options.client, options.tables);
}

class DynamoDbStore implements Store {
  readonly #client: JsonClient;
  readonly #tableNames: TableNames;

  constructor(client: JsonClient, tableNames: TableNames) {
    this.#client = client;
    this.#tableNames = tableNames;
  }

  async get(table: TableName, pk: string, sk: string): Promise<StoredItem | undefined> {
    const { Item } = await this.#call("GetItem", {
      TableName: this.#tableNames[table],
      Key: wireItem({ pk, sk }),
      ConsistentRead: true,
    });
    return Item === undefined ? undefined : storedItem(Item as WireItem);
  }

  async getMany(table: TableName, keys: readonly Key[]): Promise<readonly StoredItem[]> {
    checkKeyCount(keys.length);
    const found = new Map<string, StoredItem>();
    let wanted: Key[] = [
      ...new Map(keys.map(({ pk, sk }) => [nameOf({ pk, sk }), { pk, sk }])).values(),
    ];
    for (let tries = 1; wanted.length > 0; tries += 1) {
      // The database may answer a part only, when it is busy or the answer is large.
      if (tries > mostBatchTries)
        throw new StoreUnavailableError("The store answered in part only");
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
    await this.#call("TransactWriteItems", {
      TransactItems: items,
      ClientRequestToken: randomUUID(),
    });
  }

  /**
   * A write without a condition that can be repeated costs half as much outside a transaction. With a
   * condition it could not: a retry after a lost answer would fail on the write's own success.
   */
  async #writeAlone(operation: WriteOperation): Promise<boolean> {
    if ("put" in operation && operation.put.condition === undefined) {
      const { table, item } = operation.put;
      await this.#call("PutItem", {
        TableName: this.#tableNames[table],
        Item: wireItem(storedCopy(item)),
      });
      return true;
    }
    if ("delete" in operation && operation.delete.condition === undefined) {
      const { table, pk, sk } = operation.delete;
      const Key = wireItem({ pk, sk });
      await this.#call("DeleteItem", { TableName: this.#tableNames[table], Key });
      return true;
    }
    return false;
  }

  async #readBatch(tableName: string, keys: Key[]) {
    const answer = (await this.#call("BatchGetItem", {
      RequestItems: { [tableName]: { Keys: keys.map(wireItem), ConsistentRead: true } },
    })) as BatchAnswer;
    const left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    return {
      items: (answer.Responses?.[tableName] ?? []).map(storedItem),
      left: left.map((key) => ({ pk: key.pk?.S ?? "", sk: key.sk?.S ?? "" })),
    };
  }

  /** Asks for one item more than wanted: only then is it known whether there is a next page. */
  async #readPage(
    wanted: {
      readonly attributes: readonly string[];
      readonly limit: number | undefined;
      readonly start: Position | undefined;
    },
    request: () => Input,
  ): Promise<Page> {
    const { attributes, limit, start } = wanted;
    const answer = (await this.#call("Query", {
      ...request(),
      ...(limit === undefined ? {} : { Limit: limit + 1 }),
      ...(start === undefined ? {} : { ExclusiveStartKey: wireItem(start) }),
    })) as QueryAnswer;
    const all = (answer.Items ?? []).map(storedItem);
    const items = all.slice(0, limit);
    const { LastEvaluatedKey: evaluated } = answer;
    const reached = evaluated === undefined ? undefined : plainItem(evaluated);
    const last: Input | undefined = items.length < all.length ? items.at(-1) : reached;
    if (last === undefined) return { items };
    const position = Object.fromEntries(attributes.map((name) => [name, String(last[name])]));
    return { items, next: writeCursor(position) };
  }

  async #call(action: string, input: Input): Promise<Input> {
    try {
      return await this.#client.call(action, input);
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
  return `${pk}\u0000${sk}`;
}

function storedItem(item: WireItem): StoredItem {
  const { pk, sk, schemaVersion, ...rest } = plainItem(item);
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
