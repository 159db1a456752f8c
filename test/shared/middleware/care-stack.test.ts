import { describe, expect, it } from "vitest";
import * as z from "zod";
import { httpStack } from "../../../shared/middleware/http-stack.ts";
import { scheduleStack } from "../../../shared/middleware/schedule-stack.ts";
import { stepStack } from "../../../shared/middleware/step-stack.ts";
import { streamStack } from "../../../shared/middleware/stream-stack.ts";
import { topicStack } from "../../../shared/middleware/topic-stack.ts";
import { createTelemetry, type Telemetry } from "../../../shared/observability/telemetry.ts";
import { callHandler } from "../../fakes/call-handler.ts";
import { printed } from "../../fakes/telemetry.ts";
import {
  apiRequest,
  executionFailed,
  inboundText,
  scheduled,
  tableChange,
} from "../../infra/documented/events.ts";

type Run = () => Promise<{ readonly statusCode: number }>;
const request = (path: string) => apiRequest({ method: "GET", path, routeKey: "$default" }).event;
const step = z.looseObject({});

/** Each trigger's stack, with an event that names somebody's care, if such events do, and one that names nobody's. */
const stacks = {
  step: {
    handler: (telemetry: Telemetry, run: Run) => stepStack({ telemetry, schema: step, run }),
    named: { episodeId: "01J0", driverId: "intake-01J0", generation: 2 },
    unnamed: {},
  },
  http: {
    handler: (telemetry: Telemetry, run: Run) => httpStack({ telemetry, run }),
    named: request("/api/v1/episodes/01J0/tasks"),
    unnamed: request("/api/v1/me"),
  },
  schedule: {
    handler: (telemetry: Telemetry, run: Run) => scheduleStack({ telemetry, run }),
    named: executionFailed.event,
    unnamed: scheduled.event,
  },
  stream: {
    handler: (telemetry: Telemetry, run: Run) => streamStack({ telemetry, run }),
    named: tableChange("throughcare-care", { pk: "EP#01J0", sk: "EFFECT#1" }).event,
    unnamed: tableChange("throughcare-care", { pk: "EP#01J1", sk: "EFFECT#1" }).event,
  },
  topic: {
    handler: (telemetry: Telemetry, run: Run) => topicStack({ telemetry, run }),
    named: inboundText("Hello").event,
    unnamed: inboundText("Hello").event,
  },
} as const;

const ofCare = ["episodeId", "driverId", "executionName", "added"];
const named = (lines: readonly string[]) =>
  lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({ level }) => level !== undefined)
    .map((line) =>
      Object.fromEntries(Object.entries(line).filter(([key]) => ofCare.includes(key))),
    );

describe("what a process logs of one call after another", () => {
  it.each(Object.keys(stacks) as (keyof typeof stacks)[])(
    "by a %s: the lines of a call name no care that the call before was about, also where that one failed",
    async (kind) => {
      const { handler, named: first, unnamed: second } = stacks[kind];
      for (const isFailing of [false, true]) {
        const telemetry = createTelemetry("a-function");
        let call = 0;
        const handle = handler(telemetry, async () => {
          call += 1;
          telemetry.logger.info("Something happened");
          // What a function itself adds while it works ends with the call, too.
          if (call === 1) telemetry.powertools.logger.appendKeys({ added: "of the first call" });
          telemetry.logger.info("Something else happened");
          if (call === 1 && isFailing) throw new Error("No answer");
          return { statusCode: 200 };
        });
        const context = { functionName: "throughcare-a-function" };
        const lines = await printed(() =>
          callHandler(handle, first, { ...context, awsRequestId: "call-1" }),
        );
        expect(named(lines).at(-1)).toMatchObject({ added: "of the first call" });
        if (["step", "http"].includes(kind))
          expect(named(lines)[0]).toMatchObject({ episodeId: "01J0" });
        const after = await printed(() =>
          callHandler(handle, second, { ...context, awsRequestId: "call-2" }),
        );
        expect(named(after)).toEqual([{}, {}]);
        expect(after.join("\n")).not.toContain("call-1");
      }
    },
  );
});
