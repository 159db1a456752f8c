import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Condition, TableName, WriteOperation } from "../../ports/store.ts";
import { packItem } from "../../store/rules/packed-item.ts";
import { storedCopy } from "../../store/rules/plain-value.ts";
import { wellFormedKey } from "../../store/rules/possible-key.ts";
import { conditionExpression, Placeholders } from "./condition-expression.ts";

export type TableNames = Readonly<Record<TableName, string>>;

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** One operation of a transaction as the database takes it. */
export function transactItem(operation: WriteOperation, tableNames: TableNames): TransactItem {
  const placeholders = new Placeholders();
  if ("put" in operation) {
    const { table, item, condition } = operation.put;
    return {
      Put: {
        TableName: tableNames[table],
        Item: packItem(table, storedCopy(item)),
        ...conditionFields(condition, placeholders),
      },
    };
  }
  if ("delete" in operation) {
    const { table, pk, sk, condition } = operation.delete;
    return {
      Delete: {
        TableName: tableNames[table],
        Key: wellFormedKey({ pk, sk }),
        ...conditionFields(condition, placeholders),
      },
    };
  }
  if ("check" in operation) {
    const { table, pk, sk, condition } = operation.check;
    return {
      ConditionCheck: {
        TableName: tableNames[table],
        Key: wellFormedKey({ pk, sk }),
        ConditionExpression: conditionExpression(condition, placeholders),
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        ...placeholders.fields(),
      },
    };
  }
  const { table, pk, sk, attribute, by, set = {}, condition } = operation.add;
  const settings = Object.entries(set).map(
    ([name, value]) => `${placeholders.name(name)} = ${placeholders.value(value)}`,
  );
  if (set.schemaVersion === undefined) {
    const name = placeholders.name("schemaVersion");
    settings.push(`${name} = if_not_exists(${name}, ${placeholders.value(1)})`);
  }
  const sum = `ADD ${placeholders.name(attribute)} ${placeholders.value(by)}`;
  return {
    Update: {
      TableName: tableNames[table],
      Key: wellFormedKey({ pk, sk }),
      UpdateExpression: `SET ${settings.join(", ")} ${sum}`,
      ...conditionFields(condition, placeholders),
    },
  };
}

/** Called last: takes every placeholder of the request. */
function conditionFields(condition: Condition | undefined, placeholders: Placeholders) {
  if (condition === undefined) return placeholders.fields();
  const expression = conditionExpression(condition, placeholders);
  return {
    ConditionExpression: expression,
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    ...placeholders.fields(),
  };
}
