import { workflowInputSchema } from "../../shared/contracts/step-event.ts";

/** The machine's fixed name, its definition's file and the input it takes. */
export const contract = {
  workflow: "intake",
  definitionFile: "intake.asl.json",
  inputSchema: workflowInputSchema,
} as const;
