import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { logMetrics } from "@aws-lambda-powertools/metrics/middleware";
import { ParseError } from "@aws-lambda-powertools/parser/errors";
import { parser } from "@aws-lambda-powertools/parser/middleware";
import middy, { type MiddlewareObj } from "@middy/core";
import * as z from "zod";
import { type InputProblem, InvalidInputError } from "../errors/invalid-input-error.ts";
import { correlationOf } from "../observability/correlation.ts";
import type { Telemetry } from "../observability/telemetry.ts";

/** Errors that only send a machine back to look at the truth; its Catch expects them. */
const waysToLookAgain: readonly string[] = ["EpisodeMovedOnError", "SupersededError"];

/**
 * What the stacks of all triggers begin with: each log line tells which call of which function wrote it and whose care it was about,
 * what was counted is printed when the call ends, the event is parsed, a fault is logged by name and thrown on.
 * @param options.whatFailed - the sentence for the log
 */
export function careStack<Event>(options: {
  readonly telemetry: Telemetry;
  readonly schema: z.ZodType<Event>;
  readonly whatFailed: string;
}) {
  const { telemetry, schema, whatFailed } = options;
  const { logger, metrics } = telemetry.powertools;
  return middy()
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .use(correlated(telemetry))
    .use(logMetrics(metrics, { captureColdStartMetric: true }))
    .use(faultLog(telemetry, whatFailed))
    .use(refusalByName(telemetry))
    .use(parser({ schema }));
}

/** What the event names stays on every line until the call ends. */
function correlated({ powertools: { logger } }: Telemetry): MiddlewareObj {
  return {
    before({ event }) {
      logger.appendKeys(correlationOf(event));
    },
  };
}

function faultLog({ logger }: Telemetry, whatFailed: string): MiddlewareObj {
  return {
    onError({ error }) {
      // How a machine is told to look again is no failure: it would hide the real ones.
      if (error instanceof Error && waysToLookAgain.includes(error.name)) {
        logger.info("A step is to be looked at again", { error });
      } else {
        logger.error(whatFailed, { error });
      }
    },
  };
}

/** The library's error is no name that a machine knows: ours says where the event is wrong. */
function refusalByName({ metrics }: Telemetry): MiddlewareObj {
  return {
    onError(request) {
      if (!(request.error instanceof ParseError)) return;
      metrics.refused("event");
      request.error = new InvalidInputError(
        "The event does not have the shape this function takes",
        problemsOf(request.error.cause),
      );
    },
  };
}

const issuesSchema = z.array(
  z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }),
);

function problemsOf(issues: unknown): readonly InputProblem[] {
  const parsed = issuesSchema.safeParse(issues);
  return parsed.success
    ? parsed.data.map(({ path, message }) => ({ path: path.join("."), problem: message }))
    : [];
}
