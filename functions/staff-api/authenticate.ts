import type { Context } from "hono";
import type { Actor } from "../../shared/care/episode/actor.ts";
import type { VerifyToken } from "../../shared/ports/sign-in.ts";
import type { Store } from "../../shared/ports/store.ts";
import { findStaff, type StaffMember } from "../../shared/staff/staff-member.ts";
import { problem } from "../../shared/web/http/problem.ts";

export type ApiVariables = { staff: StaffMember; actor: Actor };

/**
 * Finds out who calls, and keeps it with the call.
 * @returns the 401 for whoever has no valid access token, or is not on the staff
 */
export async function authenticate(
  context: Context<{ Variables: ApiVariables }>,
  deps: { readonly verifyToken: VerifyToken; readonly store: Store },
): Promise<Response | undefined> {
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
  return undefined;
}
