import middy from "@middy/core";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import { dependencies } from "./dependencies.ts";
import { createReceiveIntake } from "./receive-intake.ts";

const answer = handle(createReceiveIntake(dependencies()));

export const handler = middy<LambdaEvent>().handler((event) => answer(event));
