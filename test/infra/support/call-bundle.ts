import { type ChildProcess, spawn } from "node:child_process";

/** What came of a call: what the handler answered, or the name and the words of what it threw. */
export type Said = {
  readonly answer?: unknown;
  readonly error?: string;
  readonly message?: string;
};

/** Loads one bundle and calls it with each event that it is sent, one after the other. */
const host = `
import { pathToFileURL } from "node:url";
const context = {
  awsRequestId: "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
  functionName: "throughcare",
  functionVersion: "$LATEST",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:111111111111:function:throughcare",
  memoryLimitInMB: "512",
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 20_000,
};
const { handler } = await import(pathToFileURL(process.argv[1]).href);
process.on("message", async (event) => {
  try {
    process.send({ answer: await handler(event, context) });
  } catch (error) {
    process.send({ error: error.name, message: error.message });
  }
});
process.send("ready");
`;

/**
 * Bundles in processes, one for each function and environment: as in Lambda, where one that was started takes one
 * event after the other and shares nothing with another function.
 */
export class BundleProcesses {
  readonly #started = new Map<string, Promise<ChildProcess>>();

  /**
   * Hands an event to the process of a bundle, which the first one starts.
   * @param bundle - the bundle's file
   * @param options.env - all that the process finds in its environment
   * @throws {Error} with what the process said when it ends instead of answering
   */
  async call(
    bundle: string,
    event: unknown,
    options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  ): Promise<Said> {
    const name = JSON.stringify([bundle, options]);
    const starting = this.#started.get(name) ?? start(bundle, options);
    this.#started.set(name, starting);
    const child = await starting;
    const said = answerOf(child);
    child.send(JSON.parse(JSON.stringify(event)));
    return JSON.parse(JSON.stringify(await said));
  }

  /** Ends all of them. */
  async stop(): Promise<void> {
    for (const child of await Promise.all(this.#started.values())) child.kill();
  }
}

async function start(
  bundle: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", host, bundle], {
    ...options,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  await answerOf(child);
  return child;
}

/** The next message of a process. */
function answerOf(child: ChildProcess): Promise<Said> {
  return new Promise((resolve, reject) => {
    let output = "";
    const hear = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    const settled = () => {
      child.off("message", onMessage);
      child.off("error", reject);
      child.off("close", onClose);
      child.stdout?.off("data", hear);
      child.stderr?.off("data", hear);
    };
    const onMessage = (said: Said) => {
      settled();
      resolve(said);
    };
    const onClose = (code: number | null) => {
      settled();
      reject(new Error(`A bundle ended with ${code}: ${output}`));
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("error", reject);
    child.on("message", onMessage);
    child.on("close", onClose);
  });
}
