/** The kinds of staff that can sign in, as the groups of their tokens name them. */
export const STAFF_ROLES = [
  "case-manager",
  "clinician",
  "clinical-lead",
  "privacy-officer",
  "operator",
] as const;

/** One of {@link STAFF_ROLES}. */
export type StaffRole = (typeof STAFF_ROLES)[number];

/** A fictional member of staff who can sign in. */
export interface StaffAccount {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  /** The sites where this person works; empty for all. */
  readonly siteIds: readonly string[];
}

/** The first account with that role, at that site where one is named; undefined where there is none. */
export function findStaff(
  accounts: readonly StaffAccount[],
  role: StaffRole,
  siteId?: string,
): StaffAccount | undefined {
  return accounts.find(
    (account) =>
      account.role === role &&
      (siteId === undefined || account.siteIds.length === 0 || account.siteIds.includes(siteId)),
  );
}
