import { EngineError } from "../engine-error.ts";

const MOST_PER_PAGE = 1000;
const USUAL_PER_PAGE = 100;

/** One page of a list, and the token that leads to the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/**
 * Cuts a page out of a list.
 * @throws EngineError `InvalidToken` where the token is not one of these pages'
 */
export function pageOf<Item>(
  all: readonly Item[],
  asked: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
): Page<Item> {
  const from = asked.nextToken === undefined ? 0 : offsetOf(asked.nextToken);
  // Zero means the usual number, as in AWS.
  const size = Math.min(asked.maxResults || USUAL_PER_PAGE, MOST_PER_PAGE);
  const items = all.slice(from, from + size);
  if (from + size >= all.length) return { items };
  return { items, nextToken: Buffer.from(`from:${from + size}`).toString("base64url") };
}

function offsetOf(token: string): number {
  const offset = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString())?.[1];
  if (offset !== undefined) return Number(offset);
  throw new EngineError("InvalidToken", "Invalid Token: 'Invalid token'");
}
