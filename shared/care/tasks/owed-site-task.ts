import type { CareTask, OwedStep, OwedWork } from "../episode/care-task.ts";
import { addMinutes } from "../time/instants.ts";
import { nextOwedStep } from "./owed-work.ts";

/** Minutes after which the clinician, and then the clinical lead, is paged about it (a default that a clinician signs off). */
const clinicianAfterMinutes = 15;
const leadAfterMinutes = 30;
/** From then on it is paged about every hour, and after a day twice a day, until somebody has done it. */
const repeatMinutes = 60;
const slowerAfterMinutes = 24 * 60;
const slowerRepeatMinutes = 12 * 60;
/** What is kept of its steps: enough to see who was paged of late. */
const keptSteps = 8;

/**
 * A safety task of a site that belongs to no participant has no alert with clocks of its own: the task
 * itself climbs, and each of its steps is paged.
 */
export function oweSiteTask(now: string, taskId: string): OwedWork {
  return {
    tier: "RED",
    occurrence: taskId,
    steps: [
      { to: "clinician", at: addMinutes(now, clinicianAfterMinutes) },
      { to: "clinical-lead", at: addMinutes(now, leadAfterMinutes) },
    ],
  };
}

/** What changes when the next step of such a task is due; undefined while nothing is. */
export function climbSiteTask(
  task: CareTask,
  now: string,
): { readonly step: OwedStep; readonly fields: Partial<CareTask> } | undefined {
  const step = nextOwedStep(task);
  if (task.owed === undefined || step === undefined || step.at > now) return undefined;
  const steps = task.owed.steps.map((one) => (one === step ? { ...one, takenAt: now } : one));
  const isSlow = now >= addMinutes(task.openedAt, slowerAfterMinutes);
  const again: OwedStep = {
    to: "clinical-lead",
    at: addMinutes(now, isSlow ? slowerRepeatMinutes : repeatMinutes),
  };
  const isLast = steps.every((one) => one.takenAt !== undefined);
  return {
    step,
    fields: {
      assignedFunction: step.to,
      owed: { ...task.owed, steps: (isLast ? [...steps, again] : steps).slice(-keptSteps) },
    },
  };
}
