import type { Episode } from "../episode/episode.ts";
import { medicineKinds, medicineRecords } from "../program/medicine-kinds.ts";
import { type PlanKind, type PlanSection, planKindRecords } from "../program/plan-kinds.ts";
import type { Program } from "../program/program.ts";

/**
 * The parts of a plan that are talked about with somebody: where their naloxone is belongs to it where the program treats
 * opioid use, or they take a medicine for it.
 */
export function partsFor(
  planKind: PlanKind,
  episode: Pick<Episode, "medicines">,
  program: Pick<Program, "screens">,
): readonly PlanSection[] {
  const { sections } = planKindRecords[planKind];
  return concernsOpioids(episode, program)
    ? sections
    : sections.filter(({ isForOpioidUse }) => isForOpioidUse !== true);
}

function concernsOpioids(
  { medicines = {} }: Pick<Episode, "medicines">,
  { screens = [] }: Pick<Program, "screens">,
): boolean {
  return (
    screens.some(({ questions }) => questions.some(({ asks }) => asks === "opioid-medication")) ||
    medicineKinds.some(
      (kind) => medicineRecords[kind].isForOpioidUse && medicines[kind]?.isTaken === true,
    )
  );
}
