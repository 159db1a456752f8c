import { parseArgs } from "node:util";

export type Seed = "empty" | "demo";
export type LocalOptions = {
  readonly port: number;
  readonly dataFolder: string;
  readonly seed: Seed;
  readonly isFrozen: boolean;
  readonly startAt?: string;
};

/** Reads the command line of the local run. Wrong options are a sentence, not a stack. */
export function readOptions(argv: readonly string[]): LocalOptions | { readonly problem: string } {
  let values: {
    port?: string;
    data?: string;
    seed?: string;
    frozen?: boolean;
    "start-at"?: string;
  };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        data: { type: "string" },
        seed: { type: "string" },
        // Time stands still until it is moved: for tests and demonstrations.
        frozen: { type: "boolean" },
        "start-at": { type: "string" },
      },
    }));
  } catch (error) {
    return {
      problem: `${error instanceof Error ? error.message : "Unknown option"}. Options: --port N, --data DIR, --seed empty|demo.`,
    };
  }
  const port = Number(values.port ?? "8080");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return { problem: "--port takes a number from 0 to 65535." };
  const seed = values.seed ?? "demo";
  if (seed !== "empty" && seed !== "demo") return { problem: "--seed takes empty or demo." };
  const startAt = values["start-at"];
  if (startAt !== undefined && Number.isNaN(Date.parse(startAt)))
    return { problem: "--start-at takes an instant, such as 2027-01-04T15:00:00Z." };
  return {
    port,
    dataFolder: values.data ?? ".throughcare",
    seed,
    isFrozen: values.frozen ?? false,
    ...(startAt === undefined ? {} : { startAt: new Date(startAt).toISOString() }),
  };
}
