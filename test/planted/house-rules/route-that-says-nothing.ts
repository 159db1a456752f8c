// read as: shared/contracts/routes/secret.ts
import * as z from "zod";

export const getSecret = {
  method: "GET",
  path: "/secret",
  // expect: no-route-without-schemas
  answer: { status: 200, schema: z.any() },
  // expect: no-route-without-schemas
  query: z.object({ all: z.unknown() }),
};
