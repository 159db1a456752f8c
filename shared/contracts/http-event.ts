import * as z from "zod";

const text = z.string();
const texts = z.record(text, text);

/**
 * A request as the HTTP API hands it over, payload format 2.0. Powertools has a schema of it that refuses
 * what the person who sent it has a say in, such as an unusual method: the application answers that, where a
 * parser could only fail. Building it also takes some 4 ms of every start.
 */
export const httpEventSchema = z.object({
  version: z.literal("2.0"),
  routeKey: text,
  rawPath: text,
  rawQueryString: text,
  headers: texts,
  // Left out where there are none, never undefined.
  cookies: z.array(text).exactOptional(),
  body: text.nullable().default(null),
  isBase64Encoded: z.boolean(),
  requestContext: z.object({
    accountId: text,
    apiId: text,
    // Who is signed in, the functions find out by themselves; nothing that is said of it here counts.
    authentication: z.null().default(null).catch(null),
    authorizer: z.object({}).default({}).catch({}),
    domainName: text,
    domainPrefix: text,
    http: z.object({
      method: text,
      path: text,
      protocol: text,
      sourceIp: text,
      userAgent: text.default(""),
    }),
    requestId: text,
    routeKey: text,
    stage: text,
    time: text,
    timeEpoch: z.number(),
  }),
});
export type HttpEvent = z.infer<typeof httpEventSchema>;
