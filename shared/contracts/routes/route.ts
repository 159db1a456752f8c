import * as z from "zod";
import { episodeStatuses } from "../../care/episode/status.ts";
import type { StaffFunction } from "../../care/program/staff-functions.ts";

/**
 * Who may call a route: anybody; senders of referrals, by what they say they are; everybody on the staff; the
 * care team; or some of its functions. Whoever may not is told that there is nothing here.
 */
export type Who = "anyone" | "senders" | "staff" | "care-team" | readonly StaffFunction[];

/** What keeps a call that is made twice from doing something twice. */
export type Repeats = "reads" | "idempotency-key" | "same-result";

/** One route of the API: all that its router, its checks and its description are made from. */
export type RouteOf<
  Path extends string,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = {
  readonly method: "GET" | "POST" | "PUT";
  /** Below `/api/v1`, such as `/tasks/:taskId`. */
  readonly path: Path;
  readonly summary: string;
  readonly who: Who;
  readonly repeats: Repeats;
  readonly query?: Query;
  readonly body?: Body;
  /** Where a body may be larger than others. */
  readonly largestBodyBytes?: number;
  /** A body that would be taken: clients read it in the description, tests send it. */
  readonly example?: unknown;
  /** What is answered when it went well. */
  readonly answer: { readonly status: 200 | 202; readonly schema: Answer };
  /** What else is answered than `usualRefusals` names, and what a refusal tells besides. */
  readonly refusals?: Readonly<Partial<Record<RefusalStatus, z.ZodType>>>;
};

/** Any route of the API. */
export type ApiRoute = RouteOf<string, z.ZodObject, z.ZodType, z.ZodType>;

/** A route as it is, with its types kept. */
export function route<const Route extends ApiRoute>(given: Route): Route {
  return given;
}

/** Where the API is. */
export const apiRoot = "/api/v1";

type DeepReadonly<Value> = Value extends readonly (infer Element)[]
  ? readonly DeepReadonly<Element>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
    : Value;

/** What a schema of an answer lets through. */
export type Answered<Schema extends z.ZodType> = DeepReadonly<z.output<Schema>>;

/** What a route answers when it went well. */
export type AnswerOf<Route extends ApiRoute> = Answered<Route["answer"]["schema"]>;

/** The names of the parts of a path: `taskId` of `/tasks/:taskId`. */
export type ParamsOf<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
  ? Name | ParamsOf<`/${Rest}`>
  : Path extends `${string}/:${infer Name}`
    ? Name
    : never;

const refusalStatuses = [400, 401, 404, 409, 413, 415, 422, 429, 503] as const;
export type RefusalStatus = (typeof refusalStatuses)[number];

/** An answer that refuses, as problem+json (RFC 9457). */
export const problemSchema = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string().describe("A sentence that says what to do; never what was sent"),
  status: z.int(),
  errors: z
    .array(z.strictObject({ path: z.string(), problem: z.string() }))
    .describe("What is wrong with the call, and where")
    .optional(),
  code: z.string().describe("The kind of refusal").optional(),
  details: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .describe("How things stand, such as the version there is now or who was first")
    .optional(),
});

/** The statuses with which a route refuses, and the schema of each refusal. */
export function refusalsOf(one: ApiRoute): ReadonlyMap<RefusalStatus, z.ZodType> {
  const hasBody = one.body !== undefined;
  const usual: Readonly<Record<RefusalStatus, boolean>> = {
    400: hasBody || one.query !== undefined,
    401: one.who !== "anyone",
    404: one.who !== "anyone" && one.who !== "staff" ? true : one.path.includes(":"),
    409: hasBody && one.who !== "senders",
    413: hasBody,
    415: hasBody,
    422: one.repeats === "idempotency-key",
    429: false,
    503: true,
  };
  const own = new Map(Object.entries(one.refusals ?? {}));
  return new Map(
    refusalStatuses.flatMap((status) => {
      const schema = own.get(String(status)) ?? (usual[status] ? problemSchema : undefined);
      return schema === undefined ? [] : [[status, schema] as const];
    }),
  );
}

/** One page of a list; `next` is the cursor of the page after it, where there is one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: z.string().optional() });
}

/** Asks for the page after the last one. */
export const cursorQuery = z.object({
  cursor: z.string().describe("`next` of the last answer").optional(),
});

export const instant = z.string().describe("RFC 3339, UTC");
export const date = z.string().describe("A local date, YYYY-MM-DD");
export const id = z.string();

/** What a command on somebody's record answers: where they stand, and which version of the record it made. */
export const changedEpisode = {
  status: 200,
  schema: z.strictObject({ episodeId: id, status: z.enum(episodeStatuses), version: z.int() }),
} as const;
