import * as z from "zod";
import type { FunctionRunner } from "../ports/function-runner.ts";
import type { WorkflowRunner } from "../ports/workflow-runner.ts";
import type { CareDeps } from "../store/care-deps.ts";
import { createCareAdapters } from "./care-adapters.ts";
import { careEnvironmentSchema } from "./environment.ts";
import { createFunctionRunner } from "./lambda/function-runner.ts";
import { createStepFunctionsRunner } from "./step-functions/step-functions-runner.ts";

/** The environment of the functions that start and wake executions. */
export const outboxEnvironmentSchema = careEnvironmentSchema.extend({
  STATE_MACHINE_ARN_PREFIX: z.string().min(1),
});

/** What carrying out outbox entries is wired with. */
export function createOutboxAdapters(
  environment: z.infer<typeof outboxEnvironmentSchema>,
  reviews: CareDeps["reviews"],
): CareDeps & { readonly runner: WorkflowRunner; readonly functions: FunctionRunner } {
  return {
    ...createCareAdapters(environment, reviews),
    runner: createStepFunctionsRunner({
      stateMachineArnPrefix: environment.STATE_MACHINE_ARN_PREFIX,
    }),
    functions: createFunctionRunner(),
  };
}
