import { getExplanation } from "../../../shared/contracts/routes/messages.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { problem } from "../../../shared/web/http/problem.ts";
import { serve } from "../serve-route.ts";

/** Why a message was, was not, or will be sent. */
export const messageRoutes = [
  serve(getExplanation, async ({ context, staff, params }, deps) => {
    const found = await findOwn(deps.store, staff, params.messageId, "message");
    if (found === undefined) return problem(context, 404, "There is no such message here.");
    // Loaded where it is called for: the gate that explains is the sender's, and every start would carry it.
    const { explainStoredMessage } = await import(
      "../../../shared/sending/explain-stored-message.ts"
    );
    const explanation = await explainStoredMessage(deps, found.episodeId, found.item);
    return { messageId: found.item.messageId, status: found.item.status, ...explanation };
  }),
];
