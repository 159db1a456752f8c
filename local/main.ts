import { readOptions } from "./options.ts";
import { startLocal } from "./start-local.ts";

const options = readOptions(process.argv.slice(2));
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
try {
  const running = await startLocal(options, say);
  if (running.portWasBusy)
    console.log(`\nPort ${options.port} is in use; this run has another one.`);
  console.log(`
Ready. Open one of these:
  ${running.url}/_local          start here: people, outbox, phone, time machine
  ${running.url}/                what a participant sees
  ${running.url}/staff           the staff's queue
  ${running.url}/_local/outbox   every email, text and call

Ctrl+C stops it. The data stays in ${options.dataFolder}.`);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await running.stop();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
} catch (error) {
  console.error(
    `\nThroughcare could not start: ${error instanceof Error ? error.message : String(error)}`,
  );
  if (process.env.THROUGHCARE_DEBUG !== undefined) console.error(error);
  process.exit(1);
}
