import type { Session } from "../episode/session.ts";
import type { Modality, Program } from "../program/program.ts";

const labels: Readonly<Record<Modality, string>> = {
  individual: "Individual session",
  group: "Group",
  family: "Family session",
  psychoeducation: "Topic series",
  "medication-management": "Medication visit",
  skills: "Skills training",
  holistic: "Holistic offering",
  "case-management": "Visit with the case manager",
  assessment: "Assessment",
  "peer-support": "Visit with a peer",
};

/** What sessions of a kind are called where the program's own name for one is not at hand. */
export function modalityLabel(modality: Modality): string {
  return labels[modality];
}

/** What a session is called: by the program's timetable, or by its kind where it is booked beside that. */
export function sessionLabel(
  program: Pick<Program, "sessions">,
  { slot, modality }: Pick<Session, "slot" | "modality">,
): string {
  return program.sessions.find((one) => one.slot === slot)?.title ?? modalityLabel(modality);
}
