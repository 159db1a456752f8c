import { createServer } from "node:http";
import { at, isRecord, listOf } from "../../../infra/rules/template.ts";

export type TableRecorder = {
  readonly url: string;
  /** What was asked since the last time, as permissions name it: `PutItem throughcare-care`. */
  take(): readonly string[];
  stop(): void;
};

const inTransactions: Readonly<Record<string, string>> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  ConditionCheck: "ConditionCheckItem",
  Get: "GetItem",
};

/** Stands before a database, hands every request on and writes down which permission it takes. */
export async function startTableRecorder(endpoint: string): Promise<TableRecorder> {
  let seen: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks).toString("utf8");
    const action = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
    seen.push(...permissionsOf(action, JSON.parse(body)));
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

function permissionsOf(action: string, input: unknown): readonly string[] {
  if (action.startsWith("Transact"))
    return listOf(at(input, "TransactItems")).flatMap((item) =>
      Object.entries(isRecord(item) ? item : {}).map(
        ([kind, operation]) => `${inTransactions[kind]} ${String(at(operation, "TableName"))}`,
      ),
    );
  if (action === "BatchGetItem")
    return Object.keys(at(input, "RequestItems") ?? {}).map((table) => `BatchGetItem ${table}`);
  const index = at(input, "IndexName");
  const table = String(at(input, "TableName"));
  return [`${action} ${index === undefined ? table : `${table}/index/${String(index)}`}`];
}
