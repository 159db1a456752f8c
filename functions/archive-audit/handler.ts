import { eventStack } from "../../shared/middleware/stacks.ts";
import { type AuditRecord, archiveAudit } from "./archive-audit.ts";
import { dependencies } from "./dependencies.ts";

export const handler = eventStack({
  logger: () => dependencies().logger,
  run: (event: { readonly Records: readonly AuditRecord[] }) =>
    archiveAudit(dependencies(), event.Records),
});
