import * as z from "zod";
import type { StepFunctionsEngine } from "../engine.ts";
import { EngineError } from "../engine-error.ts";

/** One call of the API: reads the request's body and answers with the response's. */
export type Action = (engine: StepFunctionsEngine, body: unknown) => unknown;

/**
 * Makes an action out of the shape of its request and what it does.
 * Anything of another shape is a `ValidationException`.
 */
export function action<Shape extends z.ZodType>(
  shape: Shape,
  run: (engine: StepFunctionsEngine, request: z.infer<Shape>) => unknown,
): Action {
  return (engine, body) => {
    const read = shape.safeParse(body);
    if (read.success) return run(engine, read.data);
    const problems = read.error.issues.map(
      (issue) => `${issue.path.join(".") || "request"}: ${issue.message}`,
    );
    throw new EngineError("ValidationException", problems.join("; "));
  };
}

/** Step Functions' dates are seconds since the epoch. */
export function seconds(epochMs: number): number {
  return epochMs / 1000;
}

/** What a call may leave out of its answer. */
export const includedData = z.enum(["ALL_DATA", "METADATA_ONLY"]).optional();

/** What every list may be asked for. */
export const paged = {
  maxResults: z.number().int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(1024).optional(),
};
