import { Hono } from "hono/tiny";
import { explainStoredMessage } from "../../../shared/sending/explain-stored-message.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";

/** Why a message was, was not, or will be sent. */
export function messageRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();
  app.get("/messages/:messageId/explanation", async (context) => {
    const id = context.req.param("messageId");
    const found = await findOwn(deps.store, context.get("staff"), id, "message");
    if (found === undefined) return problem(context, 404, "There is no such message here.");
    const explanation = await explainStoredMessage(deps, found.episodeId, found.item);
    return context.json({
      messageId: found.item.messageId,
      status: found.item.status,
      ...explanation,
    });
  });
  return app;
}
