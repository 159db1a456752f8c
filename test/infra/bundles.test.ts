import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FunctionName, functions } from "../../infra/functions/catalogue.ts";
import { createTables } from "../../local/dynamodb/create-tables.ts";
import { startDynamoDb } from "../../local/dynamodb/dynamodb-server.ts";
import { seedFoundation } from "../../local/seeds/seed-foundation.ts";
import { createDynamoDbClient } from "../../shared/aws/dynamodb/dynamodb-client.ts";
import { createDynamoDbStore } from "../../shared/aws/dynamodb/dynamodb-store.ts";
import { startWireStub, type WireStub } from "../fakes/wire-stub.ts";
import { accessTokenClaims, startStandInPool } from "./documented/access-token.ts";
import {
  apiRequest,
  type Documented,
  executionFailed,
  fromState,
  inboundText,
  mailDelivered,
  mailFromSomebody,
  scheduled,
  tableChange,
  textDelivered,
} from "./documented/events.ts";
import { fromStates } from "./documented/states.ts";
import { BundleProcesses, type Said } from "./support/call-bundle.ts";
import { assetOf } from "./support/deployed-bundles.ts";
import { environmentIn } from "./support/functions-in.ts";
import { deployedAssembly, readTemplates, root, type Templates } from "./support/synthesised.ts";
import { startTableRecorder, type TableRecorder } from "./support/table-recorder.ts";

let templates: Templates;
let assembly: string;
let folder: string;
let database: Awaited<ReturnType<typeof startDynamoDb>>;
let aws: WireStub;
let recorder: TableRecorder;
const processes = new BundleProcesses();
/** What each function really asked of the tables. */
const asked = new Map<FunctionName, Set<string>>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "throughcare-bundles-"));
  assembly = await deployedAssembly();
  templates = readTemplates(assembly);
  aws = await startWireStub();
  database = await startDynamoDb({ dataFolder: folder });
  recorder = await startTableRecorder(database.endpoint);
  for (const [name, value] of Object.entries(nearby())) vi.stubEnv(name, value);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const tables = {
    care: "throughcare-care",
    identity: "throughcare-identity",
    audit: "throughcare-audit",
  };
  await createTables(client, tables);
  await seedFoundation({
    store: createDynamoDbStore({ client: createDynamoDbClient(), tables }),
    clock: { now: () => "2026-01-12T12:00:00.000Z" },
  });
}, 900_000);

afterAll(async () => {
  await processes.stop();
  recorder?.stop();
  await database?.stop();
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What Lambda itself sets, and where the services are on this machine. */
function nearby(): Record<string, string> {
  const environment: Record<string, string> = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_DYNAMODB: recorder.url,
  };
  for (const service of ["SFN", "SES", "PINPOINT_SMS_VOICE_V2", "LAMBDA", "S3"])
    environment[`AWS_ENDPOINT_URL_${service}`] = aws.url;
  return environment;
}

/** Calls a function's asset in a clean process of the function with what the template gives it, its services nearby. */
async function call(
  name: FunctionName,
  { event }: Documented,
  instead: Readonly<Record<string, string>> = {},
): Promise<Said> {
  const env = {
    ...environmentIn(templates, name),
    ...nearby(),
    AWS_LAMBDA_FUNCTION_NAME: `throughcare-${name}`,
    ...instead,
  };
  recorder.take();
  const bundle = join(assetOf(templates, assembly, name), "index.mjs");
  const said = await processes.call(bundle, event, { cwd: folder, env });
  const calls = asked.get(name) ?? new Set<string>();
  for (const call of recorder.take()) calls.add(call);
  asked.set(name, calls);
  return said;
}

test("an asset is the function's code and nothing else", () => {
  for (const name of ["advance-care", "staff-api"] as const) {
    const files = readdirSync(assetOf(templates, assembly, name));
    expect(files).toContain("index.mjs");
    expect(files.filter((file) => !/^(index|part-\w+)\.mjs$/.test(file))).toEqual([]);
  }
});

const referral = {
  programId: "adult-iop",
  siteId: "riverside",
  source: "self",
  participant: {
    name: { given: "Jamie", family: "Example" },
    birthDate: "1990-05-31",
    phone: "+12125550177",
    phoneKind: "own",
    language: "en",
  },
  consents: { sms: true, email: false, voicemail: false },
};

test("participant-site shows the intake page to a request of the HTTP API", async () => {
  const said = await call(
    "participant-site",
    apiRequest({ method: "GET", path: "/start", routeKey: "$default" }),
  );
  expect(said.answer).toMatchObject({ statusCode: 200 });
  expect(JSON.stringify(said.answer)).toContain("<form");
}, 900_000);

test("receive-intake takes a referral", async () => {
  const said = await call(
    "receive-intake",
    apiRequest({
      method: "POST",
      path: "/api/v1/intakes",
      routeKey: "ANY /api/v1/intakes",
      headers: { "content-type": "application/json", "idempotency-key": "documented-1" },
      body: referral,
    }),
  );
  expect(said.answer).toMatchObject({ statusCode: 202 });
}, 900_000);

test("staff-api describes itself and tells strangers to sign in", async () => {
  const described = await call(
    "staff-api",
    apiRequest({ method: "GET", path: "/api/v1/openapi.json", routeKey: "ANY /api/v1/{proxy+}" }),
  );
  expect(described.answer).toMatchObject({ statusCode: 200 });
  const refused = await call(
    "staff-api",
    apiRequest({ method: "GET", path: "/api/v1/queue", routeKey: "ANY /api/v1/{proxy+}" }),
  );
  expect(refused.answer).toMatchObject({ statusCode: 401 });
}, 900_000);

test("staff-api knows a member of staff by an access token as Cognito makes them", async () => {
  const pool = await startStandInPool();
  try {
    const clientId = environmentIn(templates, "staff-api").TOKEN_CLIENT_ID ?? "";
    const claims = accessTokenClaims({
      issuer: pool.issuer,
      clientId,
      username: "casey-riverside",
    });
    const me = async (changed: Record<string, unknown>) =>
      call(
        "staff-api",
        apiRequest({
          method: "GET",
          path: "/api/v1/me",
          routeKey: "ANY /api/v1/{proxy+}",
          headers: { authorization: `Bearer ${await pool.sign({ ...claims, ...changed })}` },
        }),
        { TOKEN_ISSUER: pool.issuer },
      );
    const known = await me({});
    expect(known.answer).toMatchObject({ statusCode: 200 });
    expect(JSON.stringify(known.answer)).toContain("casey-riverside");
    // An ID token of the same pool is no key to the API.
    expect((await me({ token_use: "id", aud: clientId })).answer).toMatchObject({
      statusCode: 401,
    });
    expect((await me({ client_id: "another" })).answer).toMatchObject({ statusCode: 401 });
  } finally {
    pool.stop();
  }
}, 900_000);

test("receive-sms takes a text from a number that nobody knows", async () => {
  const said = await call("receive-sms", inboundText("Hello, is this the office?"));
  expect(said.error).toBeUndefined();
}, 900_000);

test("receive-email takes an email from an address that nobody knows", async () => {
  const said = await call("receive-email", mailFromSomebody("Hello, is this the office?"));
  expect(said.error).toBeUndefined();
}, 900_000);

test("record-delivery leaves what others sent alone", async () => {
  expect((await call("record-delivery", mailDelivered)).error).toBeUndefined();
  expect((await call("record-delivery", textDelivered)).error).toBeUndefined();
}, 900_000);

test("carry-out-effects passes over an effect that was carried out already", async () => {
  const said = await call(
    "carry-out-effects",
    tableChange("throughcare-care", { pk: "EP#01J0", sk: "EFFECT#none" }),
  );
  expect(said.answer).toEqual({ batchItemFailures: [] });
}, 900_000);

test("archive-audit writes the entries of a batch to the bucket", async () => {
  aws.reset();
  const said = await call(
    "archive-audit",
    tableChange("throughcare-audit", { pk: "EP#01J0", sk: "0000000001" }),
  );
  expect(said.answer).toEqual({ batchItemFailures: [] });
  expect(aws.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "PUT /throughcare-audit-archive-111111111111/2026/01/12/4421584500000000017450439091-4421584500000000017450439091.jsonl?x-id=PutObject",
  ]);
}, 900_000);

test("sweep-stalled-work sweeps on the schedule and hears of failed executions", async () => {
  const swept = await call("sweep-stalled-work", scheduled);
  expect(swept.answer).toMatchObject({ failures: 0 });
  const marked = await call("sweep-stalled-work", executionFailed);
  expect(marked.answer).toEqual({ marked: true });
}, 900_000);

test.each(fromStates)(
  "%s understands its state and knows that the episode is gone",
  async (name, payload) => {
    const said = await call(name, fromState(payload));
    // The machine's Retry and Catch name the errors: what is thrown must be one of ours, and not about the event.
    const ours = readdirSync(join(root, "shared/errors")).map((file) =>
      file
        .replace(/\.ts$/, "")
        .split("-")
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join(""),
    );
    if (said.error !== undefined) expect(ours).toContain(said.error);
    expect(said.error).not.toBe("InvalidInputError");
  },
  30_000,
);

test("whatever the functions asked of the tables meanwhile, their roles allow", () => {
  const missing = [...asked].flatMap(([name, calls]) => {
    const { care, identity, audit, careIndexes } = functions[name];
    const granted = new Set([
      ...care.map((action) => `${action} throughcare-care`),
      ...identity.map((action) => `${action} throughcare-identity`),
      ...audit.map((action) => `${action} throughcare-audit`),
      ...careIndexes.map((index) => `Query throughcare-care/index/${index}`),
    ]);
    return [...calls].filter((call) => !granted.has(call)).map((call) => `${name}: ${call}`);
  });
  expect(missing).toEqual([]);
  // A referral writes to all three tables: had nothing been recorded, nothing would be missing either.
  expect([...(asked.get("receive-intake") ?? [])]).toEqual(
    expect.arrayContaining([
      "PutItem throughcare-care",
      "PutItem throughcare-identity",
      "PutItem throughcare-audit",
    ]),
  );
});
