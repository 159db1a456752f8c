import * as z from "zod";
import type { EffectDeps } from "../services/carry-out-effect.ts";
import { createCareAdapters } from "./care-adapters.ts";
import { careEnvironmentSchema } from "./environment.ts";
import { createFunctionRunner } from "./lambda/function-runner.ts";
import { createStepFunctionsRunner } from "./step-functions/step-functions-runner.ts";

/** The environment of the functions that start and wake executions. */
export const effectEnvironmentSchema = careEnvironmentSchema.extend({
  STATE_MACHINE_ARN_PREFIX: z.string().min(1),
});

/** What carrying out effects is wired with. */
export function createEffectAdapters(
  environment: z.infer<typeof effectEnvironmentSchema>,
): EffectDeps {
  return {
    ...createCareAdapters(environment),
    runner: createStepFunctionsRunner({
      stateMachineArnPrefix: environment.STATE_MACHINE_ARN_PREFIX,
    }),
    functions: createFunctionRunner(),
  };
}
