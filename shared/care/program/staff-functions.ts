export const staffFunctions = [
  "case-manager",
  "clinician",
  "clinical-lead",
  "prescriber",
  "nurse",
  "group-leader",
  "peer",
  "supervisor",
  "front-desk",
  "site-lead",
] as const;
/** A function in the care team; a task goes to a function, then to a person. */
export type StaffFunction = (typeof staffFunctions)[number];
