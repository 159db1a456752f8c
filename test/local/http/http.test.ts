// Long because requests and answers are translated in both directions, on the same cases.
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { toApiGatewayEvent } from "../../../local/http/api-gateway-event.ts";
import { fromApiGatewayResult } from "../../../local/http/api-gateway-result.ts";
import type { HttpRequest } from "../../../local/http/http-message.ts";
import { HANG_UP, jsonResponse } from "../../../local/http/http-message.ts";
import type { HttpRoute, RunningHttpServer } from "../../../local/http/http-server.ts";
import { createHttpServer } from "../../../local/http/http-server.ts";
import { originForm } from "../../../local/http/node-message.ts";
import { fc } from "../../builders/properties.ts";

const NOW = "2026-11-24T14:40:05.000Z";

function request(change: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url: "/", headers: {}, body: Buffer.alloc(0), ...change };
}

describe("request to API Gateway event", () => {
  it("carries path, query, cookies, headers and the virtual instant", () => {
    const event = toApiGatewayEvent(
      request({
        url: "/api/v1/queue%20x?tab=safety&tab=done&q=a%26b+c&flag",
        headers: { host: "127.0.0.1:8080", cookie: "a=1; b=2", "user-agent": "test" },
      }),
      { now: NOW },
    );
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/api/v1/queue%20x",
      rawQueryString: "tab=safety&tab=done&q=a%26b+c&flag",
      queryStringParameters: { tab: "safety,done", q: "a&b c", flag: "" },
      cookies: ["a=1", "b=2"],
      headers: { host: "127.0.0.1:8080", "user-agent": "test" },
      isBase64Encoded: false,
      requestContext: {
        domainName: "127.0.0.1:8080",
        http: {
          method: "GET",
          path: "/api/v1/queue%20x",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        stage: "$default",
        time: "24/Nov/2026:14:40:05 +0000",
        timeEpoch: Date.parse(NOW),
      },
    });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event).not.toHaveProperty("body");
    expect(event.requestContext).not.toHaveProperty("authorizer");
  });

  it("carries the claims of a verified token as the JWT authorizer does", () => {
    const event = toApiGatewayEvent(request(), {
      now: NOW,
      routeKey: "ANY /api/{proxy+}",
      claims: { sub: "01STAFF", scope: "a b", "cognito:groups": ["clinician"] },
    });
    expect(event.requestContext.authorizer?.jwt).toEqual({
      claims: { sub: "01STAFF", scope: "a b", "cognito:groups": ["clinician"] },
      scopes: ["a", "b"],
    });
  });

  it.each([
    ["application/json", '{"a":"ñ"}', false],
    ["application/fhir+json", "{}", false],
    ["text/plain; charset=utf-8", "ñ", false],
    ["application/x-www-form-urlencoded", "a=1", true],
    ["application/octet-stream", "x", true],
  ])("passes a body of type %s on as the gateway does", (type, text, isBase64Encoded) => {
    const body = Buffer.from(text);
    const event = toApiGatewayEvent(
      request({ method: "POST", headers: { "content-type": type }, body }),
      { now: NOW },
    );
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(event.body).toBe(isBase64Encoded ? body.toString("base64") : text);
  });

  it("keeps bytes that are no text as base64 even where they claim to be JSON", () => {
    const body = Buffer.from([0x7b, 0xff, 0xfe]);
    const event = toApiGatewayEvent(
      request({ headers: { "content-type": "application/json" }, body }),
      { now: NOW },
    );
    expect(event).toMatchObject({ isBase64Encoded: true, body: body.toString("base64") });
  });

  it.each(["x/../@evil?", ".0", "care.example.org:99999"])(
    "puts no forged host into the event's domain: %s",
    (host) => {
      const event = toApiGatewayEvent(request({ headers: { host } }), { now: NOW });
      expect(event.requestContext.domainName).toBe("127.0.0.1");
    },
  );

  it("gives an event with a usable address whatever the bytes are", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.uint8Array(),
        fc.string(),
        (target, bytes, type) => {
          const url = originForm(target);
          const headers = { "content-type": type, cookie: target, host: type };
          const event = toApiGatewayEvent(
            { method: "POST", url, headers, body: Buffer.from(bytes) },
            { now: NOW },
          );
          const address = new URL(
            `http://${event.requestContext.domainName}${event.rawPath}?${event.rawQueryString}`,
          );
          expect([
            "127.0.0.1",
            new URL(`http://${event.requestContext.domainName}`).hostname,
          ]).toContain(address.hostname);
          const sent = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
          expect(sent.equals(Buffer.from(bytes))).toBe(true);
          expect(JSON.parse(JSON.stringify(event))).toEqual(event);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("function result to answer", () => {
  it("sends status, headers, cookies and body", () => {
    const result = {
      statusCode: 201,
      headers: { "Content-Type": "text/html", "X-Count": 3 },
      cookies: ["a=1", "b=2"],
      body: "<p>",
    };
    expect(fromApiGatewayResult(result)).toEqual({
      status: 201,
      headers: { "content-type": "text/html", "x-count": "3", "set-cookie": ["a=1", "b=2"] },
      body: "<p>",
    });
  });

  it("decodes a base64 body", () => {
    const { body } = fromApiGatewayResult({ statusCode: 200, body: "/wA=", isBase64Encoded: true });
    expect(body).toEqual(Buffer.from([255, 0]));
  });

  it("sends a result without a status as JSON", () => {
    expect(fromApiGatewayResult({ a: 1 })).toMatchObject({ status: 200, body: '{"a":1}' });
    expect(fromApiGatewayResult(null)).toMatchObject({ status: 200, body: "null" });
  });

  it.each([
    ["a status that is none", { statusCode: "abc" }],
    ["a status out of range", { statusCode: 99 }],
    ["a body that is no text", { statusCode: 200, body: {} }],
    ["a header with a line break", { statusCode: 200, headers: { a: "b\r\nc: d" } }],
    ["cookies that are no list", { statusCode: 200, cookies: "a=1" }],
  ])("answers 500 to %s", (_what, result) => {
    expect(fromApiGatewayResult(result)).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });
});

describe("http server", () => {
  const running: RunningHttpServer[] = [];

  async function start(routes: readonly HttpRoute[], port = 0): Promise<RunningHttpServer> {
    const server = await createHttpServer({ routes, port });
    running.push(server);
    return server;
  }

  const echo: HttpRoute = {
    prefix: "/",
    handle: async ({ url, body, method }) => jsonResponse(200, { url, method, bytes: body.length }),
  };

  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  it("lets the longest matching prefix answer", async () => {
    const named = (name: string): HttpRoute => ({
      prefix: name,
      handle: async () => jsonResponse(200, name),
    });
    const { url } = await start([named("/"), named("/api"), named("/api/v1")]);
    const answers = await Promise.all(
      ["/", "/apis", "/api?x=1", "/api/v1/x", "/api/v10"].map(async (path) =>
        (await fetch(url + path)).json(),
      ),
    );
    expect(answers).toEqual(["/", "/", "/api", "/api/v1", "/api"]);
  });

  it("answers 404 where nothing is mounted", async () => {
    const { url } = await start([{ prefix: "/a", handle: async () => jsonResponse(200, {}) }]);
    const response = await fetch(`${url}/b`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
  });

  it("takes the next port where the wished one is busy, and says so", async () => {
    const first = await start([echo]);
    const busy: number[] = [];
    const second = await createHttpServer({
      routes: [echo],
      port: first.port,
      onPortBusy: (port) => busy.push(port),
    });
    running.push(second);
    expect(second.portWasBusy).toBe(true);
    expect(second.port).toBeGreaterThan(first.port);
    expect(busy).toContain(first.port);
    expect((await fetch(second.url)).status).toBe(200);
  });

  it("rejects in a sentence where no port is free", async () => {
    const { port } = await start([echo]);
    await expect(createHttpServer({ routes: [], port, furtherPorts: 0 })).rejects.toThrow("--port");
  });

  it("answers 413 to a body over 10 MB and takes one of exactly 10 MB", async () => {
    const { url } = await start([echo]);
    const limit = 10 * 1024 * 1024;
    const fits = await fetch(url, { method: "POST", body: new Uint8Array(limit) });
    expect(await fits.json()).toMatchObject({ bytes: limit });
    expect(await postWithoutLength(url, limit + 1)).toBe(413);
    expect((await fetch(url)).status).toBe(200);
  });

  it("answers 500 without the cause where a route throws, and tells its owner", async () => {
    const errors: unknown[] = [];
    const handle = async () => {
      throw new Error("secret");
    };
    const server = await createHttpServer({
      routes: [{ prefix: "/", handle }],
      port: 0,
      onError: (error) => errors.push(error),
    });
    running.push(server);
    const response = await fetch(server.url);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
    expect(errors).toHaveLength(1);
  });

  it("closes the connection where a route hangs up", async () => {
    const { url } = await start([{ prefix: "/", handle: async () => HANG_UP }]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("sends no body to HEAD", async () => {
    const { url } = await start([echo]);
    const response = await fetch(url, { method: "HEAD" });
    expect(response.headers.get("content-length")).not.toBe("0");
    expect(await response.text()).toBe("");
  });

  it.each([
    ["nonsense", "\x00\xff nonsense\r\n\r\n"],
    ["a broken header", "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n"],
    ["a header of 64 kB", `GET / HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(65_536)}\r\n\r\n`],
    ["a broken chunk", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ["a body that never comes", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"],
    [
      "raw bytes in the address",
      "GET /\xff\xfe%zz?\xe9=%  HTTP/1.1\r\nHost: \xff\r\nConnection: close\r\n\r\n",
    ],
    [
      "another server's address",
      "GET http://evil.example.org/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
  ])("survives %s", async (_what, bytes) => {
    const { url, port } = await start([echo]);
    const answer = await sendRaw(port, bytes);
    expect(answer).not.toContain(" 500 ");
    expect((await fetch(url)).status).toBe(200);
  });
});

function postWithoutLength(url: string, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const client = httpRequest(url, { method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    client.on("error", reject);
    client.end(Buffer.alloc(bytes));
  });
}

function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", () => resolve(answer));
    socket.write(Buffer.from(bytes, "latin1"));
    setTimeout(() => socket.destroy(), 150);
  });
}
