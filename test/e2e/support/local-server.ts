import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endDynamoDb } from "../../../local/dynamodb/dynamodb-server.ts";

/** A running local server in a process of its own, as a person would start it. */
export class LocalServer {
  readonly dataFolder: string;
  readonly #startAt: string;
  readonly #seed: "empty" | "demo";
  #child: ChildProcess | undefined;
  #output = "";
  #port = "0";
  url = "";

  /** @param options.seed - `demo` plays the stories of the demonstration first; without it nobody is there */
  constructor(options: { readonly startAt: string; readonly seed?: "empty" | "demo" }) {
    this.dataFolder = mkdtempSync(join(tmpdir(), "throughcare-"));
    this.#startAt = options.startAt;
    this.#seed = options.seed ?? "empty";
  }

  /** True between a start and the end of its process, whoever ended it. */
  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /**
   * Starts it, or starts it again on the same data and port after a kill.
   * @param env - such as `THROUGHCARE_LOCAL_KILL_AT`
   */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#output = "";
    const child = spawn(
      process.execPath,
      [
        "local/main.ts",
        "--port",
        this.#port,
        "--data",
        this.dataFolder,
        "--seed",
        this.#seed,
        "--frozen",
        "--start-at",
        this.#startAt,
      ],
      {
        cwd: join(import.meta.dirname, "../../.."),
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...env },
      },
    );
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The local server did not start:\n${this.#output}`)),
        240_000,
      );
      const listen = (chunk: Buffer) => {
        this.#output += chunk.toString();
        const url = /(http:\/\/127\.0\.0\.1:\d+)\/_local/.exec(this.#output)?.[1];
        if (url !== undefined && this.#output.includes("Ready.")) {
          clearTimeout(timer);
          this.url = url;
          this.#port = new URL(url).port;
          resolve();
        }
      };
      child.stdout?.on("data", listen);
      child.stderr?.on("data", listen);
      child.on("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
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
    if (child === undefined || !this.isRunning) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && this.isRunning) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
      await gone;
      clearTimeout(timer);
    }
    await endDynamoDb(this.dataFolder);
    rmSync(this.dataFolder, { recursive: true, force: true });
  }
}
