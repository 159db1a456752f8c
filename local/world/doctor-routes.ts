import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import { jsonResponse } from "../http/http-message.ts";
import type { InvocationResult } from "../lambda/bundle-host.ts";
import type { StepFunctionsEngine } from "../step-functions/engine.ts";
import type { AuditCheck } from "./check-audit.ts";
import { readFields } from "./control-body.ts";
import type { World } from "./world.ts";

type DoctorParts = {
  readonly world: () => World;
  readonly engine: () => StepFunctionsEngine;
  readonly invoke: (functionName: string, event: unknown) => Promise<InvocationResult>;
  readonly checkAudit: () => Promise<AuditCheck>;
};

/** Looks over all stalled work and the audit trail; with `rebuild`, walks every run and starts what should be running. */
export async function doctor(parts: DoctorParts, request: HttpRequest): Promise<HttpResponse> {
  const fields = readFields(request) ?? {};
  const rebuild = fields.rebuild === true || fields.rebuild === "true";
  const result = await parts.invoke("sweep-stalled-work", rebuild ? { rebuild: true } : {});
  await parts.world().settle();
  const running = parts.engine().listExecutions({ statusFilter: "RUNNING" }).length;
  return jsonResponse(result.ok ? 200 : 502, {
    rebuild,
    result: result.ok ? result.payload : result.errorType,
    runningExecutions: running,
    audit: await parts.checkAudit(),
  });
}

/** Lists the executions, or deletes them all: whatever they hold can be rebuilt. */
export async function executions(parts: DoctorParts, request: HttpRequest): Promise<HttpResponse> {
  if (request.method === "DELETE") {
    await parts.engine().deleteAllExecutions();
    return jsonResponse(200, { deleted: true });
  }
  const all = parts.engine().listExecutions({});
  return jsonResponse(
    200,
    all.map((one) => ({
      name: one.name,
      status: one.status,
      state: one.currentState,
      startDate: one.startDate,
      stopDate: one.stopDate,
    })),
  );
}
