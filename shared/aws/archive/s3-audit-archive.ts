import { createHash } from "node:crypto";
import { ProviderThrottledError } from "../../errors/provider-throttled-error.ts";
import { ProviderUnavailableError } from "../../errors/provider-unavailable-error.ts";
import type { AuditArchive } from "../../ports/audit-archive.ts";
import { type AwsService, createAwsService } from "../aws-http/aws-service.ts";

const nameTaken = 412;
const throttled: readonly number[] = [429, 503];

/**
 * The audit archive in a bucket. One kind of request does not need the S3 client, which alone would
 * fill the bundle.
 * @param options.endpoint - takes the place of AWS's own address; the bucket is then part of the path
 * @throws {ProviderThrottledError} and {ProviderUnavailableError} from `putOnce`; it may be repeated
 */
export function createS3AuditArchive(options: {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string;
}): AuditArchive {
  const { bucket, region, endpoint } = options;
  const service = createAwsService({
    variable: "S3",
    host: "s3",
    // The stream gives what failed again: no repeat is needed here.
    attempts: 1,
    endpoint: {
      region,
      url:
        endpoint === undefined
          ? `https://${bucket}.s3.${region}.amazonaws.com`
          : `${endpoint.replace(/\/$/, "")}/${bucket}`,
    },
  });
  return {
    async putOnce(name, body) {
      const status = await put(service, name, body);
      if (status === nameTaken || (status >= 200 && status < 300)) return;
      const details = { provider: "s3", status };
      throw throttled.includes(status)
        ? new ProviderThrottledError("The archive asked for fewer calls", details)
        : new ProviderUnavailableError("The archive did not take the entry", details);
    },
  };
}

async function put(service: AwsService, name: string, body: string): Promise<number> {
  try {
    const answer = await service({
      method: "PUT",
      path: `/${escapedPath(name)}`,
      headers: {
        "content-type": "application/json",
        "if-none-match": "*",
        // A bucket that locks its objects takes none without a checksum.
        "x-amz-checksum-sha256": createHash("sha256").update(body, "utf8").digest("base64"),
      },
      body,
    });
    return answer.status;
  } catch {
    throw new ProviderUnavailableError("The archive did not answer", { provider: "s3" });
  }
}

/** Escaped the way S3 signs it: everything but letters, digits and `-._~`. */
function escapedPath(name: string): string {
  return name
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}
