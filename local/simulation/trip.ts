/**
 * The trip through the code from a referral to the first message: which files of workflows, functions and shared
 * are entered, call by call, as V8 counts it. A file that is only imported does not count.
 *
 * `node local/simulation/trip.ts` prints it as the section of docs/architecture.md; `--write` puts it there.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { createReceiveIntake } from "../../functions/receive-intake/receive-intake.ts";
import { MemoryWorld } from "../in-memory/memory-world.ts";
import { seedFoundation } from "../seeds/seed-foundation.ts";

/** One call of a function, and the files that nothing before it had entered. */
export type Leg = { readonly functionName: string; readonly files: readonly string[] };

const root = join(import.meta.dirname, "../..");
/** What stands in for the database, the clock and the providers is no part of the trip. */
const counted = /^(workflows|functions|shared)\//;
const standsIn = /^shared\/(aws|store\/(memory|rules))\//;

const referral = {
  programId: "adult-iop",
  siteId: "riverside",
  source: "self",
  participant: {
    name: { given: "Robin", family: "Okafor" },
    birthDate: "1990-03-28",
    phone: "+12125550142",
    phoneKind: "own",
    email: "robin@example.org",
    language: "en",
  },
  consents: { sms: true, email: true, voicemail: true },
};

class Counter {
  readonly #session = new Session();
  readonly #entered = new Set<string>();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  }

  /** The files with a function that was entered since the last time, and never before. */
  async newlyEntered(): Promise<readonly string[]> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    const found = result.flatMap(({ url, functions }) => {
      if (!url.startsWith("file:")) return [];
      const path = relative(root, fileURLToPath(url));
      if (!counted.test(path) || standsIn.test(path) || this.#entered.has(path)) return [];
      const isEntered = functions.some(({ functionName, ranges: [whole] }) => {
        // The file itself, which runs when it is imported.
        if (functionName === "" && whole?.startOffset === 0) return false;
        return (whole?.count ?? 0) > 0;
      });
      return isEntered ? [path] : [];
    });
    for (const path of found) this.#entered.add(path);
    return found.sort();
  }
}

/** Sends a referral into a world in memory and follows it up to the first message. */
export async function countTrip(): Promise<readonly Leg[]> {
  const counter = new Counter();
  const legs: Leg[] = [];
  const leg = async <Answer>(functionName: string, run: () => Promise<Answer>): Promise<Answer> => {
    if (world.sent.length > 0) return run();
    await counter.newlyEntered();
    const answer = await run();
    const files = await counter.newlyEntered();
    if (files.length > 0) legs.push({ functionName, files });
    return answer;
  };
  const world: MemoryWorld = new MemoryWorld({
    // A Tuesday, 11:00 in New York.
    startAt: "2027-01-12T16:00:00.000Z",
    conflictRate: 0,
    seed: 1,
    observer: {
      store: (store) => store,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      call: leg,
      committed: () => {},
    },
  });
  await seedFoundation({ store: world.store, clock: world.deps.clock });
  const app = createReceiveIntake({ ...world.deps, verifyToken: async () => undefined });
  await counter.start();
  const response = await leg("receive-intake", async () =>
    app.request("https://care.example.org/api/v1/intakes", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": "the-trip-of-one" },
      body: JSON.stringify(referral),
    }),
  );
  if (response.status !== 202) throw new Error(`The referral was answered ${response.status}`);
  await world.settle();
  for (let hours = 0; world.sent.length === 0 && hours < 48; hours += 1)
    await world.advanceHours(1);
  if (world.sent.length === 0) throw new Error("No message was sent in two days");
  if (world.problems.length > 0) throw new Error(world.problems.join("\n"));
  return legs;
}

const begins = "<!-- The trip: written by `npm run trip -- --write` -->";
const ends = "<!-- The end of the trip -->";

/** The trip as a section of docs/architecture.md. */
export function describeTrip(legs: readonly Leg[]): string {
  const total = legs.reduce((sum, { files }) => sum + files.length, 0);
  return [
    begins,
    "",
    `From a referral to the first message, ${total} files of \`workflows\`, \`functions\` and \`shared\` are entered. Each call of a`,
    "function stands with the files that no call before it had entered; what stands in for AWS is left out.",
    "",
    ...legs.flatMap(({ functionName, files }, index) => [
      `${index + 1}. \`${functionName}\` (${files.length})`,
      ...files.map((file) => `   - \`${file}\``),
    ]),
    "",
    ends,
  ].join("\n");
}

/** The section as it stands in the document; `undefined` where there is none. */
export function writtenTrip(document: string): string | undefined {
  const from = document.indexOf(begins);
  const to = document.indexOf(ends);
  return from < 0 || to < from ? undefined : document.slice(from, to + ends.length);
}

if (process.argv[1] === import.meta.filename) {
  const section = describeTrip(await countTrip());
  if (process.argv.includes("--write")) {
    const file = join(root, "docs/architecture.md");
    const document = readFileSync(file, "utf8");
    const written = writtenTrip(document);
    if (written === undefined) throw new Error(`docs/architecture.md has no section ${begins}`);
    writeFileSync(file, document.replace(written, section));
  } else console.log(section);
}
