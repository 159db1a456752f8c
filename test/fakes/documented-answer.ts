import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import {
  type ApiRoute,
  apiRoot,
  problemSchema,
  refusalsOf,
} from "../../shared/contracts/routes/route.ts";
import { apiRoutes } from "../../shared/contracts/routes/table.ts";

/** An answer of the API as it came over the wire. */
export type WireAnswer = {
  readonly method: string;
  /** With `/api/v1` and whatever follows a question mark. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
};

function isAt(route: ApiRoute, path: string): boolean {
  const wanted = `${apiRoot}${route.path}`.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith(":") || part === given[index])
  );
}

/** The route of the table that answers a call; one whose path is written out before one that takes any. */
export function routeOf(method: string, path: string): ApiRoute | undefined {
  const [bare = ""] = path.split("?");
  // The router takes a slash at the end as well.
  const asked = bare.replace(/\/$/, "");
  return apiRoutes.find((route) => route.method === method && isAt(route, asked));
}

function schemaOf(route: ApiRoute | undefined, status: number): z.ZodType | undefined {
  // Where nothing is, there is one answer.
  if (route === undefined) return status === 404 ? problemSchema : undefined;
  if (route.answer.status === status) return route.answer.schema;
  return refusalsOf(route).get(status as never);
}

/**
 * Holds an answer of the API against what its route says of this status.
 * @throws where the status is not documented, a field is missing, or one is there that is not documented
 */
export function holdAgainstDescription(answer: WireAnswer): void {
  const { method, path, status, contentType, text } = answer;
  const what = `${method} ${path} answered ${status}`;
  const schema = schemaOf(routeOf(method, path), status);
  if (schema === undefined) throw new Error(`${what}, which is not documented: ${text}`);
  const expectedType = status >= 400 ? "application/problem+json" : "application/json";
  if (contentType?.startsWith(expectedType) !== true)
    throw new Error(`${what} as ${contentType}, not as ${expectedType}`);
  const value: unknown = JSON.parse(text);
  const read = schema.safeParse(value);
  if (!read.success)
    throw new Error(`${what} with something else than documented: ${read.error.message}\n${text}`);
  // Reading leaves out what the schema does not know.
  if (!isDeepStrictEqual(read.data, value))
    throw new Error(
      `${what} with fields that are not documented:\n${text}\nDocumented are:\n${JSON.stringify(read.data)}`,
    );
}
