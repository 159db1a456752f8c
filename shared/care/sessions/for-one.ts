import type { Modality } from "../program/program.ts";

/** What one person is seen for alone, with one member of staff. */
export const visitModalities = [
  "individual",
  "family",
  "medication-management",
  "peer-support",
  "case-management",
  "assessment",
] as const satisfies readonly Modality[];

/** True for what one person is seen for alone: the timetable has its usual time, and nobody else sits there. */
export function isForOne(modality: Modality): boolean {
  return visitModalities.some((one) => one === modality);
}
