import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { NodeListener } from "../http/http-server.ts";
import { readBody } from "../http/node-message.ts";
import type { StepFunctionsEngine } from "./engine.ts";
import { EngineError } from "./engine-error.ts";
import type { Action } from "./wire/action.ts";
import { executionActions } from "./wire/execution-actions.ts";
import { definitionActions, machineActions } from "./wire/machine-actions.ts";

/** More than any call may carry: inputs and outputs are 256 KiB, definitions 1 MiB at most. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;
const TARGET = /^AWSStepFunctions\.(\w+)$/;

/** How {@link createWireServer} answers. */
export interface WireServerOptions {
  /** Whether calls may make, change and delete state machines. */
  readonly allowDefinitionChanges: boolean;
}

/**
 * Speaks Step Functions' wire protocol (JSON 1.0 over POST) on behalf of an engine. It neither
 * moves the engine's clock nor runs it. A call that it does not know is an error at once.
 */
export function createWireServer(
  engine: StepFunctionsEngine,
  options: WireServerOptions,
): NodeListener {
  const known = new Map<string, Action>([
    ...Object.entries(executionActions),
    ...Object.entries(machineActions),
    ...Object.entries(definitionActions),
  ]);

  async function answer(request: IncomingMessage): Promise<unknown> {
    const name = TARGET.exec(String(request.headers["x-amz-target"] ?? ""))?.[1];
    const body = await readBody(request, LARGEST_BODY_BYTES);
    const action = name === undefined ? undefined : known.get(name);
    if (request.method !== "POST" || name === undefined || action === undefined) {
      const asked = name === undefined ? "This request" : `The call '${name}'`;
      throw new EngineError("UnknownOperationException", `${asked} is not known here.`);
    }
    if (name in definitionActions && !options.allowDefinitionChanges) {
      throw new EngineError(
        "AccessDeniedException",
        `'${name}' is not allowed here: the state machines come from the files in workflows/.`,
      );
    }
    if (typeof body === "string") {
      throw new EngineError("ValidationException", "The request is too large or was broken off.");
    }
    return action(engine, parseBody(body.toString("utf8")));
  }

  return (request, response) => {
    const send = (status: number, body: unknown) => {
      if (response.destroyed) return;
      response.writeHead(status, {
        "content-type": "application/x-amz-json-1.0",
        "x-amzn-requestid": randomUUID(),
      });
      response.end(JSON.stringify(body));
    };
    answer(request).then(
      (body) => send(200, body),
      (error: unknown) => {
        if (error instanceof EngineError) {
          send(400, { __type: error.name, message: error.message });
        } else {
          const reason = error instanceof Error ? error.message : String(error);
          send(500, { __type: "InternalFailure", message: `The local engine failed: ${reason}` });
        }
      },
    );
  };
}

function parseBody(text: string): unknown {
  try {
    return text === "" ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new EngineError("SerializationException", "The request's body is not valid JSON.");
  }
}
