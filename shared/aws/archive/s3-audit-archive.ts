import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ProviderThrottledError } from "../../errors/provider-throttled-error.ts";
import { ProviderUnavailableError } from "../../errors/provider-unavailable-error.ts";
import type { AuditArchive } from "../../ports/audit-archive.ts";
import { answeredStatus, callFailure } from "../aws-client/call-failure.ts";
import { endInTime, once } from "../aws-client/client-settings.ts";

const nameTaken = 412;
const throttled: readonly (number | undefined)[] = [429, 503];

/**
 * The audit archive in a bucket.
 * @throws {ProviderThrottledError} and {ProviderUnavailableError} from `putOnce`; it may be repeated
 */
export function createS3AuditArchive(options: { readonly bucket: string }): AuditArchive {
  // The stream gives what failed again: no repeat is needed here.
  const client = new S3Client(once);
  return {
    async putOnce(name, body) {
      const entry = new PutObjectCommand({
        Bucket: options.bucket,
        Key: name,
        Body: body,
        ContentType: "application/json",
        IfNoneMatch: "*",
        // A bucket that locks its objects takes none without a checksum.
        ChecksumAlgorithm: "SHA256",
      });
      try {
        await client.send(entry, endInTime(once));
      } catch (error) {
        const status = error instanceof Error ? answeredStatus(error) : undefined;
        if (status === nameTaken) return;
        throw archiveError(status, callFailure(error).code);
      }
    },
  };
}

function archiveError(status: number | undefined, code: string): Error {
  if (status === undefined)
    return new ProviderUnavailableError("The archive did not answer", { provider: "s3", code });
  const details = { provider: "s3", status, code };
  return throttled.includes(status)
    ? new ProviderThrottledError("The archive asked for fewer calls", details)
    : new ProviderUnavailableError("The archive did not take the entry", details);
}
