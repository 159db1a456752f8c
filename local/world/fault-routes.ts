import { type HttpHandler, jsonResponse } from "../http/http-message.ts";
import type { NodeListener } from "../http/http-server.ts";
import type { FaultKind } from "../messaging/faults.ts";
import type { Messaging } from "../messaging/messaging.ts";
import { badRequest, readFields } from "./control-body.ts";

const kinds: readonly FaultKind[] = ["throttle", "refuse", "timeout-after-accept", "down"];
const channels = ["email", "sms", "voice"] as const;

/** Breaks the captured providers and the state machines' API on purpose, to see what still works. */
export class FaultRoutes {
  readonly #messaging: Messaging;
  #areWorkflowsDown = false;

  constructor(messaging: Messaging) {
    this.#messaging = messaging;
  }

  /**
   * `POST /_local/faults { part: email|sms|voice|workflows, kind?, count? }` plans a fault, for ever where
   * no count is given; `DELETE /_local/faults` ends them all.
   */
  readonly handle: HttpHandler = async (request) => {
    if (request.method === "DELETE") {
      this.#messaging.faults.clear();
      this.#areWorkflowsDown = false;
      return jsonResponse(200, { cleared: true });
    }
    const fields = request.method === "POST" ? readFields(request) : undefined;
    if (fields === undefined) return badRequest("POST a fault, or DELETE them all.");
    if (fields.part === "workflows") {
      this.#areWorkflowsDown = true;
      return jsonResponse(200, { part: "workflows" });
    }
    const channel = channels.find((one) => one === fields.part);
    const kind = kinds.find((one) => one === (fields.kind ?? "down"));
    const count = fields.count ?? Number.POSITIVE_INFINITY;
    if (channel === undefined) return badRequest("part is email, sms, voice or workflows.");
    if (kind === undefined) return badRequest(`kind is one of ${kinds.join(", ")}.`);
    if (typeof count !== "number" || count < 1) return badRequest("count is a whole number.");
    this.#messaging.faults.next({ channel, kind, count });
    return jsonResponse(200, { part: channel, kind });
  };

  /** The state machines' API, answering 503 while it is down. */
  aroundWorkflows(listen: NodeListener): NodeListener {
    return (request, response) => {
      if (!this.#areWorkflowsDown) return listen(request, response);
      request.resume();
      response.writeHead(503, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ __type: "ServiceUnavailable", message: "It is down." }));
    };
  }
}
