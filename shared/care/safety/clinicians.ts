import type { StaffFunction } from "../program/staff-functions.ts";

const clinicianFunctions: readonly StaffFunction[] = ["clinician", "clinical-lead", "prescriber"];

/** True for whoever may say what an alert means: confirm it, and close it. */
export function isClinician(actor: { readonly functions: readonly StaffFunction[] }): boolean {
  return actor.functions.some((one) => clinicianFunctions.includes(one));
}
