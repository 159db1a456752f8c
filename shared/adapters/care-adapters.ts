import type { CareDeps } from "../services/care-deps.ts";
import { realPause } from "./clock/real-pause.ts";
import { systemClock } from "./clock/system-clock.ts";
import { createDynamoDbClient } from "./dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "./dynamodb/dynamodb-store.ts";
import type { CareEnvironment } from "./environment.ts";
import { createUlidIds } from "./ids/ulid-ids.ts";
import { createHmacSecrets } from "./secrets/hmac-secrets.ts";

/** What every function that touches care is wired with. */
export function createCareAdapters(environment: CareEnvironment): CareDeps {
  return {
    store: createDynamoDbStore({
      client: createDynamoDbClient(),
      tables: {
        care: environment.CARE_TABLE,
        identity: environment.IDENTITY_TABLE,
        audit: environment.AUDIT_TABLE,
      },
    }),
    clock: systemClock,
    ids: createUlidIds(systemClock),
    secrets: createHmacSecrets(environment.LINK_SECRET),
    pause: realPause,
  };
}
