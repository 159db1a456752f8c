import * as z from "zod";
import { listVersions } from "../../shared/publishing/list-versions.ts";
import { publishFiles } from "../../shared/publishing/publish-files.ts";
import type { PublishDeps } from "../../shared/publishing/publish-program.ts";
import { removeVersion } from "../../shared/publishing/remove-version.ts";
import type { HttpHandler } from "../http/http-message.ts";
import { jsonResponse } from "../http/http-message.ts";
import { badRequest, readFields } from "./control-body.ts";

const publishSchema = z.strictObject({
  /** Texts by path below the programs folder, e.g. `adult-iop/program.yaml`. */
  files: z.record(z.string(), z.string()),
  folders: z.array(z.string()).min(1),
  /** By program, why it is published although it is above capacity. */
  above: z.exactOptional(
    z.record(z.string(), z.strictObject({ reason: z.string().min(1), loads: z.array(z.string()) })),
  ),
});
const removeSchema = z.strictObject({ programId: z.string().min(1), version: z.int().min(1) });

/** Publishes and removes programs in this machine's store: what a deployment does with its own credentials. */
export function programsRoute(deps: PublishDeps): HttpHandler {
  return async (request) => {
    if (request.method === "GET") {
      const programId = new URL(request.url, "http://127.0.0.1").searchParams.get("program") ?? "";
      return jsonResponse(200, { versions: await listVersions(deps.store, programId) });
    }
    const fields = readFields(request);
    if (request.method === "POST") {
      const body = publishSchema.safeParse(fields);
      if (!body.success) return badRequest("Send { files: { path: text }, folders: [name] }.");
      const outcome = await publishFiles(deps, body.data.files, body.data.folders, body.data.above);
      return jsonResponse(outcome.ok ? 200 : 422, outcome);
    }
    if (request.method === "DELETE") {
      const body = removeSchema.safeParse(fields);
      if (!body.success) return badRequest("Send { programId, version }.");
      const removal = await removeVersion(deps, body.data.programId, body.data.version);
      return jsonResponse(200, removal);
    }
    return badRequest("GET lists versions, POST publishes programs, DELETE removes a version.");
  };
}
