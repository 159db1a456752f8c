import { type StaffFunction, staffFunctions } from "../care/program/program.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";

/** A member of staff as stored: what they may do follows from here, not from the token. */
export type StaffMember = {
  readonly staffId: string;
  readonly name: string;
  readonly functions: readonly StaffFunction[];
  readonly siteIds: readonly string[];
  readonly isPrivacyOfficer?: boolean;
  readonly isOperator?: boolean;
};

/** True for who has a function in the care team: nobody else sees or changes anything about care. */
export function isInCareTeam(staff: Pick<StaffMember, "functions">): boolean {
  return staff.functions.some((one) => staffFunctions.includes(one));
}

/** The member of staff with this id; `undefined` for whoever is not on the staff. */
export async function findStaff(store: Store, staffId: string): Promise<StaffMember | undefined> {
  const key = keys.staff(staffId);
  const item = await store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : (item as unknown as StaffMember);
}
