import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { stageNamed } from "../config/stage-named.ts";
import { ringAlarms } from "../deploy-time/ring-alarms.ts";

// node infra/bin/ring-alarms.ts --stage dev
const { values } = parseArgs({ options: { stage: { type: "string" } } });
const { stage, region } = stageNamed(values.stage);
const rung = await ringAlarms({
  client: new CloudWatchClient({ region }),
  stackPrefix: `throughcare-${stage}-`,
  wait: (seconds) => pause(seconds * 1000),
});
for (const { alarm, outcome } of rung) console.log(`${alarm}: ${outcome}`);
const lost = rung.filter(({ isHandedOver }) => !isHandedOver);
console.log(
  lost.length === 0
    ? `${rung.length} alarms were handed over. Now see that a mail about each has arrived.`
    : `${lost.length} of ${rung.length} alarms reach nobody: runbook alarms-undelivered.`,
);
process.exitCode = lost.length === 0 ? 0 : 1;
