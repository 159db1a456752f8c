import * as z from "zod";
import { createS3AuditArchive } from "../../shared/aws/archive/s3-audit-archive.ts";
import { createLogger } from "../../shared/observability/logger.ts";
import type { AuditArchive } from "../../shared/ports/audit-archive.ts";
import type { Logger } from "../../shared/ports/logger.ts";

const environmentSchema = z.object({
  AUDIT_ARCHIVE_BUCKET: z.string().min(3),
  AWS_REGION: z.string().min(1),
  /** Another place than AWS's own; the SDK's variable for the service. */
  AWS_ENDPOINT_URL_S3: z.url().optional(),
});

let built: { readonly archive: AuditArchive; readonly logger: Logger } | undefined;

/** Built once per process. */
export function dependencies(): { readonly archive: AuditArchive; readonly logger: Logger } {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      archive: createS3AuditArchive({
        bucket: environment.AUDIT_ARCHIVE_BUCKET,
        region: environment.AWS_REGION,
        ...(environment.AWS_ENDPOINT_URL_S3 === undefined
          ? {}
          : { endpoint: environment.AWS_ENDPOINT_URL_S3 }),
      }),
      logger: createLogger("archive-audit"),
    };
  }
  return built;
}
