import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { InvocationResult } from "../lambda/bundle-host.ts";
import type { Nearby } from "./aws-nearby.ts";
import type { Answer, Beginning, Call } from "./function-process.ts";
import type { NamedCall } from "./named-calls.ts";

export interface ProcessHostOptions {
  /** The folder that holds `<name>/index.mjs` for every function. */
  readonly folder: string;
  readonly nearby: Nearby;
  /** The whole environment of a function's process. */
  readonly environmentOf: (name: string) => Readonly<Record<string, string>>;
  readonly timeoutSecondsOf: (name: string) => number;
  /** The instant that a function's clock shows during a call, epoch milliseconds. */
  readonly nowEpochMs: () => number;
  /** Told what a function asked of AWS. */
  readonly onAsked: (name: string, asked: readonly NamedCall[]) => void;
}

type FunctionProcess = {
  readonly child: ChildProcess;
  readonly waiting: Map<number, (result: InvocationResult) => void>;
};

/** Runs each function in a clean process of its own, started with its first call. */
export class ProcessHost {
  readonly #options: ProcessHostOptions;
  readonly #processes = new Map<string, FunctionProcess>();
  #calls = 0;

  constructor(options: ProcessHostOptions) {
    this.#options = options;
  }

  /** True where there is a bundle of that name. */
  has(name: string): boolean {
    return /^[a-z][a-z0-9-]*$/.test(name) && existsSync(this.#folderOf(name));
  }

  /** Calls a function as Lambda does. Never rejects: a failure is a result with Lambda's own shape. */
  invoke(name: string, event: unknown): Promise<InvocationResult> {
    const { child, waiting } = this.#processOf(name);
    this.#calls += 1;
    const call: Call = { id: this.#calls, event, nowEpochMs: this.#options.nowEpochMs() };
    return new Promise((resolve) => {
      waiting.set(call.id, resolve);
      child.send(call);
    });
  }

  /** Resolves when every process has ended. */
  async stop(): Promise<void> {
    const ending = [...this.#processes.values()].map(
      ({ child }) =>
        new Promise<void>((resolve) => {
          child.once("exit", () => resolve());
          child.disconnect();
        }),
    );
    await Promise.all(ending);
  }

  #folderOf(name: string): string {
    return join(this.#options.folder, name);
  }

  #processOf(name: string): FunctionProcess {
    const running = this.#processes.get(name);
    if (running !== undefined) return running;
    const { folder, nearby, environmentOf, timeoutSecondsOf, onAsked } = this.#options;
    const child = fork(join(import.meta.dirname, "function-process.ts"), {
      cwd: this.#folderOf(name),
      env: environmentOf(name),
      execArgv: [],
      // What functions log, the cloud would keep elsewhere; what they cannot log is for this terminal.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const waiting: FunctionProcess["waiting"] = new Map();
    child.on("message", ({ id, result, asked }: Answer) => {
      onAsked(name, asked);
      waiting.get(id)?.(result);
      waiting.delete(id);
    });
    child.on("exit", (code, signal) => {
      this.#processes.delete(name);
      const errorMessage = `The process of ${name} ended with ${signal ?? code}`;
      for (const resolve of waiting.values())
        resolve({ ok: false, errorType: "Runtime.ExitError", errorMessage, trace: [] });
    });
    const beginning: Beginning = { name, folder, nearby, timeoutSeconds: timeoutSecondsOf(name) };
    child.send(beginning);
    const started = { child, waiting };
    this.#processes.set(name, started);
    return started;
  }
}
