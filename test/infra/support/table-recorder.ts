import { createServer } from "node:http";
import { namedCalls } from "../../../local/deployed-bundles/named-calls.ts";

export type TableRecorder = {
  readonly url: string;
  /** What was asked since the last time, as permissions name it: `PutItem throughcare-care`. */
  take(): readonly string[];
  stop(): void;
};

/** Stands before a database, hands every request on and writes down which permission it takes. */
export async function startTableRecorder(endpoint: string): Promise<TableRecorder> {
  let seen: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString("utf8");
    const calls = namedCalls({
      host: "dynamodb.us-east-1.amazonaws.com",
      method: "POST",
      path: "/",
      target: String(request.headers["x-amz-target"]),
      body,
    });
    for (const { action, names } of calls)
      seen.push(
        `${action.replace("dynamodb:", "")} ${Object.values(names.index ?? names.table ?? {}).join("/index/")}`,
      );
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      if (typeof value === "string" && !["host", "connection", "content-length"].includes(name))
        headers[name] = value;
    const answer = await fetch(endpoint, { method: "POST", headers, body });
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.0" });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The recorder has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
