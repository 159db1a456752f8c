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
import { attendanceAskAt } from "../care/sessions/ask-for-attendance.ts";
import { nextStepUp } from "../care/tasks/late-work.ts";
import { addMinutes } from "../care/time/instants.ts";
import { UnreadableItemError } from "../errors/unreadable-item-error.ts";
import { keys, queuePartition, workPartition } from "../keys/keys.ts";
import { noticeCheckAt } from "../messages/settle-message.ts";
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

/** Minutes after which a claim without an end counts as unknown. */
export const claimStaleMinutes = 5;
/** Minutes after which an unknown send becomes a staff task. */
export const unknownTaskMinutes = 60;
/** The episode's root as it is stored. */
export function storedEpisode(episode: Episode): StoredItem {
  return {
    ...episode,
    ...keys.episode(episode.episodeId),
    schemaVersion: currentVersion(episodeForm),
    id: episode.episodeId,
  };
}

/** The stored form of an item, with the index attributes that follow from its state. */
export function storedItem(
  episode: { readonly episodeId: string; readonly siteId: string },
  item: EpisodeItem,
): StoredItem {
  const siteId = (item.kind === "task" ? item.atSite : undefined) ?? episode.siteId;
  return {
    ...withoutIndexes(item),
    ...keys.episodeItem(episode.episodeId, item.sk),
    schemaVersion: itemVersion(item.kind),
    episodeId: episode.episodeId,
    siteId,
    ...idAttribute(item),
    ...workAttributes(siteId, item),
    ...queueAttributes(siteId, item),
  };
}

type Listed = {
  readonly workPartition?: string;
  readonly workAt?: string;
  readonly queuePartition?: string;
  readonly queueRank?: string;
};

/** An item that was read still carries where it was listed; that follows from its state alone. */
export function withoutIndexes<Item extends EpisodeItem>(item: Item): Omit<Item, keyof Listed> {
  const {
    workPartition: _work,
    workAt: _at,
    queuePartition: _queue,
    queueRank: _rank,
    ...rest
  }: Item & Listed = item;
  return rest;
}

function idAttribute(item: EpisodeItem): { readonly id?: string } {
  switch (item.kind) {
    case "message":
      return { id: item.messageId };
    case "task":
      return { id: item.taskId };
    case "session":
      return { id: item.sessionId };
    case "escalation":
      return { id: item.escalationId };
    case "check-in":
      return { id: item.checkInId };
    case "form":
      return { id: item.formId };
    case "outreach":
      return { id: item.outreachId };
    case "driver":
      return { id: item.driverId };
    case "hold":
      return {};
  }
}

function workAttributes(
  siteId: string,
  item: EpisodeItem,
): { readonly workPartition?: string; readonly workAt?: string } {
  if (item.kind === "driver") {
    const at =
      item.status === "dormant"
        ? item.startAt
        : item.status === "done"
          ? undefined
          : item.expectedBy;
    return at === undefined
      ? {}
      : { workPartition: workPartition(siteId, "driver", item.driverId), workAt: at };
  }
  if (item.kind === "message" && item.status === "PLANNED" && item.driverId === undefined) {
    // Nobody's hold sends it: the sweep does when its time has come.
    return {
      workPartition: workPartition(siteId, "claim", item.messageId),
      workAt: item.sendAt,
    };
  }
  if (item.kind === "message" && item.status === "CLAIMED" && item.claimedAt !== undefined) {
    return {
      workPartition: workPartition(siteId, "claim", item.messageId),
      workAt: addMinutes(item.claimedAt, claimStaleMinutes),
    };
  }
  if (item.kind === "message" && item.status === "UNKNOWN" && item.reason !== "staff-task-opened") {
    return {
      workPartition: workPartition(siteId, "unknown", item.messageId),
      workAt: addMinutes(item.claimedAt ?? item.sendAt, unknownTaskMinutes),
    };
  }
  const checkAt = item.kind === "message" ? noticeCheckAt(item) : undefined;
  if (item.kind === "message" && checkAt !== undefined)
    return { workPartition: workPartition(siteId, "unknown", item.messageId), workAt: checkAt };
  if (item.kind === "session") {
    const at = attendanceAskAt(item);
    return at === undefined
      ? {}
      : { workPartition: workPartition(siteId, "attendance", item.sessionId), workAt: at };
  }
  return lateWorkAttributes(siteId, item);
}

/** Where work is listed that somebody else gets when it is not done by then. */
export function lateWorkAttributes(
  siteId: string,
  item: EpisodeItem,
): { readonly workPartition?: string; readonly workAt?: string } {
  if (item.kind !== "task") return {};
  const step = nextStepUp(item);
  if (step === undefined) return {};
  return { workPartition: workPartition(siteId, "owed", item.taskId), workAt: step.at };
}

const priorityRank = { safety: "0", urgent: "1", normal: "2" } as const;

/** Where a task is listed in its site's queue, and in which order; nothing for what is no open or done task. */
export function queueAttributes(
  siteId: string,
  item: EpisodeItem,
): { readonly queuePartition?: string; readonly queueRank?: string } {
  if (item.kind !== "task" || item.status === "cancelled") return {};
  if (item.status === "done") {
    const at = item.outcome?.recordedAt ?? item.decision?.decidedAt ?? item.dueAt;
    return { queuePartition: queuePartition(siteId, "done"), queueRank: `${at}#${item.taskId}` };
  }
  const tab =
    item.priority === "safety"
      ? "safety"
      : item.snoozedUntil !== undefined
        ? "snoozed"
        : item.isApproval
          ? "approvals"
          : "work";
  return {
    queuePartition: queuePartition(siteId, tab),
    queueRank: `${priorityRank[item.priority]}#${item.dueAt}#${item.taskId}`,
  };
}
