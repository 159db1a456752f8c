import type { Draft, DraftValues } from "./draft.ts";
import type { Step, StepContext } from "./step.ts";
import { stepsAboutYou } from "./steps-about-you.tsx";
import { stepsConsents } from "./steps-consents.tsx";
import { stepsContact } from "./steps-contact.tsx";
import { stepsNeeds } from "./steps-needs.tsx";

const steps: readonly Step[] = [...stepsAboutYou, ...stepsContact, ...stepsConsents, ...stepsNeeds];

/** The step of the intake form with this name in its path; nothing for any other name. */
export function findStep(name: string): Step | undefined {
  return steps.find((step) => step.name === name);
}

/** The pages that this person is shown, in their order. */
export function askedSteps(values: DraftValues, ctx: StepContext): readonly Step[] {
  return steps.filter((step) => step.isAsked(values, ctx));
}

/** The first page without an answer; `undefined` when all is filled in. */
export function firstOpenStep(draft: Draft, ctx: StepContext): Step | undefined {
  return askedSteps(draft.values, ctx).find((step) =>
    step.fields.some((field) => draft.values[field] === undefined),
  );
}

/** Where to go on: the first page without an answer, else the check. */
export function nextPath(draft: Draft, ctx: StepContext): string {
  const open = firstOpenStep(draft, ctx);
  return open === undefined ? "/start/check" : `/start/${open.name}`;
}

/** The page before this one. */
export function pathBefore(draft: Draft, ctx: StepContext, step: Step): string {
  const asked = askedSteps(draft.values, ctx);
  const before = asked[asked.indexOf(step) - 1];
  return before === undefined ? "/start" : `/start/${before.name}`;
}
