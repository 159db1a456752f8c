import { join } from "node:path";
import { buildFunctions } from "../../scripts/build-functions.ts";
import { inItsAccount } from "../config/in-its-account.ts";
import type { StageConfig } from "../config/stage-config.ts";
import { stageNamed } from "../config/stage-named.ts";
import { throughcareApp } from "../throughcare-app.ts";

/** What `-c stage=…` said; CDK hands its context over in the environment. */
function stageFromContext(): unknown {
  const context: unknown = JSON.parse(process.env.CDK_CONTEXT_JSON ?? "{}");
  return typeof context === "object" && context !== null && "stage" in context
    ? context.stage
    : undefined;
}

/** The stage's file, or the end: nothing is built for a stage that nobody named. */
function chosenStage(): StageConfig {
  try {
    return inItsAccount(stageNamed(stageFromContext()), process.env.CDK_DEFAULT_ACCOUNT);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

const bundles = join(import.meta.dirname, "../../dist/functions");
const config = chosenStage();
await buildFunctions({ outDir: bundles });
throughcareApp(config, { bundles }).synth();
