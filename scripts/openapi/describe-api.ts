import * as z from "zod";
import * as answers from "../../shared/contracts/api-answers.ts";
import * as bodies from "../../shared/contracts/api-bodies.ts";
import { intakeRequestSchema } from "../../shared/contracts/intake-request.ts";
import { correctionBodySchema } from "../../shared/contracts/person-bodies.ts";
import {
  closureBodySchema,
  rotaBodySchema,
  siteBodySchema,
} from "../../shared/contracts/site-bodies.ts";

type Call = {
  readonly summary: string;
  readonly body?: z.ZodType;
  /** What a 200 answers, where more is said of it than that it is an object. */
  readonly answer?: z.ZodType;
  readonly query?: Readonly<Record<string, string>>;
  readonly answers?: readonly number[];
  readonly isPublic?: boolean;
};

const calls: Readonly<Record<string, Call>> = {
  "post /intakes": {
    summary: "Send a referral or self-referral",
    body: intakeRequestSchema,
    answers: [202, 400, 401, 413, 415, 422, 429],
    isPublic: true,
  },
  "get /me": { summary: "Who am I" },
  "get /queue": {
    summary: "The work, in the order to do it",
    query: { tab: "safety, approvals, work, overdue, snoozed or done" },
  },
  "get /participants": {
    summary: "People by name, reference or phase",
    query: {
      search: "part of a name or reference",
      phase: "a status",
      cursor: "from the last answer",
    },
  },
  "get /episodes/{episodeId}": {
    summary: "One episode of care, with the words of its referral",
    answer: answers.episodeAnswerSchema,
  },
  ...Object.fromEntries(
    [
      "pathway",
      "sessions",
      "assessments",
      "messages",
      "tasks",
      "check-ins",
      "escalations",
      "outreach",
      "audit",
    ].map((part) => [
      `get /episodes/{episodeId}/${part}`,
      { summary: `The episode's ${part}`, query: { cursor: "from the last answer" } },
    ]),
  ),
  "get /episodes/{episodeId}/timeline": {
    summary: "What happened, the newest first, with the reasons that were given",
    query: { cursor: "from the last answer" },
    answer: answers.timelineAnswerSchema,
  },
  "get /episodes/{episodeId}/notes": {
    summary: "What was written about the person and by them, the newest first",
    query: { cursor: "from the last answer" },
    answer: answers.notesAnswerSchema,
  },
  "post /episodes/{episodeId}/hold": { summary: "Put on leave", body: bodies.holdBodySchema },
  "post /episodes/{episodeId}/resume": {
    summary: "Return from leave",
    body: bodies.reasonBodySchema,
  },
  "post /episodes/{episodeId}/withdraw": { summary: "Withdraw", body: bodies.reasonBodySchema },
  "post /episodes/{episodeId}/transition": {
    summary: "Propose a transition",
    body: bodies.transitionBodySchema,
  },
  "post /episodes/{episodeId}/contacts": {
    summary: "Log a contact",
    body: bodies.contactLogBodySchema,
  },
  "post /episodes/{episodeId}/corrections": {
    summary: "Put facts about the person right, with everything that was planned by them",
    body: correctionBodySchema,
  },
  "post /episodes/{episodeId}/reach-confirmation": {
    summary: "Confirm that a number or address is the participant's",
    body: bodies.confirmReachBodySchema,
  },
  "get /tasks/{taskId}": {
    summary: "One task, with what may come of it and what was written",
    answer: answers.taskAnswerSchema,
  },
  "post /tasks/{taskId}/decision": {
    summary: "Decide an approval",
    body: bodies.decisionBodySchema,
  },
  "post /tasks/{taskId}/decision/retract": {
    summary: "Take a decision back within 30 seconds",
    body: bodies.retractBodySchema,
  },
  "post /tasks/{taskId}/outcome": {
    summary: "Record what came of a task",
    body: bodies.outcomeBodySchema,
  },
  "post /tasks/{taskId}/snooze": { summary: "Put a task off", body: bodies.snoozeBodySchema },
  "post /tasks/{taskId}/assign": { summary: "Hand a task over", body: bodies.assignBodySchema },
  "get /escalations/{escalationId}": {
    summary: "A safety alert, with the words behind it and what was written with each contact",
    answer: answers.escalationAnswerSchema,
  },
  "post /escalations/{escalationId}/acknowledgement": {
    summary: "Take a safety alert",
    body: bodies.acknowledgementBodySchema,
  },
  "post /escalations/{escalationId}/contact": {
    summary: "Record contact with the participant",
    body: bodies.contactBodySchema,
  },
  "post /escalations/{escalationId}/closure": {
    summary: "Close a safety alert",
    body: bodies.closureBodySchema,
  },
  "get /sessions": { summary: "Group sessions by day", query: { from: "a date", to: "a date" } },
  "get /sessions/{sessionId}/roster": { summary: "Who is expected, and attendance" },
  "put /sessions/{sessionId}/attendance": {
    summary: "Enter or correct attendance",
    body: bodies.attendanceBodySchema,
  },
  "get /messages/{messageId}/explanation": { summary: "Why it was, was not, or will be sent" },
  "get /programs": { summary: "Published programs" },
  "get /sites/{siteId}": { summary: "A site's live data" },
  "put /sites/{siteId}": { summary: "Change a site's live data", body: siteBodySchema },
  "post /closures": { summary: "Close a site for a day", body: closureBodySchema },
  "post /rota": { summary: "Name who is on call", body: rotaBodySchema },
};

const words: Readonly<Record<number, string>> = {
  200: "Done",
  202: "Taken in",
  400: "The call is not as it should be; a list says where",
  401: "Sign in first",
  404: "Not there, or not yours",
  409: "Somebody was first, or it cannot be done now",
  413: "Too large",
  415: "Not JSON",
  422: "The Idempotency-Key was used for another request",
  429: "Too many",
};

function jsonContent(schema: z.ZodType, io: "input" | "output") {
  return { "application/json": { schema: z.toJSONSchema(schema, { unrepresentable: "any", io }) } };
}

function operation(method: string, path: string, call: Call) {
  const isPost = call.body !== undefined;
  const needsKey = isPost && method === "post";
  const statuses =
    call.answers ?? (isPost ? [200, 400, 401, 404, 409, 413, 415, 422] : [200, 400, 401, 404]);
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
      name: match[1],
      in: "path",
      required: true,
      schema: { type: "string" },
    })),
    ...(needsKey
      ? [
          {
            name: "Idempotency-Key",
            in: "header",
            required: true,
            description: "Yours to choose; the same key and body get the first answer again",
            schema: { type: "string", pattern: "^[A-Za-z0-9_.:-]{8,128}$" },
          },
        ]
      : []),
    ...Object.entries(call.query ?? {}).map(([name, description]) => ({
      name,
      in: "query",
      description,
      schema: { type: "string" },
    })),
  ];
  return {
    summary: call.summary,
    ...(call.isPublic === true ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(call.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: jsonContent(call.body, "input"),
          },
        }),
    responses: Object.fromEntries(
      statuses.map((status) => [
        String(status),
        status === 200 && call.answer !== undefined
          ? { description: words[200], content: jsonContent(call.answer, "output") }
          : { $ref: `#/components/responses/${status}` },
      ]),
    ),
  };
}

/** The API's description, OpenAPI 3.1, from the schemas that check the calls. */
export function describeApi(): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, call] of Object.entries(calls)) {
    const [method = "", path = ""] = name.split(" ");
    paths[path] = { ...paths[path], [method]: operation(method, path, call) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Throughcare",
      version: "1",
      description:
        "Every POST that creates or sends carries an Idempotency-Key. Errors are problem+json with a sentence.",
    },
    servers: [{ url: "/api/v1" }],
    security: [{ accessToken: [] }],
    components: {
      responses: Object.fromEntries(
        Object.entries(words).map(([status, description]) => [
          status,
          {
            description,
            content: {
              [Number(status) < 300 ? "application/json" : "application/problem+json"]: {
                schema: { type: "object" },
              },
            },
          },
        ]),
      ),
      securitySchemes: { accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
    paths,
  };
}
