import { SqliteEngineStore } from "../../../local/step-functions/engine-store-sqlite.ts";
import { callTask, EngineBench } from "./engine-bench.ts";

// Runs until somebody kills it, in the middle of a function call: engine-restart.test.ts does.
const bench = new EngineBench({ store: new SqliteEngineStore(String(process.argv[2])) });
bench.answer = (_name, payload) => {
  console.log(JSON.stringify(payload));
  return new Promise(() => setInterval(() => {}, 60_000));
};
const states = {
  "Which of the two?": {
    Type: "Choice",
    Choices: [{ Condition: "{% $states.input.waits %}", Next: "Until June" }],
    Default: "Climb the next rung",
  },
  "Until June": { Type: "Wait", Timestamp: "2027-06-01T12:00:00Z", Next: "Climb the next rung" },
  "Climb the next rung": callTask("climb"),
};
bench.start(states, { name: "calling", input: { waits: false, rung: 4 } });
bench.start(states, { name: "waiting", input: { waits: true } });
await bench.engine.runUntilIdle();
