import { InvalidInputError } from "../../errors/invalid-input-error.ts";

/** Where a page ended: the key attributes of its last item. */
export type Position = Readonly<Record<string, string>>;

/** A position as an opaque text that is safe in an address. */
export function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position), "utf8").toString("base64url");
}

/**
 * Reads a cursor back. It may have been through a browser, so it must name exactly the attributes that
 * this listing has, and lie in this partition.
 * @throws {InvalidInputError} when it is not a cursor of this listing
 */
export function readCursor(
  cursor: string,
  expected: {
    readonly attributes: readonly string[];
    readonly partitionKey: string;
    readonly partition: string;
  },
): Position {
  const parsed = parse(cursor);
  const entries = parsed === undefined ? [] : Object.entries(parsed);
  const position: Record<string, string> = {};
  for (const [name, value] of entries) {
    if (typeof value === "string" && value !== "" && expected.attributes.includes(name)) {
      position[name] = value;
    }
  }
  const isWhole =
    entries.length === expected.attributes.length &&
    Object.keys(position).length === expected.attributes.length;
  if (!isWhole || position[expected.partitionKey] !== expected.partition) {
    throw new InvalidInputError("The cursor does not belong to this list", [
      { path: "after", problem: "use the value that the previous page gave, unchanged" },
    ]);
  }
  return position;
}

function parse(cursor: string): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
