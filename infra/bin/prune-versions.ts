import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { stageNamed } from "../config/stage-named.ts";
import { pruneVersions } from "../deploy-time/prune-versions.ts";

// node infra/bin/prune-versions.ts --stage production --superseded-before 2026-01-31
const { values } = parseArgs({
  options: {
    stage: { type: "string" },
    "superseded-before": { type: "string" },
  },
});
const { account, region } = stageNamed(values.stage);
const { "superseded-before": before } = values;
if (before === undefined) {
  console.error("Say --superseded-before <date 60 days ago, as 2026-01-31>.");
  process.exit(2);
}
const deleted = await pruneVersions({
  lambda: new LambdaClient({ region }),
  states: new SFNClient({ region }),
  account,
  region,
  before,
});
for (const line of deleted) console.log(`Deleted ${line}`);
console.log(`${deleted.length} versions deleted`);
