import * as z from "zod";
import { staffFunctions } from "../../care/program/staff-functions.ts";
import { id, route } from "./route.ts";

export const getDescription = route({
  method: "GET",
  path: "/openapi.json",
  summary: "This description",
  who: "anyone",
  repeats: "reads",
  answer: {
    status: 200,
    schema: z.looseObject({ openapi: z.string() }).describe("An OpenAPI 3.1 document"),
  },
});

export const getMe = route({
  method: "GET",
  path: "/me",
  summary: "Who am I",
  who: "staff",
  repeats: "reads",
  answer: {
    status: 200,
    schema: z.strictObject({
      staffId: id,
      name: z.string(),
      functions: z
        .array(z.string())
        .describe(`What the person does: of the care team ${staffFunctions.join(", ")}`),
      siteIds: z.array(id),
    }),
  },
});
