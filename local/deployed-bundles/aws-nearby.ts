import http, { type ClientRequest, type RequestOptions } from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import type { AwsRequest } from "./named-calls.ts";

/** Where the services are on this machine, by the first word of their own address at AWS. */
export type Nearby = Readonly<Record<string, string>>;

const kept = new http.Agent({ keepAlive: true });

/**
 * Sends what this process asks of AWS to the services of this machine, by the very addresses that it would
 * call in AWS, and lets none of it out.
 * @param onRequest - told of each request when it is complete
 */
export function bringAwsNearby(nearby: Nearby, onRequest: (request: AwsRequest) => void): void {
  https.request = (...input: readonly unknown[]): ClientRequest => {
    const [asked, onResponse] = input;
    if (!isRequestOptions(asked) || typeof onResponse !== "function")
      throw new Error("A deployed bundle calls AWS in one way only: request(options, answer)");
    const hostname = String(asked.host);
    // What AWS is asked for beside the path, such as the operation's name, decides nothing here.
    const path = String(asked.path).replace(/\?.*$/, "");
    const request = http.request(
      new URL(`${addressOf(nearby, hostname)}${path}`),
      {
        method: asked.method ?? "GET",
        // The signature names AWS's host, and nobody on this machine checks it.
        headers: { ...headersOf(asked), host: "127.0.0.1" },
        agent: isKeptAlive(asked) ? kept : false,
      },
      (response) => Reflect.apply(onResponse, undefined, [response]),
    );
    const end = request.end.bind(request);
    request.end = (body: unknown) => {
      onRequest({
        host: hostname,
        path,
        method: asked.method ?? "GET",
        target: headersOf(asked)["x-amz-target"],
        body: textOf(body),
      });
      return end(body);
    };
    return request;
  };
  syncBuiltinESMExports();
}

function isRequestOptions(value: unknown): value is RequestOptions {
  return typeof value === "object" && value !== null && "host" in value && "path" in value;
}

function isKeptAlive({ agent }: RequestOptions): boolean {
  return agent instanceof https.Agent && agent.options.keepAlive === true;
}

function headersOf({ headers }: RequestOptions): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

function textOf(body: unknown): string {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString("utf8") : "";
}

function addressOf(nearby: Nearby, hostname: string): string {
  const service = /^(?:([\w.-]+)\.)?([\w-]+)\.us-east-1\.amazonaws\.com$/.exec(hostname);
  const address = nearby[service?.[2] ?? ""];
  if (address === undefined) throw new Error(`Nothing on this machine stands in for ${hostname}`);
  return service?.[1] === undefined ? address : `${address}/${service[1]}`;
}
