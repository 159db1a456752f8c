import { createServer } from "node:http";

/** A request as a stub got it. */
export type WireRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
};

/** What a stub answers: a whole answer, a connection that closes, a beginning without an end, or nothing at all. */
export type WireAnswer =
  | {
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | "hang-up"
  | "stall"
  | "silence";

export type WireStub = {
  readonly url: string;
  readonly requests: readonly WireRequest[];
  /** How many connections were opened since the last reset. */
  connections(): number;
  /** Answers to the next requests, in order; 200 with an empty object once they are used up. */
  answerNext(...answers: readonly WireAnswer[]): void;
  /** Forgets requests and planned answers. */
  reset(): void;
  stop(): Promise<void>;
};

/** An HTTP server on a free loopback port that says what it is told to, in place of a service of AWS. */
export async function startWireStub(): Promise<WireStub> {
  const requests: WireRequest[] = [];
  let planned: WireAnswer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    requests.push({
      method: request.method ?? "",
      url: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    });
    const answer = planned.shift() ?? { status: 200, body: "{}" };
    if (answer === "silence") return;
    if (answer === "hang-up") {
      request.socket.destroy();
      return;
    }
    if (answer === "stall") {
      response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
      response.write('{"MessageId":');
      return;
    }
    response.writeHead(answer.status, {
      "content-type": "application/x-amz-json-1.0",
      ...answer.headers,
    });
    response.end(answer.body ?? "");
  });
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stub has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    connections: () => connections,
    answerNext(...answers) {
      planned.push(...answers);
    },
    reset() {
      requests.length = 0;
      connections = 0;
      planned = [];
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An error in the JSON protocol of AWS. */
export function jsonError(
  status: number,
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): WireAnswer {
  return {
    status,
    body: JSON.stringify({ __type: `com.amazonaws#${name}`, message: name, ...more }),
  };
}
