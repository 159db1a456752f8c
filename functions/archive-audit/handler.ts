import { streamStack } from "../../shared/middleware/stream-stack.ts";
import { archiveAudit } from "./archive-audit.ts";
import { dependencies, telemetry } from "./dependencies.ts";

export const handler = streamStack({
  telemetry,
  run: (records) => archiveAudit(dependencies(), records),
});
