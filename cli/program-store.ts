import * as z from "zod";
import { systemClock } from "../shared/aws/clock/system-clock.ts";
import { createDynamoDbClient } from "../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../shared/aws/dynamodb/dynamodb-store.ts";
import { type ListedVersion, listVersions } from "../shared/publishing/list-versions.ts";
import type { PublishDeps } from "../shared/publishing/publish-program.ts";
import { call, isLoopback, serverAddress } from "./api-client.ts";
import { CalledWrongly, type Input } from "./command.ts";

/** Where programs go: straight into named tables, or into the local run that keeps its own. */
export type ProgramTarget =
  | { readonly kind: "tables"; readonly deps: PublishDeps }
  | { readonly kind: "local-run"; readonly url: string };

/**
 * Tables are named as the functions name them, by who deploys; without names it is the local run.
 * @throws {CalledWrongly} when only some tables are named, or the server is not on this machine
 */
export function programTarget(input: Input): ProgramTarget {
  const { CARE_TABLE: care, IDENTITY_TABLE: identity, AUDIT_TABLE: audit } = input.io.env;
  const isStoreNamed = care !== undefined || input.io.env.AWS_ENDPOINT_URL_DYNAMODB !== undefined;
  if (isStoreNamed) {
    if (care === undefined || identity === undefined || audit === undefined) {
      throw new CalledWrongly(
        "Name the three tables in CARE_TABLE, IDENTITY_TABLE and AUDIT_TABLE, as the functions have them.",
      );
    }
    const store = createDynamoDbStore({
      client: createDynamoDbClient(),
      tables: { care, identity, audit },
    });
    return { kind: "tables", deps: { store, clock: systemClock } };
  }
  const server = serverAddress(input);
  if (!isLoopback(server)) {
    throw new CalledWrongly(
      "A server elsewhere takes no programs: name its tables in CARE_TABLE, IDENTITY_TABLE and AUDIT_TABLE and sign in to AWS.",
    );
  }
  return { kind: "local-run", url: `${server}/_local/programs` };
}

const listedSchema = z.object({
  versions: z.array(
    z.object({
      version: z.number(),
      publishedAt: z.string(),
      contentHash: z.string(),
      isLatest: z.boolean(),
      aboveCapacity: z.exactOptional(z.object({ reason: z.string(), loads: z.array(z.string()) })),
    }),
  ),
});

/** The versions of a program that are there already, in their order; none where it was never published. */
export async function publishedVersions(
  input: Input,
  target: ProgramTarget,
  programId: string,
): Promise<readonly ListedVersion[]> {
  if (target.kind === "tables") return await listVersions(target.deps.store, programId);
  const url = `${target.url}?program=${encodeURIComponent(programId)}`;
  return listedSchema.parse(await call(input, url, { method: "GET" })).versions;
}
