// Long because it is where all parts of the local run are put together.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { buildFunctionsTogether } from "../scripts/build-functions.ts";
import { createDynamoDbClient } from "../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../shared/aws/dynamodb/dynamodb-store.ts";
import type { Store } from "../shared/ports/store.ts";
import { installHostClock } from "./clock/host-clock.ts";
import { VirtualClock } from "./clock/virtual-clock.ts";
import { forgetRun, otherRunOn, recordRun } from "./data-folder.ts";
import { deployedFunctions } from "./deployed-bundles/deployed-functions.ts";
import { openChangeMark } from "./dynamodb/change-mark.ts";
import { createTables } from "./dynamodb/create-tables.ts";
import { startDynamoDb } from "./dynamodb/dynamodb-server.ts";
import { StreamPoller } from "./dynamodb/stream-poller.ts";
import { type HttpHandler, jsonResponse } from "./http/http-message.ts";
import { createHttpServer, type RunningHttpServer } from "./http/http-server.ts";
import { BundleHost } from "./lambda/bundle-host.ts";
import { createLambdaEndpoint } from "./lambda/lambda-endpoint.ts";
import { openMessaging } from "./messaging/messaging.ts";
import { deliveryEvent } from "./messaging/provider-events.ts";
import type { LocalOptions, Seed } from "./options.ts";
import { readSecrets } from "./secrets.ts";
import { listPeople } from "./seeds/list-people.ts";
import { seedDemo } from "./seeds/seed-demo.ts";
import { localStaff, seedFoundation } from "./seeds/seed-foundation.ts";
import { createSignIn } from "./sign-in/sign-in.ts";
import { StepFunctionsEngine } from "./step-functions/engine.ts";
import { SqliteEngineStore } from "./step-functions/engine-store-sqlite.ts";
import { createWireServer } from "./step-functions/wire-server.ts";
import { archiveEndpoint } from "./world/archive-endpoint.ts";
import { type AuditCheck, checkAudit } from "./world/check-audit.ts";
import { controlRoutes } from "./world/control-routes.ts";
import { localEnvironment } from "./world/environment.ts";
import { FaultRoutes } from "./world/fault-routes.ts";
import { functionRoute } from "./world/function-route.ts";
import { KillPoints } from "./world/kill-points.ts";
import { bareFunctionName, installMachines } from "./world/machines.ts";
import { programsRoute } from "./world/programs-route.ts";
import { stripPrefix } from "./world/strip-prefix.ts";
import { WorkIndex } from "./world/work-index.ts";
import { World } from "./world/world.ts";

export type RunningLocal = {
  readonly url: string;
  readonly portWasBusy: boolean;
  readonly isFresh: boolean;
  stop(): Promise<void>;
};

const distFolder = resolve(import.meta.dirname, "../dist/local/functions");
/** Where `throughcare sign-in` waits for the browser: the same on this machine and in an account. */
const commandLineSignedIn = "http://localhost:8979/signed-in";
const zone = "America/New_York";
/** A page waits this long for what an earlier request set off, in milliseconds. */
const longestRestMs = 2000;

/**
 * Starts everything on this machine: tables, machines, functions, captured mail and phone, sign-in, one
 * HTTP port on loopback.
 * @param say - told what is being done, for people who wait
 */
export async function startLocal(
  options: LocalOptions,
  say: (sentence: string) => void,
): Promise<RunningLocal> {
  const dataFolder = resolve(options.dataFolder);
  mkdirSync(dataFolder, { recursive: true });
  const other = await otherRunOn(dataFolder);
  if (other !== undefined) {
    throw new Error(
      `this data folder is in use by the run at ${other}/_local. Open that one, end it, or choose another folder with --data.`,
    );
  }
  const clock = new VirtualClock({
    dataFolder,
    frozen: options.isFrozen,
    ...(options.startAt === undefined ? {} : { startAtEpochMs: Date.parse(options.startAt) }),
  });
  // Only tests set it: the bundles of a deployment run instead, see deployed-bundles/README.md.
  const deployedFolder = process.env.THROUGHCARE_LOCAL_BUNDLES;
  installHostClock(clock);
  if (deployedFolder === undefined) {
    say("Building the functions");
    await buildFunctionsTogether({
      outDir: distFolder,
      clockModule: resolve(import.meta.dirname, "clock/host-clock.ts"),
    });
  }

  say("Starting the database");
  const dynamoDb = await startDynamoDb({ dataFolder });
  const server = await createHttpServer({ routes: [], port: options.port });
  const secrets = readSecrets(dataFolder);
  const signIn = await createSignIn({
    dataFolder,
    origin: server.url,
    redirectUris: ["/staff/signed-in", "/console", commandLineSignedIn],
    postLogoutRedirectUris: ["/staff", "/console"],
    staff: () => localStaff,
    ...(deployedFolder === undefined ? {} : { nowEpochMs: () => clock.nowEpochMs() }),
  });
  const environment = localEnvironment({
    origin: server.url,
    dynamoDbEndpoint: dynamoDb.endpoint,
    issuer: signIn.issuer,
    clientId: signIn.clientId,
    ...secrets,
  });
  Object.assign(process.env, environment);
  const document = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const tableNames = {
    care: "throughcare-care",
    identity: "throughcare-identity",
    audit: "throughcare-audit",
  };
  const isFresh = await createTables(document, tableNames);
  const store: Store = createDynamoDbStore({
    client: createDynamoDbClient(),
    tables: tableNames,
  });
  const messaging = openMessaging({ dataFolder, clock });
  const functions =
    deployedFolder === undefined
      ? new BundleHost({ folder: distFolder })
      : deployedFunctions({ folder: deployedFolder, dataFolder, clock, environment });
  const killPoints = new KillPoints(process.env.THROUGHCARE_LOCAL_KILL_AT);
  const invoke = killPoints.aroundInvoke((name, event) => functions.invoke(name, event));
  const lambda = createLambdaEndpoint({
    invoke: (name, event) => invoke(bareFunctionName(name), event),
    has: (name) => functions.has(bareFunctionName(name)),
  });
  const engine = new StepFunctionsEngine({
    clock: { now: () => clock.nowEpochMs() },
    store: new SqliteEngineStore(join(dataFolder, "step-functions.db")),
    invokeLambda: (name, payload) => invoke(bareFunctionName(name), payload),
  });
  installMachines(engine);
  const changeMark = dynamoDb.file === undefined ? undefined : openChangeMark(dynamoDb.file);
  const streams = new DynamoDBStreamsClient({});
  const changesOf = (tableName: string) =>
    new StreamPoller({
      client: streams,
      tableNames: [tableName],
      startAt: "LATEST",
      ...(changeMark === undefined ? {} : { changeMark: changeMark.read }),
    });
  const changes = { care: changesOf(tableNames.care), audit: changesOf(tableNames.audit) };
  await Promise.all([changes.care.start(), changes.audit.start()]);
  const workIndex = new WorkIndex();
  await workIndex.fill(document, tableNames.care);
  const world = new World({
    clock,
    engine,
    changes,
    workIndex,
    invoke,
    backgroundIdle: () => lambda.idle(),
    deliveries: {
      nextAt: () => messaging.reports.nextAt(),
      takeEvents: () =>
        messaging.reports.take().flatMap(({ id }) => {
          const entry = messaging.recordDelivery(id, "delivered");
          return entry === undefined ? [] : [deliveryEvent(entry, "delivered", clock.now())];
        }),
    },
  });
  mountAll(server, {
    clock,
    world,
    messaging,
    killPoints,
    engine,
    signIn,
    invoke,
    lambda: lambda.handle,
    store,
    checkAudit: () => checkAudit(document, tableNames),
    dataFolder,
    reset: async (seed) => {
      await world.archive();
      await engine.deleteAllExecutions();
      await emptyTables(document, tableNames);
      messaging.clear();
      await Promise.all([changes.care.poll(), changes.audit.poll()]);
      await workIndex.fill(document, tableNames.care);
      await fillWorld(seed);
    },
  });
  async function fillWorld(seed: Seed): Promise<void> {
    await seedFoundation({ store, clock });
    if (seed === "demo") await seedDemo({ url: server.url, world, clock, say });
    await world.settle();
  }
  if (isFresh || !existsSync(join(dataFolder, "seeded.json"))) {
    if (!isFresh) await emptyTables(document, tableNames);
    await fillWorld(options.seed);
    writeFileSync(join(dataFolder, "seeded.json"), JSON.stringify({ seed: options.seed }));
  }
  await world.settle();
  recordRun(dataFolder, server.url);
  if (!options.isFrozen) world.run();
  return {
    url: server.url,
    portWasBusy: server.portWasBusy,
    isFresh,
    async stop() {
      world.stop();
      await server.close();
      await world.settle().catch(() => undefined);
      await world.archive().catch(() => undefined);
      await functions.stop();
      engine.close();
      messaging.close();
      changeMark?.close();
      await dynamoDb.stop();
      forgetRun(dataFolder);
    },
  };
}

type Mounted = {
  readonly clock: VirtualClock;
  readonly world: World;
  readonly messaging: ReturnType<typeof openMessaging>;
  readonly killPoints: KillPoints;
  readonly engine: StepFunctionsEngine;
  readonly signIn: Awaited<ReturnType<typeof createSignIn>>;
  readonly invoke: (name: string, event: unknown) => ReturnType<BundleHost["invoke"]>;
  readonly lambda: ReturnType<typeof createLambdaEndpoint>["handle"];
  readonly store: Store;
  readonly checkAudit: () => Promise<AuditCheck>;
  readonly dataFolder: string;
  readonly reset: (seed: Seed) => Promise<void>;
};

function mountAll(server: RunningHttpServer, parts: Mounted): void {
  const site = (name: string) =>
    functionRoute({
      name,
      invoke: parts.invoke,
      clock: parts.clock,
      beforeRead: () => parts.world.atRest(longestRestMs),
      afterChange: () => void parts.world.kick(),
    });
  server.mount({ prefix: "/_local/oidc", listen: parts.signIn.listen });
  const faults = new FaultRoutes(parts.messaging);
  const { killPoints, messaging } = parts;
  const around = (provider: HttpHandler) =>
    messaging.reports.around(killPoints.aroundProvider(provider));
  server.mount({ prefix: "/_local/faults", handle: faults.handle });
  server.mount({
    prefix: "/_local/aws/step-functions",
    listen: faults.aroundWorkflows(
      createWireServer(parts.engine, { allowDefinitionChanges: false }),
    ),
  });
  server.mount({
    prefix: "/_local/aws/ses",
    handle: stripPrefix("/_local/aws/ses", around(messaging.ses)),
  });
  server.mount({
    prefix: "/_local/aws/sms-voice",
    handle: stripPrefix("/_local/aws/sms-voice", around(messaging.sms)),
  });
  server.mount({
    prefix: "/_local/aws/lambda",
    handle: stripPrefix("/_local/aws/lambda", parts.lambda),
  });
  server.mount({
    prefix: "/_local/aws/s3",
    handle: archiveEndpoint(join(parts.dataFolder, "archive")),
  });
  server.mount({
    prefix: "/_local/programs",
    handle: programsRoute({ store: parts.store, clock: parts.clock }),
  });
  server.mount({
    prefix: "/_local/run",
    handle: async () => jsonResponse(200, { dataFolder: parts.dataFolder }),
  });
  server.mount({
    prefix: "/_local",
    handle: controlRoutes({
      world: () => parts.world,
      clock: parts.clock,
      messaging: parts.messaging,
      engine: () => parts.engine,
      signIn: parts.signIn,
      staff: localStaff,
      timeZone: zone,
      smsNumber: "+15550100100",
      invoke: parts.invoke,
      checkAudit: parts.checkAudit,
      people: () => listPeople(parts.store),
      reset: parts.reset,
    }),
  });
  server.mount({ prefix: "/api/v1/intakes", handle: site("receive-intake") });
  server.mount({ prefix: "/api/v1", handle: site("staff-api") });
  server.mount({ prefix: "/staff", handle: site("staff-site") });
  server.mount({ prefix: "/", handle: site("participant-site") });
}

async function emptyTables(
  document: DynamoDBDocumentClient,
  tables: { readonly care: string; readonly identity: string; readonly audit: string },
) {
  const { emptyTable } = await import("./dynamodb/empty-table.ts");
  for (const name of Object.values(tables)) await emptyTable(document, name);
}
