import { type CancellationReason, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { ConditionFailedError, type ExistingItem } from "../../errors/condition-failed-error.ts";
import { StoreMisuseError } from "../../errors/store-misuse-error.ts";
import { StoreUnavailableError } from "../../errors/store-unavailable-error.ts";
import { TransactionConflictError } from "../../errors/transaction-conflict-error.ts";
import { unpackItem } from "../../store/rules/packed-item.ts";

/**
 * What the error of a call means. The error itself is never handed on: it may hold items. Everything
 * that is not understood is "unavailable, outcome unknown", which every caller must bear anyway.
 */
export function storeError(error: unknown): Error {
  if (!(error instanceof Error)) return new StoreUnavailableError("The store failed");
  const code = error.name;
  switch (code) {
    case "TransactionCanceledException":
      return cancelled(reasonsOf(error));
    case "TransactionConflictException":
    case "TransactionInProgressException":
      return new TransactionConflictError("Another transaction was in the way");
    case "ValidationException":
    case "ItemCollectionSizeLimitExceededException":
      return new StoreMisuseError("The database does not take this request", { code });
    default:
      return new StoreUnavailableError("The store did not answer as it should", { code });
  }
}

function cancelled(reasons: readonly CancellationReason[]): Error {
  const failed = reasons.findIndex((reason) => reason.Code === "ConditionalCheckFailed");
  if (failed >= 0) return new ConditionFailedError(failed, existingItem(reasons[failed]));
  const codes = new Set(reasons.map((reason) => reason.Code));
  if (codes.has("ValidationError") || codes.has("ItemCollectionSizeLimitExceeded")) {
    return new StoreMisuseError("The database does not take this transaction", {
      code: [...codes].filter((each) => each !== undefined && each !== "None").join(" "),
    });
  }
  if (codes.has("TransactionConflict")) {
    return new TransactionConflictError("Another transaction was in the way");
  }
  const code = [...codes].find((each) => each !== undefined && each !== "None") ?? "unknown";
  return new StoreUnavailableError("The transaction was cancelled", { code });
}

function reasonsOf(error: Error): readonly CancellationReason[] {
  return error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
}

function existingItem(reason: CancellationReason | undefined): ExistingItem | undefined {
  if (reason?.Item === undefined) return undefined;
  const { pk, sk, ...rest } = unpackItem(unmarshall(reason.Item));
  return typeof pk === "string" && typeof sk === "string" ? { ...rest, pk, sk } : undefined;
}
