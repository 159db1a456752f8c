import type { StoredItem, TableName } from "../../shared/ports/store.ts";
import type { CommittedChange } from "../../shared/store/memory/memory-store.ts";
import { packItem } from "../../shared/store/rules/packed-item.ts";

type WireValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly B: string }
  | { readonly NULL: true }
  | { readonly L: readonly WireValue[] }
  | { readonly M: Readonly<Record<string, WireValue>> };
type WireImage = Readonly<Record<string, WireValue>>;

/** A change as an event source mapping hands it to a function. */
export type StreamRecord = {
  readonly eventName: CommittedChange["eventName"];
  readonly eventSource: "aws:dynamodb";
  readonly dynamodb: {
    readonly Keys: { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
    readonly SequenceNumber: string;
    readonly NewImage?: WireImage;
    readonly OldImage?: WireImage;
  };
};

/** Turns changes of the memory store into the event that a function on the table's stream gets. */
export function streamEvent(changes: readonly CommittedChange[]): {
  readonly Records: readonly StreamRecord[];
} {
  return {
    Records: changes.map((change, index) => ({
      eventName: change.eventName,
      eventSource: "aws:dynamodb",
      dynamodb: {
        Keys: { pk: { S: change.keys.pk }, sk: { S: change.keys.sk } },
        SequenceNumber: String(index + 1),
        ...(change.newImage === undefined
          ? {}
          : { NewImage: imageOf(change.table, change.newImage) }),
        ...(change.oldImage === undefined
          ? {}
          : { OldImage: imageOf(change.table, change.oldImage) }),
      },
    })),
  };
}

function imageOf(table: TableName, item: StoredItem): WireImage {
  return wireImage(packItem(table, item));
}

function wireImage(item: object): WireImage {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wireValue(value)]));
}

function wireValue(value: unknown): WireValue {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return { L: value.map(wireValue) };
  return typeof value === "object" && value !== null ? { M: wireImage(value) } : { NULL: true };
}
