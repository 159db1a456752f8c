import { join } from "node:path";
import { buildFunctions } from "../../scripts/build-functions.ts";
import { stageNamed } from "../config/stage-named.ts";
import { throughcareApp } from "../throughcare-app.ts";

/** What `-c stage=…` said; CDK hands its context over in the environment. */
function stageFromContext(): string {
  const context: unknown = JSON.parse(process.env.CDK_CONTEXT_JSON ?? "{}");
  const stage =
    typeof context === "object" && context !== null && "stage" in context ? context.stage : "dev";
  return String(stage);
}

const bundles = join(import.meta.dirname, "../../dist/functions");
const config = stageNamed(stageFromContext());
await buildFunctions({ outDir: bundles });
throughcareApp(config, { bundles }).synth();
