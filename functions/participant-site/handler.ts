import { handle } from "hono/aws-lambda";
import { httpStack } from "../../shared/middleware/http-stack.ts";
import { dependencies, telemetry } from "./dependencies.ts";
import { createParticipantSite } from "./participant-site.ts";

const answer = handle(createParticipantSite(dependencies()));

export const handler = httpStack({ telemetry, run: (event) => answer(event) });
