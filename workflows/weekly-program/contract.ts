import { workflowInputSchema } from "../../shared/contracts/step-event.ts";

/** The machine's fixed name, its definition's file and the input it takes. */
export const contract = {
  workflow: "weekly-program",
  definitionFile: "weekly-program.asl.json",
  inputSchema: workflowInputSchema,
} as const;
