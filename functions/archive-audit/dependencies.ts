import * as z from "zod";
import { createS3AuditArchive } from "../../shared/aws/archive/s3-audit-archive.ts";
import { createDynamoDbClient } from "../../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../shared/aws/dynamodb/dynamodb-store.ts";
import { createTelemetry } from "../../shared/observability/telemetry.ts";
import type { AuditArchive } from "../../shared/ports/audit-archive.ts";
import type { Logger } from "../../shared/ports/logger.ts";
import type { Store } from "../../shared/ports/store.ts";

const environmentSchema = z.object({
  AUDIT_ARCHIVE_BUCKET: z.string().min(3),
  AUDIT_TABLE: z.string().min(3),
});

type Dependencies = {
  readonly archive: AuditArchive;
  readonly logger: Logger;
  readonly store: Pick<Store, "getMany">;
};

/** The log and the figures of this function. */
export const telemetry = createTelemetry("archive-audit");

let built: Dependencies | undefined;

/** Built once per process. */
export function dependencies(): Dependencies {
  if (built === undefined) {
    const environment = environmentSchema.parse(process.env);
    built = {
      archive: createS3AuditArchive({ bucket: environment.AUDIT_ARCHIVE_BUCKET }),
      logger: telemetry.logger,
      store: createDynamoDbStore({
        client: createDynamoDbClient(),
        // It reads its own table; the others have no name here.
        tables: { care: "", identity: "", audit: environment.AUDIT_TABLE },
      }),
    };
  }
  return built;
}
