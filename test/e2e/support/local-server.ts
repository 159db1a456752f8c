import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endDynamoDb } from "../../../local/dynamodb/dynamodb-server.ts";

/** A running local server in a process of its own, as a person would start it. */
export class LocalServer {
  readonly dataFolder: string;
  readonly #startAt: string;
  #child: ChildProcess | undefined;
  #output = "";
  url = "";

  constructor(options: { readonly startAt: string }) {
    this.dataFolder = mkdtempSync(join(tmpdir(), "throughcare-"));
    this.#startAt = options.startAt;
  }

  /** Starts it, or starts it again on the same data after a kill. */
  async start(): Promise<void> {
    this.#output = "";
    const child = spawn(
      process.execPath,
      [
        "local/main.ts",
        "--port",
        "0",
        "--data",
        this.dataFolder,
        "--seed",
        "empty",
        "--frozen",
        "--start-at",
        this.#startAt,
      ],
      { cwd: join(import.meta.dirname, "../../.."), stdio: ["ignore", "pipe", "pipe"] },
    );
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The local server did not start:\n${this.#output}`)),
        60_000,
      );
      const listen = (chunk: Buffer) => {
        this.#output += chunk.toString();
        const url = /(http:\/\/127\.0\.0\.1:\d+)\/_local/.exec(this.#output)?.[1];
        if (url !== undefined && this.#output.includes("Ready.")) {
          clearTimeout(timer);
          this.url = url;
          resolve();
        }
      };
      child.stdout?.on("data", listen);
      child.stderr?.on("data", listen);
      child.on("exit", (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`The local server ended with ${signal ?? code}:\n${this.#output}`));
      });
    });
  }

  /** Everything it printed since its last start. */
  get output(): string {
    return this.#output;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5000))]);
      child.kill("SIGKILL");
    }
    await endDynamoDb(this.dataFolder);
    rmSync(this.dataFolder, { recursive: true, force: true });
  }
}
