import { SqliteEngineStore } from "../../../local/step-functions/engine-store-sqlite.ts";
import { runToTheEnd } from "./kill-bench.ts";

// Runs until it kills itself, right before or right after its so many-th write: kills.test.ts starts it.
const [file = "", tokenFile = "", at = "", writes = "", when = ""] = process.argv.slice(2);
const store = new SqliteEngineStore(file);
const save = store.saveExecution.bind(store);
let left = Number(writes);
store.saveExecution = (record, events) => {
  left -= 1;
  if (left === 0 && when === "before") process.kill(process.pid, "SIGKILL");
  save(record, events);
  if (left === 0) process.kill(process.pid, "SIGKILL");
};
await runToTheEnd({ store, tokenFile, at });
