import type { Context } from "hono";
import { Hono } from "hono/tiny";
import type * as z from "zod";
import {
  acknowledgementBodySchema,
  closureBodySchema,
  contactBodySchema,
} from "../../../shared/contracts/api-bodies.ts";
import type { Found } from "../../../shared/staff/find-by-id.ts";
import { findOwn } from "../../../shared/staff/find-by-id.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { readAlertWords } from "../../../shared/staff/written/alert-words.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { alertCommands } from "../../../workflows/run/commands/alert-commands.ts";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import { answerCall } from "../answer-call.ts";
import type { ApiVariables } from "../authenticate.ts";
import { problem } from "../problem.ts";
import { readBody } from "../read-body.ts";
import { publicItem } from "./episodes.ts";

/** Takes a safety alert, records contact with the participant, closes it. */
export function escalationRoutes(deps: CareDeps) {
  const app = new Hono<{ Variables: ApiVariables }>();

  function command<Body>(
    path: string,
    schema: z.ZodType<Body>,
    carryOut: (
      deps: CareDeps,
      call: StaffCall,
      found: Found<"escalation"> & { readonly episodeId: string },
      body: Body,
    ) => Promise<CallOutcome>,
  ): void {
    app.post(
      `/escalations/:escalationId/${path}`,
      async (context: Context<{ Variables: ApiVariables }>) => {
        const read = await readBody(context, schema);
        if (read instanceof Response) return read;
        const found = await findOwn(
          deps.store,
          context.get("staff"),
          context.req.param("escalationId") ?? "",
          "escalation",
        );
        if (found === undefined) return problem(context, 404, "There is no such alert here.");
        return answerCall(context, read.text, (call) => carryOut(deps, call, found, read.body));
      },
    );
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

  command("acknowledgement", acknowledgementBodySchema, alertCommands.acknowledgement);
  command("contact", contactBodySchema, alertCommands.contact);
  command("closure", closureBodySchema, alertCommands.closure);
  return app;
}
