import * as z from "zod";
import {
  type ApiRoute,
  apiRoot,
  problemSchema,
  refusalsOf,
} from "../../shared/contracts/routes/route.ts";
import { apiRoutes } from "../../shared/contracts/routes/table.ts";

const statusLabels: Readonly<Record<number, string>> = {
  200: "Done",
  202: "Taken in",
  400: "The call is not as it should be; a list says where",
  401: "Sign in first, or say who you are",
  404: "Not there, or not yours",
  409: "Somebody was first, or it cannot be done now",
  413: "Too large",
  415: "Not JSON",
  422: "The Idempotency-Key was used for another request",
  429: "Too many",
  503: "That did not work, and nothing was changed",
};

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "Yours to choose; the same key and body get the first answer again",
  schema: { type: "string", pattern: "^[A-Za-z0-9_.:-]{8,128}$" },
};

function jsonSchema(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any", io });
  return rest;
}

function pathParameters(path: string) {
  return [...path.matchAll(/:(\w+)/g)].map((match) => ({
    name: match[1],
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters({ query }: ApiRoute) {
  return Object.entries(query?.shape ?? {}).map(([name, field]) => {
    const { description, ...schema } = jsonSchema(field, "input");
    return { name, in: "query", ...(description === undefined ? {} : { description }), schema };
  });
}

function whoLabel({ who }: ApiRoute): string {
  if (typeof who !== "string") return `For: ${who.join(", ")} of the site.`;
  return {
    anyone: "For anybody.",
    senders:
      "For anybody as `self` or `referrer`; as `staff` with an access token, as `partner` with X-Partner-Key.",
    staff: "For everybody on the staff.",
    "care-team": "For the care team of the site.",
  }[who];
}

function operation(one: ApiRoute) {
  const parameters = [
    ...pathParameters(one.path),
    ...(one.repeats === "idempotency-key" ? [idempotencyKey] : []),
    ...queryParameters(one),
  ];
  const { status, schema } = one.answer;
  const example = one.example === undefined ? {} : { example: one.example };
  const refusals = [...refusalsOf(one)].map(([refused, refusal]) => [
    String(refused),
    refusal === problemSchema
      ? { $ref: `#/components/responses/${refused}` }
      : {
          description: statusLabels[refused],
          content: { "application/problem+json": { schema: jsonSchema(refusal, "output") } },
        },
  ]);
  return {
    summary: one.summary,
    description: whoLabel(one),
    ...(one.who === "anyone" || one.who === "senders" ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(one.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: jsonSchema(one.body, "input"), ...example } },
          },
        }),
    responses: {
      [status]: {
        description: statusLabels[status],
        content: { "application/json": { schema: jsonSchema(schema, "output") } },
      },
      ...Object.fromEntries(refusals),
    },
  };
}

/** The API's description, OpenAPI 3.1, from the table of routes that answers the calls. */
export function describeApi(): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of apiRoutes) {
    const path = one.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operation(one) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Throughcare",
      version: "1",
      description:
        "Every POST that creates or sends carries an Idempotency-Key. Errors are problem+json with a sentence.",
    },
    servers: [{ url: apiRoot }],
    security: [{ accessToken: [] }],
    components: {
      schemas: { Problem: jsonSchema(problemSchema, "output") },
      responses: Object.fromEntries(
        Object.entries(statusLabels)
          .filter(([status]) => Number(status) >= 400)
          .map(([status, description]) => [
            status,
            {
              description,
              content: {
                "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
              },
            },
          ]),
      ),
      securitySchemes: { accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
    paths,
  };
}
