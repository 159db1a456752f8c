import { join } from "node:path";
import * as z from "zod";
import { buildFunctions } from "../../scripts/build-functions.ts";
import { type Choice, chosenStage } from "../config/chosen-stage.ts";
import { publishedFindings } from "../published/published-findings.ts";
import type { Template } from "../rules/template.ts";
import { throughcareApp } from "../throughcare-app.ts";

/** What `-c` said, and whose credentials are at hand; CDK hands both over in the environment. */
function choice(): Choice {
  const context = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(process.env.CDK_CONTEXT_JSON ?? "{}"));
  try {
    return chosenStage(context, process.env.CDK_DEFAULT_ACCOUNT);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return process.exit(1);
  }
}

const { config, isFirstDeployment } = choice();
const bundles = join(import.meta.dirname, "../../dist/functions");
await buildFunctions({ outDir: bundles });
const assembly = throughcareApp(config, { bundles, isFirstDeployment }).synth();
// The rules of our own were held against the templates as they were made; what AWS publishes is asked here.
const templates: Record<string, Template> = Object.fromEntries(
  assembly.stacks.map(({ id, template }) => [id, template]),
);
const findings = await publishedFindings(templates, config);
for (const finding of findings) console.error(`By what AWS publishes: ${finding}`);
process.exitCode = findings.length === 0 ? 0 : 1;
