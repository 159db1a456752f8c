import { expect } from "vitest";
import type { WireRequest, WireStub } from "./wire-stub.ts";

/** Differ from call to call, or say who is calling. */
const notOfTheCall = new Set([
  "accept",
  "accept-encoding",
  "amz-sdk-invocation-id",
  "amz-sdk-request",
  "authorization",
  "connection",
  "content-length",
  "host",
  "user-agent",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-user-agent",
]);

/** A request without what differs from call to call; of the signature, for which service and region it holds. */
function meaning(request: WireRequest | undefined) {
  if (request === undefined) throw new Error("Nothing was sent");
  const { method, url, headers, body } = request;
  const kept = Object.entries(headers).filter(([name]) => !notOfTheCall.has(name));
  const type = String(headers["content-type"]);
  const [, scope] =
    /Credential=test\/\d{8}\/([a-z0-9/-]+)\/aws4_request/.exec(String(headers.authorization)) ?? [];
  return {
    method,
    path: url,
    scope,
    headers: Object.fromEntries(kept),
    body: type.includes("form-urlencoded")
      ? Object.fromEntries(new URLSearchParams(body))
      : JSON.parse(body),
  };
}

/**
 * Makes a call both ways and expects the same request.
 * @param theirs - is given what ours sent, for what is another one at each call
 */
export async function expectSameRequest(
  stub: WireStub,
  ours: () => Promise<unknown>,
  theirs: (sent: WireRequest) => Promise<unknown>,
): Promise<void> {
  await ours();
  const [sent] = stub.requests;
  if (sent === undefined) throw new Error("Nothing was sent");
  expect(stub.requests).toHaveLength(1);
  const own = meaning(sent);
  stub.reset();
  // The client of mail reads an answer that is empty for a broken one.
  if (own.body.Action === "SendRawEmail") stub.answerNext(mailTaken);
  await theirs(sent);
  expect(own.scope).toMatch(/^us-east-1\/[a-z-]+$/);
  expect(own).toEqual(meaning(stub.requests[0]));
}

export const mailTaken = {
  status: 200,
  headers: { "content-type": "text/xml" },
  body: "<SendRawEmailResponse><SendRawEmailResult><MessageId>01</MessageId></SendRawEmailResult></SendRawEmailResponse>",
} as const;
