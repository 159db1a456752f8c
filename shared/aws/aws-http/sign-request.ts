import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";

type SigningCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** A request that is about to be signed. */
type UnsignedRequest = {
  readonly method: string;
  /** Its path is escaped already. No call of this system has a query. */
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * The headers of a request, signed with Signature Version 4 by the signer of AWS's own SDK.
 * @param scope.service - the service's signing name
 */
export async function signedHeaders(
  request: UnsignedRequest,
  scope: {
    readonly service: string;
    readonly region: string;
    readonly credentials: SigningCredentials;
    readonly at: Date;
  },
): Promise<Readonly<Record<string, string>>> {
  const { service, region, credentials, at } = scope;
  const { method, url, headers, body } = request;
  const signer = new SignatureV4({
    service,
    region,
    credentials,
    sha256: Sha256,
    // S3 alone signs the path as it is sent; the other services sign it escaped once more.
    uriEscapePath: service !== "s3",
  });
  const signed = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      headers: { ...headers, host: url.host },
      body,
    },
    { signingDate: at },
  );
  return signed.headers;
}

/** Node's own hash in the form that the signer takes. */
class Sha256 {
  readonly #secret: Uint8Array | string | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined || typeof secret === "string" ? secret : bytesOf(secret);
    this.#hash = this.#begin();
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    return this.#secret === undefined ? createHash("sha256") : createHmac("sha256", this.#secret);
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
