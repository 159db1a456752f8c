// Long because every figure that a function prints is tried here, and nothing else prints one.
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { outboxLagSeconds } from "../../../functions/carry-out-effects/effect-lag.ts";
import { NotFoundError } from "../../../shared/errors/not-found-error.ts";
import { SupersededError } from "../../../shared/errors/superseded-error.ts";
import { httpStack } from "../../../shared/middleware/http-stack.ts";
import { scheduleStack } from "../../../shared/middleware/schedule-stack.ts";
import { stepStack } from "../../../shared/middleware/step-stack.ts";
import { streamStack } from "../../../shared/middleware/stream-stack.ts";
import { topicStack } from "../../../shared/middleware/topic-stack.ts";
import { countedPager, countedSender } from "../../../shared/observability/counted-sending.ts";
import { createTelemetry } from "../../../shared/observability/telemetry.ts";
import type { OutgoingMessage, SendOutcome } from "../../../shared/ports/message-sender.ts";
import { callHandler } from "../../fakes/call-handler.ts";
import { printed } from "../../fakes/telemetry.ts";
import { apiRequest, inboundText, scheduled, tableChange } from "../../infra/documented/events.ts";

const context = { functionName: "throughcare-test", awsRequestId: "call-1" };

/** A metric as CloudWatch reads it: namespace, name, unit, value and dimensions. */
function metricsIn(lines: readonly string[]) {
  return lines.flatMap((line) => {
    const parsed: Record<string, unknown> = JSON.parse(line);
    const emf = z
      .object({
        _aws: z.object({
          CloudWatchMetrics: z.array(
            z.object({
              Namespace: z.string(),
              Dimensions: z.array(z.array(z.string())),
              Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
            }),
          ),
        }),
      })
      .safeParse(parsed);
    if (!emf.success) return [];
    return emf.data._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Metrics.map(({ Name, Unit }) => ({
        namespace: Namespace,
        name: Name,
        unit: Unit,
        value: parsed[Name],
        dimensions: Object.fromEntries(Dimensions.flat().map((key) => [key, parsed[key]])),
      })),
    );
  });
}

const named = (lines: readonly string[], name: string) =>
  metricsIn(lines).filter((metric) => metric.name === name);

const message: OutgoingMessage = {
  messageId: "01CANARYMESSAGE",
  participantId: "01CANARYPERSON",
  templateId: "session-reminder",
  channel: "sms",
  to: "+12025550143",
  from: "+12025550100",
  senderName: "River Street",
  text: "See you today.",
  language: "en",
};

describe("a cold start", () => {
  it("is counted once for each process, by function", async () => {
    // As Lambda sets it; a process that was started ahead of its first call is not cold.
    vi.stubEnv("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    const telemetry = createTelemetry("hold-care");
    const handler = stepStack({ telemetry, schema: z.object({}), run: async () => "done" });
    const first = await printed(() => callHandler(handler, {}, context));
    const second = await printed(() => callHandler(handler, {}, context));
    vi.unstubAllEnvs();
    expect(named(first, "ColdStart")).toEqual([
      {
        namespace: "Throughcare",
        name: "ColdStart",
        unit: "Count",
        value: 1,
        dimensions: { service: "hold-care", function_name: "throughcare-test" },
      },
    ]);
    expect(second).toEqual([]);
  });
});

describe("a send", () => {
  const outcomes: readonly SendOutcome[] = [
    { outcome: "accepted", providerMessageId: "01CANARYPROVIDER" },
    { outcome: "refused", code: "MessageRejected", isOptedOut: false },
    { outcome: "throttled" },
    { outcome: "ambiguous", code: "ECONNRESET" },
  ];

  it.each(outcomes)(
    "that ends as $outcome is counted as that, and the caller is told the same",
    async (outcome) => {
      const { metrics } = createTelemetry("send-message");
      const sender = countedSender({ send: async () => outcome }, metrics);
      let told: SendOutcome | undefined;
      const lines = await printed(async () => {
        told = await sender.send(message);
      });
      expect(told).toEqual(outcome);
      expect(named(lines, "Sends")).toEqual([
        {
          namespace: "Throughcare",
          name: "Sends",
          unit: "Count",
          value: 1,
          dimensions: { service: "send-message", channel: "sms", outcome: outcome.outcome },
        },
      ]);
    },
  );

  it("whose client fails is counted as one of which nobody knows, and the failure goes on", async () => {
    const { metrics } = createTelemetry("send-message");
    const failing = countedSender({ send: () => Promise.reject(new Error("no")) }, metrics);
    const sent = vi.fn();
    const lines = await printed(() => failing.send(message).then(sent));
    expect(sent).not.toHaveBeenCalled();
    expect(named(lines, "Sends").map(({ dimensions }) => dimensions.outcome)).toEqual([
      "ambiguous",
    ]);
  });

  it("to staff is counted by its channel, spoken or written", async () => {
    const { metrics } = createTelemetry("page-on-call");
    const answer = async (): Promise<SendOutcome> => ({ outcome: "throttled" });
    const quiet = { info: () => {}, warn: () => {}, error: () => {} };
    const pager = countedPager({ text: answer, call: answer }, metrics, quiet);
    const page = { to: "+12025550177", from: "+12025550199", key: "ESC-1" };
    const lines = await printed(async () => {
      await pager.call({ ...page, words: "Alert." });
      await pager.text({ ...page, body: "Alert." });
    });
    expect(named(lines, "Sends").map(({ dimensions }) => dimensions.channel)).toEqual([
      "voice",
      "sms",
    ]);
  });

  it("leaves nothing of the person in its figures", async () => {
    const { metrics } = createTelemetry("send-message");
    const sender = countedSender(
      { send: async () => ({ outcome: "accepted", providerMessageId: "01CANARYPROVIDER" }) },
      metrics,
    );
    const lines = (await printed(() => sender.send(message))).join("\n");
    expect(lines).toContain("Sends");
    for (const personal of ["CANARY", "+1202555", "River Street", "See you"])
      expect(lines).not.toContain(personal);
  });
});

describe("a refusal", () => {
  const { event } = apiRequest({ method: "GET", path: "/api/v1/me", routeKey: "$default" });

  it.each([400, 401, 409, 429])("of a request is counted by its status %i", async (statusCode) => {
    const telemetry = createTelemetry("staff-api");
    const handler = httpStack({ telemetry, run: async () => ({ statusCode }) });
    const lines = await printed(() => callHandler(handler, event, context));
    expect(named(lines, "Refusals")).toEqual([
      {
        namespace: "Throughcare",
        name: "Refusals",
        unit: "Count",
        value: 1,
        dimensions: { service: "staff-api", what: String(statusCode) },
      },
    ]);
  });

  it.each([200, 303, 500])("is not what an answer of %i is", async (statusCode) => {
    const telemetry = createTelemetry("staff-api");
    const handler = httpStack({ telemetry, run: async () => ({ statusCode }) });
    const lines = await printed(() => callHandler(handler, event, context));
    expect(named(lines, "Refusals")).toEqual([]);
  });

  it("of an event without a known shape is counted, named as machines know it, and quotes nothing", async () => {
    const telemetry = createTelemetry("advance-care");
    const schema = z.strictObject({ step: z.literal("locate") });
    const run = vi.fn();
    const handler = stepStack({ telemetry, schema, run });
    const odd = { step: "the canary's own words" };
    let refused: unknown;
    await printed(() =>
      callHandler(handler, odd, context).catch((error: unknown) => {
        refused = error;
      }),
    );
    expect(refused).toMatchObject({ name: "InvalidInputError", problems: [{ path: "step" }] });
    const lines = await printed(() => callHandler(handler, odd, context));
    expect(named(lines, "Refusals").map(({ dimensions }) => dimensions.what)).toEqual(["event"]);
    expect(lines.join("\n")).not.toContain("canary");
    expect(run).not.toHaveBeenCalled();
  });
});

describe("the lag of outbox entries", () => {
  const record = (
    sk: string,
    createdAt: number,
    sequence = "1",
    eventName: "INSERT" | "REMOVE" = "INSERT",
  ) => ({
    eventName,
    dynamodb: {
      Keys: { pk: { S: "EP#1" }, sk: { S: sk } },
      SequenceNumber: sequence,
      ApproximateCreationDateTime: createdAt,
    },
  });
  const now = "2026-01-12T12:00:10.000Z";
  const at = (seconds: number) => Date.parse(now) / 1000 - seconds;
  const done = { batchItemFailures: [] };

  it("is that of the outbox entry that waited longest, in seconds", () => {
    const records = [record("EFFECT#1", at(3)), record("EFFECT#2", at(8), "2")];
    expect(outboxLagSeconds(records, done, now)).toBe(8);
  });

  it("counts neither what failed nor what is no new effect", () => {
    const records = [
      record("EFFECT#1", at(3)),
      record("EFFECT#2", at(80), "2"),
      record("EPISODE", at(90), "3"),
      record("EFFECT#3", at(95), "4", "REMOVE"),
    ];
    const failed = { batchItemFailures: [{ itemIdentifier: "2" }] };
    expect(outboxLagSeconds(records, failed, now)).toBe(3);
    expect(outboxLagSeconds([record("EPISODE", at(90))], done, now)).toBeUndefined();
  });

  it("is none where the service's rounded date lies a moment ahead", () => {
    expect(outboxLagSeconds([record("EFFECT#1", at(-0.4))], done, now)).toBe(0);
  });

  it("is printed when the call ends", async () => {
    const telemetry = createTelemetry("carry-out-effects");
    const handler = streamStack({
      telemetry,
      run: async () => telemetry.metrics.effectLag(4),
    });
    const { event } = tableChange("throughcare-care", { pk: "EP#1", sk: "EFFECT#1" });
    const lines = await printed(() => callHandler(handler, event, context));
    expect(named(lines, "EffectLagSeconds")).toEqual([
      {
        namespace: "Throughcare",
        name: "EffectLagSeconds",
        unit: "Seconds",
        value: 4,
        dimensions: { service: "carry-out-effects" },
      },
    ]);
  });
});

describe("every trigger's stack", () => {
  const { event: request } = apiRequest({ method: "GET", path: "/", routeKey: "$default" });
  const fail = (error: unknown) => () => Promise.reject(error);
  const stacks = {
    step: (telemetry: ReturnType<typeof createTelemetry>, error: unknown) =>
      [stepStack({ telemetry, schema: z.object({}), run: fail(error) }), {}] as const,
    stream: (telemetry: ReturnType<typeof createTelemetry>, error: unknown) =>
      [
        streamStack({ telemetry, run: fail(error) }),
        tableChange("throughcare-care", { pk: "EP#1", sk: "EFFECT#1" }).event,
      ] as const,
    topic: (telemetry: ReturnType<typeof createTelemetry>, error: unknown) =>
      [topicStack({ telemetry, run: fail(error) }), inboundText("Hello").event] as const,
    schedule: (telemetry: ReturnType<typeof createTelemetry>, error: unknown) =>
      [scheduleStack({ telemetry, run: fail(error) }), scheduled.event] as const,
    http: (telemetry: ReturnType<typeof createTelemetry>, error: unknown) =>
      [httpStack({ telemetry, run: fail(error) }), request] as const,
  };

  it.each(Object.keys(stacks) as (keyof typeof stacks)[])(
    "logs a fault of a %s with the call's id and the error's name, without the library's words, and throws it on",
    async (kind) => {
      const fault = Object.assign(new Error("The item {name: canary} is odd"), {
        name: "OddError",
      });
      const [handler, event] = stacks[kind](createTelemetry("test"), fault);
      const lines = await printed(() => callHandler(handler, event, context));
      const logged = lines
        .map((line): Record<string, unknown> => JSON.parse(line))
        .filter((line) => line.level === "ERROR");
      expect(logged).toHaveLength(1);
      expect(logged[0]).toMatchObject({
        errorName: "OddError",
        function_request_id: "call-1",
        service: "test",
      });
      expect(lines.join("\n")).not.toContain("canary");
      let thrown: unknown;
      await printed(() =>
        callHandler(handler, event, context).catch((error: unknown) => {
          thrown = error;
        }),
      );
      expect(thrown).toBe(fault);
    },
  );

  it("writes no event, whatever the environment asks for", async () => {
    vi.stubEnv("POWERTOOLS_LOGGER_LOG_EVENT", "true");
    vi.stubEnv("POWERTOOLS_LOG_LEVEL", "DEBUG");
    const telemetry = createTelemetry("receive-sms");
    const handler = topicStack({ telemetry, run: async () => "done" });
    const lines = await printed(() => callHandler(handler, inboundText("canary").event, context));
    vi.unstubAllEnvs();
    expect(lines.join("\n")).not.toContain("canary");
  });

  it("takes a machine that is told to look again for no failure", async () => {
    const telemetry = createTelemetry("advance-care");
    const look = stepStack({
      telemetry,
      schema: z.object({}),
      run: fail(new SupersededError("A newer execution carries this on")),
    });
    const gone = stepStack({
      telemetry,
      schema: z.object({}),
      run: fail(new NotFoundError("There is no such episode")),
    });
    const levels = async (handler: typeof look) =>
      (await printed(() => callHandler(handler, {}, context)))
        .map((line): Record<string, unknown> => JSON.parse(line))
        .flatMap(({ level }) => (level === undefined ? [] : [level]));
    expect(await levels(look)).toEqual(["INFO"]);
    expect(await levels(gone)).toEqual(["ERROR"]);
  });
});

describe("a text that somebody sent", () => {
  it("arrives, whatever else the topic's record holds or lacks", async () => {
    const telemetry = createTelemetry("receive-sms");
    const run = vi.fn(async () => "done");
    const Sns = { Message: "{}", Timestamp: "not a date", UnsubscribeUrl: "not an address" };
    const handler = topicStack({ telemetry, run });
    await printed(() => callHandler(handler, { Records: [{ Sns }] }, context));
    expect(run).toHaveBeenCalledWith({ Records: [{ Sns: { Message: "{}" } }] });
  });
});

describe("a request of somebody whose browser says little", () => {
  it.each([
    ["no user agent", { userAgent: undefined }],
    ["an unusual method", { method: "PROPFIND" }],
    ["an address of the newer kind", { sourceIp: "2001:db8::1" }],
  ])("with %s reaches the application, which answers it", async (_what, http) => {
    const { event } = apiRequest({ method: "GET", path: "/start", routeKey: "$default" });
    const parsed = z
      .looseObject({ requestContext: z.looseObject({ http: z.looseObject({}) }) })
      .parse(event);
    const sent = {
      ...parsed,
      requestContext: {
        ...parsed.requestContext,
        http: { ...parsed.requestContext.http, ...http },
      },
    };
    const handler = httpStack({
      telemetry: createTelemetry("participant-site"),
      run: async () => ({ statusCode: 200 }),
    });
    await expect(callHandler(handler, JSON.parse(JSON.stringify(sent)), context)).resolves.toEqual({
      statusCode: 200,
    });
  });
});
