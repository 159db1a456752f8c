import { parseArgs } from "node:util";

/** How the engine is started alone. */
export interface StandaloneOptions {
  readonly port: number;
  readonly lambdaEndpoint: string;
  /** The SQLite file; in memory where absent. */
  readonly data?: string;
  /** Function calls under way at once. */
  readonly concurrency: number;
}

/** What `--help` prints. */
export const usage = `Runs state machines on this machine, for the ordinary Step Functions client.

Usage: npm run local:step-functions -- [options]

  --port N                the port on 127.0.0.1; 8083 where absent, 0 for any free one
  --lambda-endpoint URL   where Lambda's Invoke answers; http://127.0.0.1:3001 where absent
  --data FILE             a SQLite file that keeps machines and executions; in memory where absent
  --concurrency N         function calls under way at once; 16 where absent, 1000 at most
  --help                  prints this

It prints its address when it is ready. Give it to the client as its endpoint, with any region,
key and secret. What this engine does not do is refused, by name, when a machine is created.`;

/** Reads the command line; wrong options come back as a sentence. */
export function readStandaloneOptions(
  argv: readonly string[],
): StandaloneOptions | { readonly problem: string } | { readonly help: true } {
  let values: {
    port?: string;
    "lambda-endpoint"?: string;
    data?: string;
    concurrency?: string;
    help?: boolean;
  };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        "lambda-endpoint": { type: "string" },
        data: { type: "string" },
        concurrency: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { help: true };
  const port = values.port ?? "8083";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return { problem: `--port takes a number from 0 to 65535, not '${port}'.` };
  }
  const lambdaEndpoint = values["lambda-endpoint"] ?? "http://127.0.0.1:3001";
  if (!/^https?:$/.test(URL.parse(lambdaEndpoint)?.protocol ?? "")) {
    return { problem: `--lambda-endpoint takes an http or https URL, not '${lambdaEndpoint}'.` };
  }
  if (values.data === "") return { problem: "--data takes the name of a file." };
  const concurrency = values.concurrency ?? "16";
  if (!/^\d{1,4}$/.test(concurrency) || Number(concurrency) < 1 || Number(concurrency) > 1000) {
    return { problem: `--concurrency takes a number from 1 to 1000, not '${concurrency}'.` };
  }
  return {
    port: Number(port),
    lambdaEndpoint,
    concurrency: Number(concurrency),
    ...(values.data === undefined ? {} : { data: values.data }),
  };
}
