import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { snsEvent } from "../../local/messaging/sns-event.ts";
import { localEnvironment } from "../../local/world/environment.ts";
import { callHandler } from "../fakes/call-handler.ts";
import { printed } from "../fakes/telemetry.ts";
import {
  apiRequest,
  executionFailed,
  fromState,
  inboundText,
  mailDelivered,
  mailFromSomebody,
  scheduled,
  tableChange,
  textDelivered,
} from "../infra/documented/events.ts";

/** Each is found in whatever quotes it; none is part of anything else. */
const canaries = {
  name: "Quillfeather",
  phone: "2125550161",
  email: "amina.q@example.org",
  birthDate: "1990-05-04",
  words: "my sister sent me",
  token: "01CANARYLINK00000000000000.AbCdEfGhIjKlMnOpQrStUv",
} as const;
const everything = Object.values(canaries).join(" | ");
const form = { "content-type": "application/x-www-form-urlencoded" };

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  apiRequest({ method: "GET", path, routeKey: "$default", headers }).event;
const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  apiRequest({ method: "POST", path, routeKey: "$default", headers, body }).event;

const now = "2027-01-12T16:00:00.000Z";
const step = {
  schemaVersion: 1,
  workflow: "intake",
  step: "locate",
  episodeId: "01J0",
  driverId: "intake-01J0",
  generation: 1,
  executionName: "intake-01J0-g1",
  executionStartedAt: now,
  enteredAt: now,
  looks: 0,
};
const hold = {
  schemaVersion: 1,
  workflow: "intake",
  episodeId: "01J0",
  driverId: "intake-01J0",
  generation: 1,
  token: "a-task-token",
  holdUntil: now,
  plannedAtVersion: 1,
  enteredAt: now,
  retryCount: 0,
};
const person = {
  name: { given: "Amina", family: canaries.name },
  birthDate: canaries.birthDate,
  phone: `+1${canaries.phone}`,
  email: canaries.email,
  language: "en",
};
const referral = {
  programId: "adult-iop",
  siteId: "riverside",
  source: "self",
  participant: person,
  consents: { sms: true, email: true, voicemail: false },
  reason: canaries.words,
};
/** A mail of ours that came back. */
const bounce = {
  eventType: "Bounce",
  mail: {
    messageId: "p-1",
    tags: { messageId: ["01JHTESTMESSAGE00000000000"] },
    destination: [canaries.email],
  },
  bounce: {
    bounceType: "Permanent",
    bouncedRecipients: [{ emailAddress: canaries.email, diagnosticCode: everything }],
  },
};
const staffRequests = (base: string): readonly unknown[] => [
  get(`${base}/participants?search=${canaries.name}`, {
    authorization: `Bearer ${canaries.token}`,
  }),
  get(`${base}/${canaries.token}`, { cookie: `staff-session=${canaries.token}` }),
  post(`${base}/episodes/01J0/withdraw`, { reason: everything }, { authorization: "Bearer a.b.c" }),
  post(`${base}/sign-out`, {}, { ...form, cookie: `staff-session=${canaries.token}` }),
];

/** What every function is called with, as its trigger would: each event holds what it may of a person. */
const calls: Readonly<Record<string, readonly unknown[]>> = {
  "advance-care": [
    fromState(step).event,
    { ...step, step: canaries.words },
    { ...step, note: everything },
  ],
  "archive-audit": [
    tableChange("throughcare-audit", { pk: "EP#01J0", sk: "0000000001" }).event,
    tableChange("throughcare-audit", { pk: "", sk: "" }).event,
  ],
  "carry-out-effects": [
    tableChange("throughcare-care", { pk: "EP#01J0", sk: "EFFECT#01J1" }).event,
  ],
  "hold-care": [hold, { ...hold, token: 7, note: everything }],
  "page-on-call": [
    { schemaVersion: 1, episodeId: "01J0", driverId: "escalation-01J1" },
    { schemaVersion: 1, episodeId: "01J0", words: everything },
  ],
  "participant-site": [
    get(`/k/${canaries.token}`),
    get(`/my-week/${canaries.words}`, { cookie: `link-0123456789ab=${canaries.token}` }),
    post(`/k/${canaries.token}`, {}, form),
    post(`/u/${canaries.token}`, {}, form),
    post("/start/about-you", { given: "Amina", family: canaries.name }, form),
    get(`/${canaries.name}`),
  ],
  "receive-email": [
    mailFromSomebody(everything).event,
    snsEvent("inbound-mail", { notificationType: "Received", mail: everything }, now),
  ],
  "receive-intake": [
    post("/api/v1/intakes", referral, {
      "idempotency-key": "key-of-a-test",
      "content-type": "application/json",
    }),
    post(
      "/api/v1/intakes",
      { ...referral, [canaries.name]: everything },
      { "content-type": "application/json" },
    ),
    post("/api/v1/intakes", referral, {
      "x-partner-key": canaries.token,
      "idempotency-key": "key-of-a-test",
    }),
  ],
  "receive-sms": [inboundText(everything).event, inboundText("STOP").event],
  "record-delivery": [mailDelivered.event, textDelivered.event, snsEvent("reports", bounce, now)],
  "send-message": [
    { schemaVersion: 1, episodeId: "01J0", messageSk: "MSG#weekly-text#w1#sms" },
    { schemaVersion: 1, episodeId: "01J0", messageSk: "MSG#weekly-text#w1#sms", text: everything },
  ],
  "staff-api": staffRequests("/api/v1"),
  "staff-site": staffRequests("/staff"),
  "sweep-stalled-work": [scheduled.event, executionFailed.event, { rebuild: everything }],
};

/** How a service that fails answers: each quotes what it was given, as libraries and services do. */
const answersOfAws: Readonly<
  Record<string, (asked: string) => readonly [status: number, body: string]>
> = {
  "an error that quotes what it was asked": (asked) => [
    400,
    JSON.stringify({
      __type: "com.amazonaws.dynamodb.v20120810#ValidationException",
      message: `Item ${everything} ${asked} is not valid`,
    }),
  ],
  "a body that cannot be read": () => [200, everything],
  "items that are of no kind": () => [
    200,
    JSON.stringify({
      Item: {
        pk: { S: everything },
        sk: { S: everything },
        kind: { S: everything },
        siteIds: { S: everything },
      },
      Items: [{ pk: { S: everything } }],
      Responses: {},
    }),
  ],
};

let server: Server;
let answer: (asked: string) => readonly [number, string] = () => [200, "{}"];
const handlers = new Map<string, (...input: never[]) => unknown>();
const names = readdirSync(join(import.meta.dirname, "../../functions")).sort();

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const [status, body] = answer(Buffer.concat(chunks).toString("utf8"));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.0" });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    ...localEnvironment({
      origin,
      dynamoDbEndpoint: origin,
      issuer: origin,
      clientId: "staff",
      linkSecret: "a secret for tests only, long enough to be taken",
      contactSecret: "a contact secret for tests only, long enough",
    }),
    POWERTOOLS_LOG_LEVEL: "DEBUG",
    POWERTOOLS_METRICS_DISABLED: "false",
    AWS_MAX_ATTEMPTS: "1",
  });
  for (const name of names) {
    const module: unknown = await import(`../../functions/${name}/handler.ts`);
    const { handler } = module as { readonly handler: (...input: never[]) => unknown };
    handlers.set(name, handler);
  }
}, 60_000);

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** What a call leaves in CloudWatch: its own lines and figures, and the error that Lambda writes down. */
async function leftBy(name: string, event: unknown): Promise<readonly string[]> {
  const handler = handlers.get(name);
  if (handler === undefined) throw new Error(`There is no function ${name}`);
  let thrown = "";
  const lines = await printed(async () => {
    try {
      await callHandler(handler, event, {
        functionName: `throughcare-${name}`,
        awsRequestId: "call-1",
      });
    } catch (error) {
      // As Lambda's own runtime writes it: the name, the text, and every field that can be listed.
      thrown =
        error instanceof Error
          ? `${error.name}: ${error.message} ${JSON.stringify({ ...error })}`
          : String(error);
    }
  });
  return thrown === "" ? lines : [...lines, thrown];
}

function foundIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) =>
    Object.entries(canaries)
      .filter(([, value]) => line.toLowerCase().includes(value.toLowerCase()))
      .map(([what]) => `${what} in ${line.slice(0, 600)}`),
  );
}

describe.each(names)("what %s writes to its log", (name) => {
  it.each(Object.keys(answersOfAws))(
    "tells nothing of a person when AWS gives %s",
    async (kind) => {
      answer = answersOfAws[kind] ?? answer;
      const events = calls[name] ?? [];
      expect(events.length, "every function is called here").toBeGreaterThan(0);
      const lines: string[] = [];
      for (const event of events) lines.push(...(await leftBy(name, event)));
      expect(foundIn(lines)).toEqual([]);
    },
  );

  it("tells nothing of a person when its event is of another shape", async () => {
    const lines: string[] = [];
    for (const event of [
      { ...canaries },
      // Where an id should be, and none is.
      { episodeId: everything, driverId: everything, executionName: everything, generation: 1 },
      { detail: { name: everything, executionArn: everything } },
      get(`/api/v1/episodes/${canaries.words}/tasks`),
      { Records: [{ Sns: { Message: everything }, dynamodb: everything }] },
      everything,
    ])
      lines.push(...(await leftBy(name, event)));
    expect(lines.length).toBeGreaterThan(0);
    expect(foundIn(lines)).toEqual([]);
  });
});

it("failures are told at all: what is silent gives nothing away either", async () => {
  answer = answersOfAws["an error that quotes what it was asked"] ?? answer;
  for (const name of names) {
    const lines: string[] = [];
    for (const event of calls[name] ?? []) lines.push(...(await leftBy(name, event)));
    expect(
      lines.some((line) => /"level":"(ERROR|WARN)"|"Refusals"/.test(line)),
      name,
    ).toBe(true);
  }
});
