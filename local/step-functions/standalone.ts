import { createHttpServer } from "../http/http-server.ts";
import { whenAskedToEnd } from "../when-asked-to-end.ts";
import { StepFunctionsEngine } from "./engine.ts";
import { MemoryEngineStore } from "./engine-store-memory.ts";
import { SqliteEngineStore } from "./engine-store-sqlite.ts";
import { createLambdaClient } from "./lambda-client.ts";
import { runInRealTime } from "./real-time.ts";
import { readStandaloneOptions, type StandaloneOptions, usage } from "./standalone-options.ts";
import { createWireServer } from "./wire-server.ts";

const options = readStandaloneOptions(process.argv.slice(2));
if ("help" in options) {
  console.log(usage);
} else if ("problem" in options) {
  console.error(`${options.problem}\n\n${usage}`);
  process.exit(2);
} else {
  try {
    await start(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`The state machine engine could not start: ${reason}`);
    process.exit(1);
  }
}

async function start(given: StandaloneOptions): Promise<void> {
  const { port, lambdaEndpoint, data, concurrency } = given;
  const clock = { now: () => Date.now() };
  const engine = new StepFunctionsEngine({
    clock,
    store: data === undefined ? new MemoryEngineStore() : new SqliteEngineStore(data),
    invokeLambda: createLambdaClient(lambdaEndpoint),
    maxConcurrentInvocations: concurrency,
  });
  const server = await createHttpServer({
    port,
    // Whoever asked for a port has told it to a client: another one would not be found.
    furtherPorts: 0,
    routes: [{ prefix: "/", listen: createWireServer(engine, { allowDefinitionChanges: true }) }],
  });
  const stopRunning = runInRealTime(engine, clock.now, (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`The state machine engine failed and stops: ${reason}`);
    process.exit(1);
  });
  console.log(`Step Functions is ready at ${server.url}`);
  console.log(`It calls functions at ${lambdaEndpoint}`);
  whenAskedToEnd(async () => {
    stopRunning();
    await server.close();
    engine.close();
    process.exit(0);
  });
}
