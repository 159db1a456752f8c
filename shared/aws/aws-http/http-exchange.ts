import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export type HttpAnswer = {
  readonly status: number;
  readonly body: string;
  /** The error's name, where the service says it in a header. */
  readonly errorType?: string;
};

const kept = {
  "http:": new HttpAgent({ keepAlive: true }),
  "https:": new HttpsAgent({ keepAlive: true }),
};

/**
 * One request and its whole answer, or an error with the socket's code.
 * @param asked.withinMs - for all of it, from the connection to the answer's last byte
 * @param asked.isFresh - uses a connection of its own: one that was kept may have died unnoticed, and
 *   then nobody knows whether the request arrived
 */
export function exchange(asked: {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly withinMs: number;
  readonly isFresh: boolean;
}): Promise<HttpAnswer> {
  const { url, method, headers, body, withinMs, isFresh } = asked;
  const isPlain = url.protocol === "http:";
  const send = isPlain ? httpRequest : httpsRequest;
  const bytes = Buffer.from(body, "utf8");
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method,
        headers: { ...headers, "content-length": bytes.length },
        agent: isFresh ? false : kept[isPlain ? "http:" : "https:"],
        signal: AbortSignal.timeout(withinMs),
      },
      (response) => {
        readAll(response).then((text) => {
          const errorType = response.headers["x-amzn-errortype"];
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            ...(typeof errorType === "string" ? { errorType } : {}),
          });
        }, reject);
      },
    );
    request.on("error", reject);
    request.end(bytes);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
