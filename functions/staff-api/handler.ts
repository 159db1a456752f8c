import middy from "@middy/core";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import { dependencies } from "./dependencies.ts";
import { createStaffApi } from "./staff-api.ts";

const answer = handle(createStaffApi(dependencies()));

export const handler = middy<LambdaEvent>().handler((event) => answer(event));
