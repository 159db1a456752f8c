import type { Draft } from "../change/draft.ts";
import type { CareTask, OwedStep, OwedWork } from "../episode/care-task.ts";
import type { EpisodeItem } from "../episode/episode-item.ts";
import type { OwedKind, Program } from "../program/program.ts";
import type { StaffFunction } from "../program/staff-functions.ts";
import { addMinutes } from "../time/instants.ts";

type OwedRules = NonNullable<Program["safety"]["owedWork"]>;

/** Rules of a program that was published before it could name its own. */
const defaultRules: OwedRules = {
  clinicianMinutes: 120,
  tiers: {
    "same-day-call": "YELLOW",
    "call-within-48-hours": "ROUTINE",
    "safety-review": "YELLOW",
    welfare: "ORANGE",
  },
};

/** What the program says about work that is owed to a person and was not done by its time. */
export function owedRules(program: Program): OwedRules {
  return program.safety.owedWork ?? defaultRules;
}

/**
 * Work owed to a person, whatever becomes of the pathway: not done by its time, it goes to the clinician
 * and then to the clinical lead, and with the last step the on-call is paged, where its tier pages. The
 * instants are fixed when the work arises: a further try, a handover or a snooze moves none of them.
 * @param input.assignedFunction - who has it first; a clinician's goes straight to the clinical lead
 * @param input.occurrence - unique in the episode: its alert is raised once
 */
export function owe(
  program: Program,
  input: {
    readonly kind: OwedKind;
    readonly occurrence: string;
    readonly assignedFunction: StaffFunction;
    readonly dueAt: string;
  },
): OwedWork {
  const { clinicianMinutes, tiers } = owedRules(program);
  const { assignedFunction, dueAt } = input;
  const steps: readonly OwedStep[] =
    assignedFunction === "clinician"
      ? [{ to: "clinical-lead", at: dueAt }]
      : [
          { to: "clinician", at: dueAt },
          { to: "clinical-lead", at: addMinutes(dueAt, clinicianMinutes) },
        ];
  return { tier: tiers[input.kind], occurrence: input.occurrence, steps };
}

/** The next function that gets the work, and when; none where it has climbed as far as it goes. */
export function nextOwedStep(item: EpisodeItem): OwedStep | undefined {
  if (item.kind !== "task" || item.status !== "open") return undefined;
  return item.owed?.steps.find((step) => step.takenAt === undefined);
}

/**
 * What a task that takes over from another one still owes: the same, with the same deadlines, to whoever
 * has it by now. A further try is due no later than the work itself.
 */
export function takeOverOwed(
  from: CareTask,
  dueAt: string,
): Partial<Pick<CareTask, "owed" | "dueAt" | "priority">> {
  if (from.owed === undefined) return {};
  const deadline = from.owed.steps[0]?.at;
  return {
    owed: from.owed,
    dueAt: deadline !== undefined && deadline < dueAt ? deadline : dueAt,
    priority: from.priority,
  };
}

/** The work climbs no more: the person was spoken with, or nobody can be reached any more. */
export function stopClimbing(draft: Draft, matches: (task: CareTask) => boolean): void {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.owed === undefined || !matches(item)) continue;
    if (nextOwedStep(item) === undefined) continue;
    const steps = item.owed.steps.filter((step) => step.takenAt !== undefined);
    draft.replace(item, { owed: { ...item.owed, steps } });
  }
}
