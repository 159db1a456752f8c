import { dataBreaches } from "./breaches/data.ts";
import { functionsBreaches } from "./breaches/functions.ts";
import { messagingBreaches } from "./breaches/messaging.ts";
import { operationsBreaches } from "./breaches/operations.ts";
import type { Breach } from "./breaches/plant.ts";
import { webBreaches } from "./breaches/web.ts";
import { workflowBreaches } from "./breaches/workflow.ts";

/** For every rule a template that breaks it, and nothing else changed. */
export const breaches: readonly Breach[] = [
  ...dataBreaches,
  ...workflowBreaches,
  ...functionsBreaches,
  ...messagingBreaches,
  ...webBreaches,
  ...operationsBreaches,
];
