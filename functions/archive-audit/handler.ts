import { streamEventSchema } from "../../shared/contracts/stream-event.ts";
import { stepStack } from "../../shared/middleware/stacks.ts";
import { archiveAudit } from "./archive-audit.ts";
import { dependencies } from "./dependencies.ts";

export const handler = stepStack({
  logger: () => dependencies().logger,
  schema: streamEventSchema,
  run: (event) => archiveAudit(dependencies(), event.Records),
});
