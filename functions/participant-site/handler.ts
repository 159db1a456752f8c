import middy from "@middy/core";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import { dependencies } from "./dependencies.ts";
import { createParticipantSite } from "./participant-site.ts";

const answer = handle(createParticipantSite(dependencies()));

export const handler = middy<LambdaEvent>().handler((event) => answer(event));
