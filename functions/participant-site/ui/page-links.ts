import type { Context } from "hono";
import type { Secrets } from "../../../shared/ports/secrets.ts";

/** The part of a page's address that says which link it was opened from. */
const markParameter = "of";
/** The hidden field that says which link a form was made for, and for which step. */
export const sealField = "seal";

export type FormTarget = {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
};

/** Where the pages of one link lead: always to pages of the same link. */
export type PageLinks = {
  readonly hrefOf: (path: string) => string;
  /** For a form that is sent to a path. */
  readonly formTo: (path: string) => FormTarget;
};

/**
 * The links and forms of one link's pages. Each form carries a seal for its own path, so that a page bent
 * to another link is refused.
 */
export function pageLinks(secrets: Secrets, linkId: string, mark: string): PageLinks {
  const hrefOf = (path: string) => withMark(path, mark);
  return {
    hrefOf,
    formTo: (path) => ({
      action: hrefOf(path),
      hidden: { [sealField]: secrets.sealValue(sealed(linkId, path)) },
    }),
  };
}

/** Whether a form was made for this link and sent where it was made for. */
export function isSealRight(
  secrets: Secrets,
  seal: string | undefined,
  linkId: string,
  path: string,
): boolean {
  return seal !== undefined && secrets.openValue(seal) === sealed(linkId, path);
}

/** The path with the mark that says whose link of several in one browser the page belongs to. */
export function withMark(path: string, mark: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${markParameter}=${mark}`;
}

/** The mark in the address of a request. */
export function markIn(context: Context): string | undefined {
  const mark = context.req.query(markParameter);
  return mark !== undefined && /^[0-9a-f]{12}$/.test(mark) ? mark : undefined;
}

function sealed(linkId: string, path: string): string {
  return `form:${linkId}:${path}`;
}
