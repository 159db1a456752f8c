import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { type HttpHandler, pathOf } from "../http/http-message.ts";

/** The audit archive on this machine: PutObject writes a file once; nothing overwrites or deletes. */
export function archiveEndpoint(folder: string): HttpHandler {
  return async (request) => {
    const path = normalize(
      decodeURIComponent(pathOf(request).replace(/^\/_local\/aws\/s3\/?/, "")),
    );
    if (request.method !== "PUT" || path.startsWith("..") || path === ".") {
      return {
        status: 501,
        headers: { "content-type": "application/xml" },
        body: "<Error><Code>NotImplemented</Code></Error>",
      };
    }
    const file = join(folder, path);
    if (existsSync(file) && request.headers["if-none-match"] === "*") {
      return {
        status: 412,
        headers: { "content-type": "application/xml" },
        body: "<Error><Code>PreconditionFailed</Code></Error>",
      };
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, request.body);
    return { status: 200, headers: { etag: '"local"' }, body: "" };
  };
}
