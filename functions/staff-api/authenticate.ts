import type { MiddlewareHandler } from "hono";
import type { Actor } from "../../shared/care/episode/actor.ts";
import { type StaffFunction, staffFunctions } from "../../shared/care/program/program.ts";
import { keys } from "../../shared/keys/keys.ts";
import type { VerifyToken } from "../../shared/ports/sign-in.ts";
import type { Store } from "../../shared/ports/store.ts";
import { problem } from "./problem.ts";

/** A member of staff as stored: what they may do follows from here, not from the token. */
export type StaffMember = {
  readonly staffId: string;
  readonly name: string;
  readonly functions: readonly StaffFunction[];
  readonly siteIds: readonly string[];
  readonly isPrivacyOfficer?: boolean;
  readonly isOperator?: boolean;
};

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

/** True for who has a function in the care team: nobody else sees or changes anything about care. */
export function isInCareTeam(staff: Pick<StaffMember, "functions">): boolean {
  return staff.functions.some((one) => staffFunctions.includes(one));
}

/** Lets through who has a function in the care team; to everybody else there is nothing here. */
export const careTeamOnly: MiddlewareHandler<{ Variables: ApiVariables }> = async (
  context,
  next,
) => {
  if (isInCareTeam(context.get("staff"))) return next();
  return problem(context, 404, "Only members of the care team see anything of care.");
};

export async function findStaff(store: Store, staffId: string): Promise<StaffMember | undefined> {
  const key = keys.staff(staffId);
  const item = await store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : (item as unknown as StaffMember);
}
