import type { MiddlewareHandler } from "hono";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { VerifyToken } from "../../shared/ports/sign-in.ts";
import type { Store } from "../../shared/ports/store.ts";
import { findStaff, isInCareTeam, type StaffMember } from "../../shared/staff/staff-member.ts";
import { problem } from "./problem.ts";

export type ApiVariables = { staff: StaffMember; actor: Actor };

/** Lets through who has a valid access token and is on the staff; everybody else gets a 401. */
export function authenticate(deps: {
  readonly verifyToken: VerifyToken;
  readonly store: Store;
  readonly readSessionCookie?: (cookie: string | undefined) => string | undefined;
}): MiddlewareHandler<{ Variables: ApiVariables }> {
  return async (context, next) => {
    const header = context.req.header("authorization") ?? "";
    const token = /^Bearer ([A-Za-z0-9_.-]{1,4096})$/.exec(header)?.[1];
    const found = token === undefined ? undefined : await deps.verifyToken(token);
    const staff = found === undefined ? undefined : await findStaff(deps.store, found.staffId);
    if (staff === undefined)
      return problem(
        context,
        401,
        "Sign in first: the access token is missing, has ended or is not ours.",
      );
    context.set("staff", staff);
    context.set("actor", { kind: "staff", staffId: staff.staffId, functions: staff.functions });
    return next();
  };
}

/** Lets through who has a function in the care team; to everybody else there is nothing here. */
export const careTeamOnly: MiddlewareHandler<{ Variables: ApiVariables }> = async (
  context,
  next,
) => {
  if (isInCareTeam(context.get("staff"))) return next();
  return problem(context, 404, "Only members of the care team see anything of care.");
};
