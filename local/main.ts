import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

// Ahead of everything else that is loaded: its thousand files are stripped of their types and compiled once.
enableCompileCache(join(import.meta.dirname, "../dist/local/compiled"));
const { runLocal } = await import("./run-local.ts");
await runLocal(process.argv.slice(2));
// Not only at the end: a run may be killed.
flushCompileCache();
