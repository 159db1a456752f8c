import { staffFunctions } from "../care/program/staff-functions.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStaff, type StoredStaff } from "../store/staff-item.ts";

/** A member of staff: what they may do follows from what is stored, not from the token. */
export type StaffMember = StoredStaff;

/** True for who has a function in the care team: nobody else sees or changes anything about care. */
export function isInCareTeam(staff: Pick<StaffMember, "functions">): boolean {
  return staff.functions.some((one) => staffFunctions.includes(one));
}

/** The member of staff with this id; `undefined` for whoever is not on the staff. */
export async function findStaff(store: Store, staffId: string): Promise<StaffMember | undefined> {
  const key = keys.staff(staffId);
  const item = await store.get("care", key.pk, key.sk);
  return item === undefined ? undefined : readStaff(item);
}
