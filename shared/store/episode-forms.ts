import { taskSchema } from "../care/episode/care-task.ts";
import { checkInSchema } from "../care/episode/check-in.ts";
import { type Episode, episodeSchema } from "../care/episode/episode.ts";
import type { EpisodeItem } from "../care/episode/episode-item.ts";
import { escalationSchema } from "../care/episode/escalation.ts";
import { formSchema } from "../care/episode/form-request.ts";
import { messageSchema } from "../care/episode/message.ts";
import { outreachSchema } from "../care/episode/outreach.ts";
import { sessionSchema } from "../care/episode/session.ts";
import { waitSchema } from "../care/episode/wait.ts";
import { workflowRunSchema } from "../care/episode/workflow-run.ts";
import { UnreadableItemError } from "../errors/unreadable-item-error.ts";
import type { StoredItem } from "../ports/store.ts";
import { currentVersion, keyForLog, readStored, storedForm } from "./read-stored.ts";

export const episodeForm = storedForm("care", "episode", episodeSchema);

/** How each kind of item that lives beside an episode is stored. */
export const itemForms = {
  driver: storedForm("care", "driver", workflowRunSchema),
  hold: storedForm("care", "hold", waitSchema),
  message: storedForm("care", "message", messageSchema),
  task: storedForm("care", "task", taskSchema),
  session: storedForm("care", "session", sessionSchema),
  form: storedForm("care", "form", formSchema),
  "check-in": storedForm("care", "check-in", checkInSchema),
  outreach: storedForm("care", "outreach", outreachSchema),
  escalation: storedForm("care", "escalation", escalationSchema),
} as const;

/** The schema version in which items of this kind are written. */
export function itemVersion(kind: EpisodeItem["kind"]): number {
  return currentVersion(itemForms[kind]);
}

/**
 * The root of an episode as it is stored. Unknown keys stay on it.
 * @throws {ItemTooNewError} {UnreadableItemError} see `readStored`
 */
export function readEpisode(item: StoredItem): Episode {
  return readStored(episodeForm, item);
}

/**
 * An item of an episode, or a site's own task, as it is stored. Unknown keys stay on it.
 * @throws {ItemTooNewError} {UnreadableItemError} see `readStored`
 */
export function readEpisodeItem(item: StoredItem): EpisodeItem {
  switch (item.kind) {
    case "driver":
      return readStored(itemForms.driver, item);
    case "hold":
      return readStored(itemForms.hold, item);
    case "message":
      return readStored(itemForms.message, item);
    case "task":
      return readStored(itemForms.task, item);
    case "session":
      return readStored(itemForms.session, item);
    case "form":
      return readStored(itemForms.form, item);
    case "check-in":
      return readStored(itemForms["check-in"], item);
    case "outreach":
      return readStored(itemForms.outreach, item);
    case "escalation":
      return readStored(itemForms.escalation, item);
    default:
      throw new UnreadableItemError("A stored item is of no known kind", {
        table: "care",
        ...keyForLog(item),
        fault: "kind",
      });
  }
}
