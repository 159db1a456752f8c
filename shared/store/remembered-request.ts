import * as z from "zod";
import type { Stored } from "../care/stored/fields.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { isRequest, keys } from "../keys/keys.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Store, WriteOperation } from "../ports/store.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

/** A request that was carried out, under the key its sender chose. */
const requestSchema = z.object({
  bodyHash: z.string(),
  /** Of the answer, as HTTP has it. */
  status: z.int(),
  body: z.string(),
});
export type RememberedRequest = Stored<typeof requestSchema>;
export const requestForm = storedForm("care", "request", requestSchema);

export type RequestIdentity = {
  /** Whose keys these are: a member of staff, a partner, the public page. */
  readonly scope: string;
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
};

const keptDays = 30;

/** What tells two requests under one idempotency key apart: a hash of method, path and body. */
export function requestHash(secrets: Secrets, request: RequestIdentity): string {
  return secrets.sha256(`${request.method} ${request.path}\n${request.body}`);
}

/**
 * What a repeated request is told: the first answer when it is the same request, `other-body` when the
 * key was used for another one, `undefined` when it is new.
 */
export async function findRequest(
  deps: { readonly store: Store; readonly secrets: Secrets },
  request: RequestIdentity,
): Promise<RememberedRequest | "other-body" | undefined> {
  const key = keys.request(request.scope, request.key);
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const remembered = readStored(requestForm, item);
  return remembered.bodyHash === requestHash(deps.secrets, request) ? remembered : "other-body";
}

/** Remembers the answer in the transaction that gives it; ids and codes only. */
export function rememberRequest(
  secrets: Secrets,
  request: RequestIdentity,
  answer: { readonly status: number; readonly body: string },
  now: string,
): WriteOperation {
  return {
    put: {
      table: "care",
      item: {
        ...keys.request(request.scope, request.key),
        schemaVersion: currentVersion(requestForm),
        kind: "request",
        bodyHash: requestHash(secrets, request),
        status: answer.status,
        body: answer.body,
        expiresAtEpochSeconds: Math.floor(Date.parse(now) / 1000) + keptDays * 86_400,
      },
      condition: { kind: "absent" },
    },
  };
}

/** True where a write failed because the same request has been carried out, and remembered, meanwhile. */
export function isCarriedOutRequest(error: unknown): boolean {
  return (
    error instanceof ConditionFailedError &&
    error.existing !== undefined &&
    isRequest(error.existing.pk)
  );
}

/** Keys that may be used: printable, short enough for a sort key. */
export const requestKeyPattern = /^[A-Za-z0-9_.:-]{8,128}$/;
