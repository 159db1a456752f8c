import { workflowInputSchema } from "../../shared/contracts/step-event.ts";

/** The machine's fixed name, its definition's file and the input it takes. */
export const contract = {
  workflow: "outreach",
  definitionFile: "outreach.asl.json",
  inputSchema: workflowInputSchema,
} as const;
