import type { CareDeps, StoreDeps } from "../store/care-deps.ts";
import { realPause } from "./clock/real-pause.ts";
import { systemClock } from "./clock/system-clock.ts";
import { createDynamoDbClient } from "./dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "./dynamodb/dynamodb-store.ts";
import type { CareEnvironment } from "./environment.ts";
import { createUlidIds } from "./ids/ulid-ids.ts";
import { createHmacSecrets } from "./secrets/hmac-secrets.ts";

/** What a function is wired with that reads and writes care and decides nothing about it. */
export function createStoreAdapters(environment: CareEnvironment): StoreDeps {
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
    secrets: createHmacSecrets({
      linkSecret: environment.LINK_SECRET,
      contactSecret: environment.CONTACT_SECRET,
    }),
    pause: realPause,
  };
}

/**
 * What every function that decides about care is wired with.
 * @param reviews - the registry's: what is shared knows no workflow
 */
export function createCareAdapters(
  environment: CareEnvironment,
  reviews: CareDeps["reviews"],
): CareDeps {
  return { ...createStoreAdapters(environment), reviews };
}
