import { handle } from "hono/aws-lambda";
import { httpStack } from "../../shared/middleware/http-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { createReceiveIntake } from "./receive-intake.ts";

const answer = handle(createReceiveIntake(dependencies()));

export const handler = httpStack({ telemetry, run: (event) => answer(event) });
