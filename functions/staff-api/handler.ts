import middy from "@middy/core";
import { handle } from "hono/aws-lambda";
import { dependencies } from "./dependencies.ts";
import { createStaffApi } from "./staff-api.ts";

export const handler = middy().handler(handle(createStaffApi(dependencies())));
