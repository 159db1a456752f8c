import * as z from "zod";
import type { Refusal } from "../care/change/change.ts";
import type { Stored } from "../care/stored/fields.ts";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { ItemTooLargeError } from "../errors/item-too-large-error.ts";
import { StoreUnavailableError } from "../errors/store-unavailable-error.ts";
import { TransactionConflictError } from "../errors/transaction-conflict-error.ts";
import { isRequest, keys } from "../keys/keys.ts";
import type { Pause } from "../ports/pause.ts";
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

/** 88 bits: enough that no two commands of one episode are ever taken for the same. */
const digits = 22;

/**
 * What an episode remembers of a command's id. The root is written with every change and is charged by its
 * size; whole ids were more than half of it.
 */
export function rememberedCommand(secrets: Pick<Secrets, "sha256">, commandId: string): string {
  return secrets.sha256(commandId).slice(0, digits);
}

/** Between a command and its answer. */
const separator = "\n";

/**
 * A command with its answer as the root keeps it: one text, since the names of two attributes would be as
 * long as what they hold, and the root is written with every change.
 */
export function commandText(command: string, answer: string): string {
  return `${command}${separator}${answer}`;
}

/** What a command was answered the first time; `undefined` where it is not remembered. */
export function answerTo(commands: readonly string[], command: string): string | undefined {
  const start = `${command}${separator}`;
  return commands.find((one) => one.startsWith(start))?.slice(start.length);
}

/**
 * Tries of one change of an aggregate that others are changing as well. 24 may write at once, and each of them
 * may come last: 24 tries, and room for transactions that were in each other's way.
 */
const maxTries = 40;
const firstPauseMs = 10;
const longestPauseMs = 320;

/** True where another write was first: nothing was written, and a fresh look decides again. */
export function isInTheWay(error: unknown): boolean {
  return error instanceof ConditionFailedError || error instanceof TransactionConflictError;
}

/**
 * Looks, decides and writes, and does so again while others change the same: with a pause that grows and is
 * partly chance, so that those who collided do not meet again, and within some ten seconds in all.
 *
 * @param tryOnce - reads afresh each time; must tell a repeat of its own from a new change
 * @param unknownOutcomes - how often it may be tried again after the store gave no answer; 0 by default
 * @throws what the last try threw; at once where the request itself has been carried out meanwhile
 */
export async function amongOthers<Result>(
  deps: { readonly pause: Pause },
  tryOnce: () => Promise<Result>,
  unknownOutcomes = 0,
): Promise<Result> {
  let unknown = 0;
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryOnce();
    } catch (error) {
      if (error instanceof StoreUnavailableError && unknown < unknownOutcomes) {
        unknown += 1;
        await deps.pause.milliseconds(50 * unknown);
        continue;
      }
      if (!isInTheWay(error) || isCarriedOutRequest(error) || tries >= maxTries) throw error;
      await deps.pause.milliseconds(Math.min(longestPauseMs, firstPauseMs * 2 ** tries));
    }
  }
}

/** What came of a call: its answer as JSON, why it was refused, or that its key belongs to another call. */
export type CallOutcome =
  | { readonly outcome: "done"; readonly body: string }
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  | { readonly outcome: "other-call" };

/** Told months before, see `report-large-items.ts`; trying again does not help. */
const full: Refusal = {
  refused: "not-now",
  sentence:
    "Nothing was changed: what is stored here is as large as the database lets it be. Tell whoever looks after Throughcare.",
};

/**
 * Carries out a call that remembers its answer with its change, once for each key: a call that was carried
 * out gets its first answer again. Of two equal calls at the same moment the second finds the first one's
 * change made, and is told what the first was told. What was refused is not remembered.
 *
 * @param carryOut - does it, and gives the answer's text or why nothing was done
 */
export async function carryOutOnce(
  deps: { readonly store: Store; readonly secrets: Secrets },
  request: RequestIdentity,
  carryOut: () => Promise<string | Refusal>,
): Promise<CallOutcome> {
  const before = await findRequest(deps, request);
  if (before === "other-body") return { outcome: "other-call" };
  if (before !== undefined) return { outcome: "done", body: before.body };
  const done = await carryOut().catch((error: unknown) => {
    if (isCarriedOutRequest(error)) return undefined;
    if (error instanceof ItemTooLargeError) return full;
    throw error;
  });
  if (typeof done === "string") return { outcome: "done", body: done };
  const meanwhile = await findRequest(deps, request);
  if (meanwhile === "other-body") return { outcome: "other-call" };
  if (meanwhile !== undefined) return { outcome: "done", body: meanwhile.body };
  return {
    outcome: "refused",
    refusal: done ?? {
      refused: "not-now",
      sentence: "This was being done by another call at the same moment. Read it again.",
    },
  };
}
