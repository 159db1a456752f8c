import { handle } from "hono/aws-lambda";
import { httpStack } from "../../shared/middleware/http-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { createStaffApi } from "./staff-api.ts";

const answer = handle(createStaffApi(dependencies()));

export const handler = httpStack({ telemetry, run: (event) => answer(event) });
