import type { Context } from "hono";
import type * as z from "zod";
import type { Actor } from "../../shared/care/episode/actor.ts";
import { readInput } from "../../shared/contracts/read-input.ts";
import type {
  Answered,
  ApiRoute,
  ParamsOf,
  RouteOf,
  Who,
} from "../../shared/contracts/routes/route.ts";
import type { VerifyToken } from "../../shared/ports/sign-in.ts";
import { isInCareTeam, type StaffMember } from "../../shared/staff/staff-member.ts";
import type { CareDeps } from "../../shared/store/care-deps.ts";
import { problem } from "../../shared/web/http/problem.ts";
import { readBody } from "../../shared/web/http/read-body.ts";
import { type ApiVariables, authenticate } from "./authenticate.ts";

/** What every route is wired with. */
export type ApiDeps = CareDeps & { readonly verifyToken: VerifyToken };

type StaffContext = Context<{ Variables: ApiVariables }>;

/** Who calls, and the body as it was sent: what makes two calls the same. */
export type Caller = {
  readonly context: StaffContext;
  readonly staff: StaffMember;
  readonly actor: Actor;
  readonly text: string;
};

/** One call of a route, with what came in as the route's schemas read it. */
type Call<Path extends string, Query extends z.ZodType, Body extends z.ZodType> = Caller & {
  readonly params: Readonly<Record<ParamsOf<Path>, string>>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
};

/** A route with what answers it. */
export type ServedRoute = {
  readonly route: ApiRoute;
  readonly answer: (context: StaffContext, deps: ApiDeps) => Promise<Response>;
};

/**
 * Answers a route of the table, the only way to answer one: who calls is asked first, what came in is read by
 * the route's schemas, and what is answered is what the route says.
 *
 * @param handle - what the route does; a `Response` where it refuses
 */
export function serve<
  const Path extends string,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  route: RouteOf<Path, Query, Body, Answer>,
  handle: (
    call: Call<Path, Query, Body>,
    deps: ApiDeps,
  ) => Promise<Answered<Answer> | Response> | Answered<Answer> | Response,
): ServedRoute {
  return {
    route,
    answer: async (context, deps) => {
      const refused = await refuseCaller(context, deps, route.who);
      if (refused !== undefined) return refused;
      const query = readQuery(context, route.query);
      if (query instanceof Response) return query;
      const read = await readBodyOf(context, route.body, route.largestBodyBytes);
      if (read instanceof Response) return read;
      const answer = await handle(
        {
          context,
          staff: context.get("staff"),
          actor: context.get("actor"),
          params: context.req.param() as Readonly<Record<ParamsOf<Path>, string>>,
          query: query.value,
          ...read,
        },
        deps,
      );
      if (answer instanceof Response) return answer;
      return context.body(JSON.stringify(answer), route.answer.status, {
        "content-type": "application/json",
      });
    },
  };
}

async function refuseCaller(
  context: StaffContext,
  deps: ApiDeps,
  who: Who,
): Promise<Response | undefined> {
  if (who === "anyone") return undefined;
  const refused = await authenticate(context, deps);
  if (refused !== undefined || who === "staff") return refused;
  const staff = context.get("staff");
  if (!isInCareTeam(staff))
    return problem(context, 404, "Only members of the care team see anything of care.");
  if (typeof who === "string" || staff.functions.some((one) => who.includes(one))) return undefined;
  return problem(context, 404, `This is for: ${who.join(", ")}.`);
}

function readQuery<Query extends z.ZodType>(
  context: StaffContext,
  schema: Query | undefined,
): { readonly value: z.output<Query> } | Response {
  // Where a route takes nothing of this, nobody asks for it.
  if (schema === undefined) return { value: undefined as never };
  const { value, problems } = readInput(schema, context.req.query());
  if (problems === undefined) return { value };
  return problem(context, 400, "The address is not as this call takes it.", { errors: problems });
}

async function readBodyOf<Body extends z.ZodType>(
  context: StaffContext,
  schema: Body | undefined,
  largestBytes: number | undefined,
): Promise<{ readonly body: z.output<Body>; readonly text: string } | Response> {
  return schema === undefined
    ? { body: undefined as never, text: "" }
    : readBody(context, schema, largestBytes);
}
