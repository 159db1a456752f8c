import { createHash } from "node:crypto";
import { EngineError } from "../engine-error.ts";

const USUAL_PER_PAGE = 100;

/** One page of a list, and the token that leads to the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/** What a call asks of a list. */
export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** A list that is read page by page. */
export interface PagedList<Item> {
  /** The call and what it asks for beside the page: a token leads on in its own list alone. */
  readonly of: readonly unknown[];
  /** Where an item stands; never changes, and items come in its order. */
  readonly placeOf: (item: Item) => number | string;
  /** The first so many items whose place comes after the one given, in the list's order. */
  readonly after: (place: number | string | undefined, count: number) => readonly Item[];
}

/**
 * Reads one page. A token names the last item's place, not how many came before, so whatever is
 * added or removed meanwhile neither repeats nor hides an item.
 * @throws EngineError `InvalidToken` where the token is not one of this list's pages
 */
export function pageOf<Item>(list: PagedList<Item>, asked: PageRequest): Page<Item> {
  // Zero means the usual number, as in AWS.
  const size = asked.maxResults || USUAL_PER_PAGE;
  const name = createHash("sha256").update(JSON.stringify(list.of)).digest("base64url");
  const place = asked.nextToken === undefined ? undefined : placeIn(asked.nextToken, name);
  const items = list.after(place, size + 1);
  const last = items[size - 1];
  if (items.length <= size || last === undefined) return { items };
  const token = JSON.stringify([name, list.placeOf(last)]);
  return { items: items.slice(0, size), nextToken: Buffer.from(token).toString("base64url") };
}

/** The `after` of a list that is at hand as a whole, in its order. */
export function afterIn<Item>(
  all: readonly Item[],
  placeOf: (item: Item) => number | string,
  isDescending = false,
): PagedList<Item>["after"] {
  return (place, count) => {
    const rest =
      place === undefined
        ? all
        : all.filter((item) => (isDescending ? placeOf(item) < place : placeOf(item) > place));
    return rest.slice(0, count);
  };
}

function placeIn(token: string, list: string): number | string {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (Array.isArray(parts)) {
      const [name, place]: readonly unknown[] = parts;
      if (name === list && (typeof place === "number" || typeof place === "string")) return place;
    }
  } catch {
    // Falls through: what cannot be read is no token of this engine.
  }
  throw new EngineError("InvalidToken", "Invalid Token: 'Invalid token'");
}
