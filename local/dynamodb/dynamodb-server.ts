import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { endProcess, isDynoxideOn, processesOn } from "./dynoxide-process.ts";
import { indexStream } from "./index-stream.ts";

/** A DynamoDB-compatible server that is up. */
export interface DynamoDbServer {
  readonly endpoint: string;
  /** The database's file, absolute; none where the endpoint belongs to somebody else. */
  readonly file?: string;
  /** Ends the server; does nothing where the endpoint belongs to somebody else. */
  stop(): Promise<void>;
}

/** How {@link startDynamoDb} starts. */
export interface DynamoDbServerOptions {
  /** Holds the database file and the record of the running server; made where it is missing. */
  readonly dataFolder: string;
  /** Where AWS_ENDPOINT_URL_DYNAMODB is read from; the process's own environment by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The server's executable; the one that npm installed by default. */
  readonly binary?: string;
}

const recordSchema = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().positive(),
  file: z.string(),
});

const START_LIMIT_MS = 10_000;
const INSTALLED_BINARY = fileURLToPath(
  new URL("../../node_modules/@dynoxide/linux-x64/dynoxide", import.meta.url),
);

/**
 * Starts the database server on a free loopback port. The server outlives a parent that is killed;
 * the next start finds it by its record, or by its file where even the record is missing, and ends
 * it first, because two servers on one file would each answer with half of the truth.
 *
 * Rejects where this platform has no server, or where it does not come up within 10 seconds.
 */
export async function startDynamoDb(options: DynamoDbServerOptions): Promise<DynamoDbServer> {
  const environment = options.environment ?? process.env;
  const given = environment.AWS_ENDPOINT_URL_DYNAMODB;
  if (given !== undefined && given !== "") return { endpoint: given, stop: async () => undefined };
  const binary = options.binary ?? INSTALLED_BINARY;
  if (!existsSync(binary)) throw new Error(noBinarySentence());
  mkdirSync(options.dataFolder, { recursive: true });
  const file = join(options.dataFolder, "dynamodb.db");
  await endDynamoDb(options.dataFolder);
  const port = await freePort();
  const log = openSync(join(options.dataFolder, "dynamodb.log"), "a");
  const arguments_ = ["--host", "127.0.0.1", "--port", String(port), "--db-path", file];
  const child = spawn(binary, arguments_, { detached: true, stdio: ["ignore", log, log] });
  let ended: string | undefined;
  child.once("error", (error) => {
    ended = error.message;
  });
  child.once("exit", (code, signal) => {
    ended = `it ended with ${signal ?? `code ${code}`}`;
  });
  child.unref();
  const pid = child.pid;
  if (pid !== undefined) writeRecord(options.dataFolder, { pid, port, file });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(endpoint))) {
    if (ended !== undefined || Date.now() > deadline) {
      if (pid !== undefined && ended === undefined) await endProcess(pid);
      const why = ended ?? "it did not answer within 10 seconds";
      throw new Error(
        `The local database did not start: ${why}. See ${options.dataFolder}/dynamodb.log.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  indexStream(file, Date.now());
  return { endpoint, file, stop: () => endDynamoDb(options.dataFolder) };
}

/** Ends the server that runs on this folder's database, if one does. */
export async function endDynamoDb(dataFolder: string): Promise<void> {
  const file = join(dataFolder, "dynamodb.db");
  const record = readRecord(dataFolder);
  const pids = new Set(processesOn(file));
  // The number may belong to another program by now, so only a real server is ended.
  if (record !== undefined && isDynoxideOn(record.pid, record.file)) pids.add(record.pid);
  await Promise.all([...pids].map((pid) => endProcess(pid)));
  rmSync(join(dataFolder, "dynamodb.json"), { force: true });
}

function readRecord(dataFolder: string): z.infer<typeof recordSchema> | undefined {
  try {
    const text = readFileSync(join(dataFolder, "dynamodb.json"), "utf8");
    return recordSchema.parse(JSON.parse(text));
  } catch {
    // A missing or damaged record is no obstacle: the server is also found by its file.
    return undefined;
  }
}

function writeRecord(dataFolder: string, record: z.infer<typeof recordSchema>): void {
  const draft = join(dataFolder, `dynamodb.json.${process.pid}.draft`);
  writeFileSync(draft, JSON.stringify(record));
  renameSync(draft, join(dataFolder, "dynamodb.json"));
}

/** Any HTTP answer will do: an open port alone could still be a server that is not ready. */
async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(1000) });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function noBinarySentence(): string {
  const platform = `${process.platform}-${process.arch}`;
  return platform === "linux-x64"
    ? "The local database is not installed: run `npm install` and try again."
    : `There is no local database for ${platform}: start any DynamoDB-compatible server and give its address in AWS_ENDPOINT_URL_DYNAMODB.`;
}
