import * as z from "zod";
import { createS3AuditArchive } from "../../shared/aws/archive/s3-audit-archive.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import type { AuditArchive } from "../../shared/ports/audit-archive.ts";
import type { Logger } from "../../shared/ports/logger.ts";

const environmentSchema = z.object({
  AUDIT_ARCHIVE_BUCKET: z.string().min(3),
});

/** The log and the figures of this function. */
export const telemetry = createTelemetry("archive-audit");

let built: { readonly archive: AuditArchive; readonly logger: Logger } | undefined;

/** Built once per process. */
export function dependencies(): { readonly archive: AuditArchive; readonly logger: Logger } {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      archive: createS3AuditArchive({ bucket: environment.AUDIT_ARCHIVE_BUCKET }),
      logger: telemetry.logger,
    };
  }
  return built;
}
