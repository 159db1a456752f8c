import type { StaffFunction } from "../../shared/care/program/staff-functions.ts";
import type { StaffAccount } from "../sign-in/staff-account.ts";

/** A fictional member of staff: how they sign in, and what they may do. */
export type LocalStaff = StaffAccount & { readonly functions: readonly StaffFunction[] };

const sites = ["riverside", "mesa"] as const;

/** Fictional people, two of each role so that one can cover the other. */
export const localStaff: readonly LocalStaff[] = [
  ...sites.flatMap((siteId): LocalStaff[] => [
    {
      staffId: `casey-${siteId}`,
      name: "Casey Morgan (fictional)",
      role: "case-manager",
      siteIds: [siteId],
      functions: ["case-manager", "group-leader", "front-desk"],
    },
    {
      staffId: `jordan-${siteId}`,
      name: "Jordan Reyes (fictional)",
      role: "case-manager",
      siteIds: [siteId],
      functions: ["case-manager", "peer"],
    },
    {
      staffId: `avery-${siteId}`,
      name: "Avery Chen (fictional)",
      role: "clinician",
      siteIds: [siteId],
      functions: ["clinician", "nurse", "prescriber", "group-leader"],
    },
    {
      staffId: `taylor-${siteId}`,
      name: "Taylor Brooks (fictional)",
      role: "clinical-lead",
      siteIds: [siteId],
      functions: ["clinical-lead", "clinician", "supervisor", "site-lead", "case-manager"],
    },
  ]),
  {
    staffId: "robin",
    name: "Robin Ellis (fictional)",
    role: "privacy-officer",
    siteIds: [...sites],
    functions: [],
  },
  {
    staffId: "sam",
    name: "Sam Okafor (fictional)",
    role: "operator",
    siteIds: [...sites],
    functions: [],
  },
];
