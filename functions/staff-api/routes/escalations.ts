import type * as z from "zod";
import {
  getEscalation,
  postAcknowledgement,
  postAlertClosure,
  postContact,
  postReading,
} from "../../../shared/contracts/routes/escalations.ts";
import { escalationItemSchema } from "../../../shared/contracts/routes/items.ts";
import type { RouteOf } from "../../../shared/contracts/routes/route.ts";
import { type Found, findOwn } from "../../../shared/staff/find-by-id.ts";
import { readPerson } from "../../../shared/staff/people/read-person.ts";
import { readAlertWords } from "../../../shared/staff/written/alert-words.ts";
import type { CareDeps } from "../../../shared/store/care-deps.ts";
import type { CallOutcome } from "../../../shared/store/carry-out-once.ts";
import { problem } from "../../../shared/web/http/problem.ts";
import { alertCommands } from "../../../workflows/run/commands/alert-commands.ts";
import type { StaffCall } from "../../../workflows/run/commands/on-episode.ts";
import { answerCall } from "../answer-call.ts";
import { serve } from "../serve-route.ts";

const notHere = "There is no such alert here.";

type CarryOut<Body> = (
  deps: CareDeps,
  call: StaffCall,
  found: Found<"escalation"> & { readonly episodeId: string },
  body: Body,
) => Promise<CallOutcome>;

function command<Body extends z.ZodType>(
  route: RouteOf<string, z.ZodObject, Body, z.ZodType>,
  carryOut: CarryOut<z.output<Body>>,
) {
  return serve(route, async ({ context, staff, body, text }, deps) => {
    const id = context.req.param("escalationId") ?? "";
    const found = await findOwn(deps.store, staff, id, "escalation");
    if (found === undefined) return problem(context, 404, notHere);
    return answerCall(context, text, (call) => carryOut(deps, call, found, body));
  });
}

/** Takes a safety alert, records contact with the participant, closes it. */
export const escalationRoutes = [
  serve(getEscalation, async ({ context, staff, params }, deps) => {
    const found = await findOwn(deps.store, staff, params.escalationId, "escalation");
    const person = found === undefined ? undefined : await readPerson(deps.store, found.episodeId);
    if (found === undefined || person === undefined) return problem(context, 404, notHere);
    const { note, referral, written } = await readAlertWords(deps.store, person, found.item);
    const withNote = <Act extends { readonly at: string }>(act: Act) => {
      const text = written.find(({ at }) => at === act.at)?.text;
      return text === undefined ? act : { ...act, note: text };
    };
    return {
      ...escalationItemSchema.parse({
        ...found.item,
        siteId: found.siteId,
        episodeId: found.episodeId,
      }),
      participant: person.name,
      contacts: found.item.contacts.map(withNote),
      ...(found.item.closure === undefined ? {} : { closure: withNote(found.item.closure) }),
      ...(note === undefined ? {} : { words: note.text }),
      ...(referral === undefined ? {} : { referral }),
    };
  }),
  command(postAcknowledgement, alertCommands.acknowledgement),
  command(postReading, alertCommands.reading),
  command(postContact, alertCommands.contact),
  command(postAlertClosure, alertCommands.closure),
];
