import { type Change, isRefusal, type Refusal } from "../change/change.ts";
import type { DecisionContext } from "../change/context.ts";
import { Draft } from "../change/draft.ts";
import { noteLastContact } from "../change/last-contact.ts";
import type { OpenState } from "../episode/episode-item.ts";
import { endLadder } from "../ladders/move-ladder.ts";
import { recordNote, type WrittenDown } from "../safety/record-note.ts";
import { actingStaff } from "../tasks/refuse.ts";

const contactOutcomes = ["reached", "not-reached", "left-voicemail", "left-message", "declined"];

/**
 * Writes down a contact that no task asked for. Having reached the person ends the ladders that look for
 * them. Possible in every phase: people call after the end, too.
 */
export function logContact(
  state: OpenState,
  body: WrittenDown & {
    readonly channel: "phone" | "in-person" | "text" | "email" | "letter";
    readonly outcome: string;
  },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  if (!contactOutcomes.includes(body.outcome)) {
    return {
      refused: "invalid",
      sentence: `${body.outcome} is no outcome of a contact. Choose one of: ${contactOutcomes.join(", ")}.`,
    };
  }
  const draft = new Draft(state, ctx);
  const noteId = recordNote(draft, ctx, body, `contact-${state.episode.version}`);
  const isReached = body.outcome === "reached" || body.outcome === "declined";
  if (isReached) {
    noteLastContact(draft, "spoke", { by: staff.staffId });
    for (const item of draft.items()) {
      if (item.kind !== "outreach") continue;
      if (item.status === "climbing" || item.status === "decision-needed")
        endLadder(draft, item, body.outcome);
    }
  }
  const unreachedContacts = isReached ? 0 : state.episode.unreachedContacts + 1;
  draft.set({ unreachedContacts });
  return draft.finish("contact-logged", {
    channel: body.channel,
    outcome: body.outcome,
    ...(noteId === undefined ? {} : { noteId }),
  });
}
