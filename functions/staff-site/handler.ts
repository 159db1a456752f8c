import { handle } from "hono/aws-lambda";
import { httpStack } from "../../shared/middleware/http-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { createStaffSite } from "./staff-site.ts";

const answer = handle(createStaffSite(dependencies()));

export const handler = httpStack({ telemetry, run: (event) => answer(event) });
