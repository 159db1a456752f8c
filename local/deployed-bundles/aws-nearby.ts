import http, { type ClientRequest, type RequestOptions } from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import type { AwsRequest } from "./permissions-needed.ts";

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
    const [url, options, onResponse] = input;
    if (!(url instanceof URL) || typeof onResponse !== "function")
      throw new Error("A deployed bundle calls AWS in one way only: request(url, options, answer)");
    const asked: RequestOptions = { ...(options as RequestOptions) };
    const request = http.request(
      new URL(`${addressOf(nearby, url)}${url.pathname}`),
      {
        ...asked,
        // The signature names AWS's host, and nobody on this machine checks it.
        headers: { ...asked.headers, host: "127.0.0.1" },
        agent: asked.agent === false ? false : kept,
      },
      (response) => Reflect.apply(onResponse, undefined, [response]),
    );
    const target = headerOf(asked, "x-amz-target");
    const end = request.end.bind(request);
    request.end = (body: unknown) => {
      onRequest({
        host: url.hostname,
        path: url.pathname,
        method: asked.method ?? "GET",
        target,
        body: Buffer.isBuffer(body) ? body.toString("utf8") : "",
      });
      return end(body);
    };
    return request;
  };
  syncBuiltinESMExports();
}

function addressOf(nearby: Nearby, { hostname }: URL): string {
  const service = /^(?:([\w.-]+)\.)?([\w-]+)\.us-east-1\.amazonaws\.com$/.exec(hostname);
  const address = nearby[service?.[2] ?? ""];
  if (address === undefined) throw new Error(`Nothing on this machine stands in for ${hostname}`);
  return service?.[1] === undefined ? address : `${address}/${service[1]}`;
}

function headerOf({ headers }: RequestOptions, name: string): string | undefined {
  const value: unknown = headers === undefined ? undefined : Reflect.get(headers, name);
  return typeof value === "string" ? value : undefined;
}
