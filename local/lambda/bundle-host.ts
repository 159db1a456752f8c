import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Context } from "aws-lambda";

/** What one invocation ended with; `payload` has been through JSON, as it is in Lambda. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace: string[];
    };

/** Where bundles lie and how long a function may take. */
export interface BundleHostOptions {
  /** The folder that holds `<name>/index.mjs` for every function. */
  readonly folder: string;
  /** Seconds that a function may take, by name; 30 where it is not listed. */
  readonly timeoutSeconds?: Readonly<Record<string, number>>;
}

type Handler = (event: unknown, context: Context) => unknown;

const DEFAULT_TIMEOUT_SECONDS = 30;

/** Runs the built functions inside this process, each loaded once, on its first call. */
export class BundleHost {
  readonly #options: BundleHostOptions;
  readonly #handlers = new Map<string, Promise<Handler>>();

  constructor(options: BundleHostOptions) {
    this.#options = options;
  }

  /** True where a bundle of that name was built. */
  has(name: string): boolean {
    return /^[a-z][a-z0-9-]*$/.test(name) && existsSync(this.#pathOf(name));
  }

  /** Loads a bundle ahead of its first call. Rejects where it cannot be loaded. */
  async load(name: string): Promise<void> {
    await this.#handlerOf(name);
  }

  /** Calls a function as Lambda does. Never rejects: a failure is a result with Lambda's own shape. */
  async invoke(name: string, event: unknown): Promise<InvocationResult> {
    let handler: Handler;
    try {
      handler = await this.#handlerOf(name);
    } catch (error) {
      return failure(error, "Runtime.ImportModuleError");
    }
    const seconds = this.#options.timeoutSeconds?.[name] ?? DEFAULT_TIMEOUT_SECONDS;
    const requestId = randomUUID();
    const deadlineMs = Date.now() + seconds * 1000;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<InvocationResult>((resolve) => {
      const errorMessage = `${requestId} Task timed out after ${seconds.toFixed(2)} seconds`;
      const expire = () =>
        resolve({ ok: false, errorType: "Sandbox.Timedout", errorMessage, trace: [] });
      timer = setTimeout(expire, seconds * 1000);
    });
    try {
      return await Promise.race([
        run(handler, event, contextOf(name, requestId, deadlineMs)),
        timeout,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Nothing of it outlives its calls. */
  async stop(): Promise<void> {}

  #pathOf(name: string): string {
    return join(this.#options.folder, name, "index.mjs");
  }

  #handlerOf(name: string): Promise<Handler> {
    const loaded = this.#handlers.get(name);
    if (loaded !== undefined) return loaded;
    const loading = loadHandler(this.#pathOf(name));
    // A bundle that failed to load is tried again at the next call, not remembered as broken.
    loading.catch(() => this.#handlers.delete(name));
    this.#handlers.set(name, loading);
    return loading;
  }
}

async function loadHandler(path: string): Promise<Handler> {
  const module: unknown = await import(pathToFileURL(path).href);
  const handler: unknown =
    typeof module === "object" && module !== null && "handler" in module
      ? module.handler
      : undefined;
  if (typeof handler !== "function")
    throw new Error(`${path} exports no function named "handler".`);
  return (event, context) => Reflect.apply(handler, undefined, [event, context]);
}

async function run(handler: Handler, event: unknown, context: Context): Promise<InvocationResult> {
  try {
    const result = await handler(roundTrip(event), context);
    return { ok: true, payload: roundTrip(result) };
  } catch (error) {
    return failure(error, "Error");
  }
}

function roundTrip(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text === undefined ? null : JSON.parse(text);
}

function failure(error: unknown, fallbackType: string): InvocationResult {
  if (!(error instanceof Error)) {
    return { ok: false, errorType: fallbackType, errorMessage: String(error), trace: [] };
  }
  const isPlain = error.name === "Error" || "code" in error;
  return {
    ok: false,
    errorType: isPlain ? fallbackType : error.name,
    errorMessage: error.message,
    trace: (error.stack ?? "").split("\n"),
  };
}

function contextOf(name: string, awsRequestId: string, deadlineMs: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: "1",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}:1`,
    memoryLimitInMB: "512",
    awsRequestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    done() {},
    fail() {},
    succeed() {},
  };
}
