import { createHash, createHmac } from "node:crypto";

export type SigningCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** A request that is about to be signed. */
export type UnsignedRequest = {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * The headers of a request, signed with Signature Version 4. The path must be escaped already and, but
 * for S3, hold nothing that needs it: the other services sign it escaped once more.
 * @param scope.service - the service's signing name
 */
export function signedHeaders(
  request: UnsignedRequest,
  scope: {
    readonly service: string;
    readonly region: string;
    readonly credentials: SigningCredentials;
    readonly at: Date;
  },
): Record<string, string> {
  const { credentials, region, service } = scope;
  const instant = scope.at.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const date = instant.slice(0, 8);
  const bodyHash = sha256(request.body);
  const headers: Record<string, string> = {
    ...request.headers,
    ...(service === "s3" ? { "x-amz-content-sha256": bodyHash } : {}),
    "x-amz-date": instant,
    ...(credentials.sessionToken === undefined
      ? {}
      : { "x-amz-security-token": credentials.sessionToken }),
  };
  const signed = Object.entries({ ...headers, host: request.url.host }).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  const names = signed.map(([name]) => name).join(";");
  const canonical = [
    request.method,
    request.url.pathname,
    request.url.search.slice(1),
    ...signed.map(([name, value]) => `${name}:${value.trim()}`),
    "",
    names,
    bodyHash,
  ].join("\n");
  const credentialScope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", instant, credentialScope, sha256(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part, "utf8").digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(toSign, "utf8").digest("hex");
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${credentialScope},SignedHeaders=${names},Signature=${signature}`,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
