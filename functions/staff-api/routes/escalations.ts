import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod";
import type { Change, Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import {
  acknowledgementBodySchema,
  closureBodySchema,
  contactBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { readAlertWords } from "../../../shared/staff/written/alert-words.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import { acknowledgeEscalation, hasTaken } from "../../../workflows/escalation/acknowledge.ts";
import { closeEscalation } from "../../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../../workflows/escalation/record-contact.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { runCommand } from "../run-command.ts";
import { publicItem } from "./episodes.ts";

/** Takes a safety alert, records contact with the participant, closes it. */
export function escalationRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  async function work<Body>(
    context: Context<{ Variables: ApiVariables }>,
    schema: z.ZodType<Body>,
    decide: (
      state: OpenState,
      escalationSk: string,
      body: Body,
      ctx: DecisionContext,
    ) => Change | Refusal | undefined,
  ): Promise<Response> {
    const read = await readBody(context, schema);
    if (read instanceof Response) return read;
    const found = await findOwn(
      deps.store,
      context.get("staff"),
      context.req.param("escalationId") ?? "",
      "escalation",
    );
    if (found === undefined) return problem(context, 404, "There is no such alert here.");
    return runCommand(context, deps, {
      episodeId: found.episodeId,
      bodyText: read.text,
      alsoLoad: [found.item.sk],
      decide: (state, ctx) => decide(state, found.item.sk, read.body, ctx),
      answer: (state) => {
        const alert = state.items.get(found.item.sk);
        return alert?.kind === "escalation"
          ? {
              escalationId: alert.escalationId,
              status: alert.status,
              tier: alert.tier,
              contactDueAt: alert.contactDueAt,
              acknowledgedBy: alert.acknowledgements.at(-1)?.by,
            }
          : {};
      },
    });
  }

  app.get("/escalations/:escalationId", async (context) => {
    const found = await findOwn(
      deps.store,
      context.get("staff"),
      context.req.param("escalationId"),
      "escalation",
    );
    const person = found === undefined ? undefined : await readPerson(deps.store, found.episodeId);
    if (found === undefined || person === undefined)
      return problem(context, 404, "There is no such alert here.");
    const { note, referral, written } = await readAlertWords(deps.store, person, found.item);
    const withNote = <Act extends { readonly at: string }>(act: Act) => {
      const text = written.find(({ at }) => at === act.at)?.text;
      return text === undefined ? act : { ...act, note: text };
    };
    return context.json({
      ...publicItem(found.item),
      episodeId: found.episodeId,
      participant: person.name,
      contacts: found.item.contacts.map(withNote),
      ...(found.item.closure === undefined ? {} : { closure: withNote(found.item.closure) }),
      ...(note === undefined ? {} : { words: note.text }),
      ...(referral === undefined ? {} : { referral }),
    });
  });

  app.post("/escalations/:escalationId/acknowledgement", (context) =>
    work(context, acknowledgementBodySchema, (state, escalationSk, _body, ctx) =>
      hasTaken(state, escalationSk, context.get("staff").staffId)
        ? undefined
        : acknowledgeEscalation(state, { escalationSk }, ctx),
    ),
  );
  app.post("/escalations/:escalationId/contact", (context) =>
    work(context, contactBodySchema, (state, escalationSk, body, ctx) =>
      recordContact(state, { escalationSk, ...body }, ctx),
    ),
  );
  app.post("/escalations/:escalationId/closure", (context) =>
    work(
      context,
      closureBodySchema,
      (state, escalationSk, { outcome, reason, assessedItemValue }, ctx) =>
        closeEscalation(
          state,
          {
            escalationSk,
            outcome,
            reason,
            ...(assessedItemValue === undefined ? {} : { assessedItemValue }),
          },
          ctx,
        ),
    ),
  );
  return app;
}
