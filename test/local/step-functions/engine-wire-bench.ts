import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { createHttpServer, type RunningHttpServer } from "../../../local/http/http-server.ts";
import type { EngineStore } from "../../../local/step-functions/engine-store.ts";
import { createWireServer } from "../../../local/step-functions/wire-server.ts";
import { EngineBench, holdTask, machine } from "./engine-bench.ts";

/** Where the wire server is mounted. */
export const prefix = "/_local/aws/step-functions";
/** The machine that `install` makes. */
export const arn = "arn:aws:states:us-east-1:000000000000:stateMachine:outreach";
/** The execution that `start` starts. */
export const executionArn =
  "arn:aws:states:us-east-1:000000000000:execution:outreach:outreach-1-g1";

/** An engine behind the wire, and the ordinary client in front of it. */
export type Running = {
  readonly bench: EngineBench;
  readonly client: SFNClient;
  readonly server: RunningHttpServer;
};
const open = new Set<Running>();

/** Begins serving; `stopAll` ends it. */
export async function serve(store?: EngineStore, allowDefinitionChanges = false): Promise<Running> {
  const bench = new EngineBench(store === undefined ? {} : { store });
  const listen = createWireServer(bench.engine, { allowDefinitionChanges });
  const server = await createHttpServer({ port: 0, routes: [{ prefix, listen }] });
  const client = new SFNClient({
    endpoint: `${server.url}${prefix}`,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
  const running = { bench, client, server };
  open.add(running);
  return running;
}

/** Ends serving, as a stop of the process would. */
export async function stop(running: Running): Promise<void> {
  const { bench, client, server } = running;
  open.delete(running);
  client.destroy();
  await server.close();
  bench.engine.close();
}

/** Makes the machine of these tests, with its alias `live`. */
export function install({ bench }: Running): void {
  const { stateMachineVersionArn = "" } = bench.engine.createStateMachine({
    name: "outreach",
    definition: machine({ Hold: holdTask({ HeartbeatSeconds: 3600 }) }),
    publish: true,
  });
  bench.engine.createAlias({
    name: "live",
    routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
  });
}

/** Starts an execution at the alias. */
export const start = (client: SFNClient, input: object, name = "outreach-1-g1") =>
  client.send(
    new StartExecutionCommand({
      stateMachineArn: `${arn}:live`,
      name,
      input: JSON.stringify(input),
    }),
  );

/** Ends everything that still serves. */
export async function stopAll(): Promise<void> {
  for (const running of open) await stop(running);
}
