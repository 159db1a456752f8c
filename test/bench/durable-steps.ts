import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import { LocalDurableTestRunner } from "@aws/durable-execution-sdk-js-testing";

// A process of its own: the runner takes the clock of the whole process, so only who started it can measure.
const [callCount = 0, holdCount = 0] = process.argv.slice(2).map(Number);
await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
const holdEvery = Math.max(1, Math.floor(callCount / Math.max(1, holdCount)));
const runner = new LocalDurableTestRunner({
  handlerFunction: withDurableExecution(async (_event, context) => {
    let held = 0;
    for (let call = 0; call < callCount; call += 1) {
      await context.step(`call-${call}`, async () => ({ outcome: "done" }));
      if (held >= holdCount || call % holdEvery !== 0) continue;
      held += 1;
      await context.wait(`hold-${call}`, { seconds: 60 });
    }
    return held;
  }),
});
const execution = await runner.run({ payload: {} });
if (execution.getStatus() !== "SUCCEEDED") {
  throw new Error(`The durable execution ended as ${String(execution.getStatus())}`);
}
await LocalDurableTestRunner.teardownTestEnvironment();
