import { readOptions } from "./options.ts";
import { startLocal } from "./start-local.ts";
import { whenAskedToEnd } from "./when-asked-to-end.ts";

/**
 * The local run from its command line until it is asked to end: says what it does, and where to look when it is ready.
 * @param argv - the options, without the program
 */
export async function runLocal(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv);
  if ("problem" in options) {
    console.error(options.problem);
    process.exit(2);
  }
  const startedAt = performance.now();
  const say = (sentence: string) =>
    console.log(
      `  ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${sentence}`,
    );
  console.log("Throughcare on this machine: fictional people, nothing is sent.\n");
  const starting = startLocal(options, say);
  whenAskedToEnd(async () => {
    // What is being started is waited for: the database would stay behind otherwise.
    const running = await starting.catch(() => undefined);
    await running?.stop();
    process.exit(0);
  });
  try {
    const running = await starting;
    if (running.portWasBusy)
      console.log(`\nPort ${options.port} is in use; this run has another one.`);
    console.log(`
Ready. Open one of these:
  ${running.url}/_local          start here: people, outbox, phone, time machine
  ${running.url}/                what a participant sees
  ${running.url}/staff           the staff's queue
  ${running.url}/_local/outbox   every email, text and call

Ctrl+C stops it. The data stays in ${options.dataFolder}.`);
  } catch (error) {
    console.error(
      `\nThroughcare could not start: ${error instanceof Error ? error.message : String(error)}`,
    );
    if (process.env.THROUGHCARE_DEBUG !== undefined) console.error(error);
    process.exit(1);
  }
}
