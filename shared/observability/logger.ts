import { Logger as PowertoolsLogger } from "@aws-lambda-powertools/logger";
import { CareError } from "../errors/care-error.ts";
import { ItemTooLargeError } from "../errors/item-too-large-error.ts";
import { ItemTooNewError } from "../errors/item-too-new-error.ts";
import { UnreadableItemError } from "../errors/unreadable-item-error.ts";
import type { LogFields, Logger } from "../ports/logger.ts";

const allowedKeys = [
  "episodeId",
  "driverId",
  "executionName",
  "workflow",
  "step",
  "outcome",
  "messageId",
  "pageKey",
  "channel",
  "escalationId",
  "taskId",
  "effectKey",
  "functionName",
  "route",
  "status",
  "count",
  "code",
] as const satisfies readonly (keyof LogFields)[];

/** An error that wraps another, which wraps a third, is followed this far. */
const deepestCause = 3;

/**
 * What AWS, or the connection to it, called a failure: `AccessDeniedException`, `ThrottlingException`,
 * `ECONNRESET`. Adapters keep it as the code of their errors; undefined where nobody named one.
 */
function errorCode(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > deepestCause) return undefined;
  const code: unknown =
    error instanceof CareError ? error.details.code : Reflect.get(error, "code");
  if (typeof code === "string") return code;
  // Errors of the AWS SDK carry AWS's own name.
  return "$metadata" in error ? error.name : errorCode(error.cause, depth + 1);
}

const placeKeys = ["table", "kind", "pk", "sk", "fault"] as const;

/** Where in the store a fault is: keys of ours and the path, as `readStored` tells them. */
function placeOf(details: CareError["details"]): Record<string, string> {
  const place: Record<string, string> = {};
  for (const key of placeKeys) {
    const value = details[key];
    if (typeof value === "string") place[`item${key[0]?.toUpperCase()}${key.slice(1)}`] = value;
  }
  return place;
}

/** Fields as they may be logged: allow-listed keys, and of an error its name and code, never its text. */
export function allowedFields(fields: LogFields): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const key of allowedKeys) {
    const value = fields[key];
    if (typeof value === "string" || typeof value === "number") kept[key] = value;
  }
  if (fields.error !== undefined) {
    const { error } = fields;
    kept.errorName = error instanceof Error ? error.name : typeof error;
    const code = errorCode(error);
    if (code !== undefined) kept.errorCode = code;
    // Messages of our own errors are static sentences; those of libraries may quote their input.
    if (error instanceof CareError) {
      kept.errorMessage = error.message;
      const { provider } = error.details;
      if (typeof provider === "string") kept.provider = provider;
      if (
        error instanceof UnreadableItemError ||
        error instanceof ItemTooNewError ||
        error instanceof ItemTooLargeError
      )
        Object.assign(kept, placeOf(error.details));
    }
  }
  return kept;
}

/** The library's logger of a function; what it is told goes through `careLogger`. */
export function createPowertoolsLogger(functionName: string): PowertoolsLogger {
  return new PowertoolsLogger({ serviceName: functionName });
}

/** The logger that functions are given: it writes sentences of ours and the allowed fields. */
export function careLogger(logger: PowertoolsLogger): Logger {
  return {
    info: (sentence, fields = {}) => logger.info(sentence, allowedFields(fields)),
    warn: (sentence, fields = {}) => logger.warn(sentence, allowedFields(fields)),
    error: (sentence, fields = {}) => logger.error(sentence, allowedFields(fields)),
  };
}
