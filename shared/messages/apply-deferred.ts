import type { Change, Refusal } from "../care/change/change.ts";
import type { DecisionContext } from "../care/change/context.ts";
import { Draft } from "../care/change/draft.ts";
import { noteLastContact } from "../care/change/last-contact.ts";
import type {
  ApartCommand,
  DeferredCommand,
  SamePersonCommand,
  SiteDayChanged,
} from "../care/change/outbox-entry.ts";
import type { CareTask } from "../care/episode/care-task.ts";
import type { EpisodeItem, OpenState } from "../care/episode/episode-item.ts";
import { isTerminal, statusLabels } from "../care/episode/status.ts";
import { addStaffedMinutes, endOfNextStaffedDay } from "../care/program/staffed-time.ts";
import { raiseForWords } from "../care/safety/raise-for-words.ts";
import { endTask } from "../care/tasks/end-task.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { localDate } from "../care/time/zoned-time.ts";
import { closeChannel } from "./close-channel.ts";
import { numberRuleNames } from "./gate-times.ts";

type CommandOf<Type extends DeferredCommand["type"]> = Extract<DeferredCommand, { type: Type }>;

const replies = {
  refill: {
    assignedFunction: "nurse",
    words: "A reply asks about medication. Read it and answer within one staffed day.",
  },
  schedule: {
    assignedFunction: "front-desk",
    words: "A reply asks about the schedule. Read it and answer.",
  },
  other: { assignedFunction: "case-manager", words: "A reply came. Read it and answer." },
} as const;

const emailWords = "An email came. Read it and answer, by phone or from the office's mailbox.";

/**
 * Applies what another aggregate owes to an episode. Safe to repeat.
 * @returns `undefined` where nothing is left to do
 */
export function applyDeferred(
  state: OpenState,
  command: Exclude<DeferredCommand, SiteDayChanged | SamePersonCommand | ApartCommand>,
  ctx: DecisionContext,
): Change | Refusal | undefined {
  switch (command.type) {
    case "channel-closed":
      return channelClosed(state, command, ctx);
    case "channel-reopened":
      return channelReopened(state, command, ctx);
    case "channel-confirmed":
      return channelConfirmed(state, command, ctx);
    case "inbound-reply":
      return inboundReply(state, command, ctx);
    case "crisis-words":
      return crisisWords(state, command, ctx);
  }
}

function channelClosed(
  state: OpenState,
  command: CommandOf<"channel-closed">,
  ctx: DecisionContext,
): Change | undefined {
  const { channel, contactPointId, why } = command;
  if (isTerminal(state.episode.status)) return undefined;
  if (state.episode.reach[channel]?.contactPointId !== contactPointId) return undefined;
  const draft = new Draft(state, ctx);
  const messages = closeChannel(draft, ctx, { channel, contactPointId, why });
  return draft.finish("channel-closed", { channel, why, messages });
}

function channelReopened(
  state: OpenState,
  command: CommandOf<"channel-reopened">,
  ctx: DecisionContext,
): Change | undefined {
  const draft = new Draft(state, ctx);
  let tasks = 0;
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "channel-needed" || item.status !== "open")
      continue;
    if (item.about?.id !== command.contactPointId) continue;
    endTask(draft, item, "has-come");
    tasks += 1;
  }
  if (tasks === 0) return undefined;
  return draft.finish("channel-reopened", { channel: command.channel, tasks });
}

/** What waited for the number to be confirmed is due now; what else holds a message holds it still. */
function channelConfirmed(
  state: OpenState,
  { channel, contactPointId }: CommandOf<"channel-confirmed">,
  ctx: DecisionContext,
): Change | undefined {
  const draft = new Draft(state, ctx);
  let messages = 0;
  for (const item of draft.items()) {
    if (item.kind !== "message" || item.status !== "PLANNED") continue;
    if (item.contactPointId !== contactPointId || item.sendAt <= ctx.now) continue;
    const isHeldForIt = item.lastGate?.some(
      ({ rule, outcome }) => numberRuleNames.includes(rule) && outcome === "holds",
    );
    if (isHeldForIt !== true) continue;
    draft.replace(item, { sendAt: ctx.now });
    if (item.driverId === undefined)
      draft.owe({ kind: "send", episodeId: draft.episode.episodeId, messageSk: item.sk });
    messages += 1;
  }
  return messages === 0 ? undefined : draft.finish("channel-confirmed", { channel, messages });
}

const notAloneWords =
  "A reply came from somebody who says that another listens or reads along. Do not write back or ring before a clinician has read it: their task says how to reach them.";

/** Staffed minutes within which a person reads a text that is about nothing ordinary. */
const unplacedWithinMinutes = 60;

/**
 * Staffed minutes within which somebody answers who writes after their care has ended: who wants to come back is spoken
 * with on the same day (a default that a clinician signs off).
 */
const afterCareWithinMinutes = 240;

/** When and how the care of somebody ended who writes now; `undefined` while it goes on. */
function endedWords(
  { status, closedAt, closingReason, disposition }: OpenState["episode"],
  { source }: CommandOf<"inbound-reply">,
  ctx: DecisionContext,
): string | undefined {
  if (!isTerminal(status) || closedAt === undefined) return undefined;
  const on = localDate(closedAt, ctx.site.timeZone);
  const how = (closingReason ?? disposition ?? statusLabels[status].toLowerCase()).replaceAll(
    "-",
    " ",
  );
  const after =
    disposition === undefined || disposition === closingReason
      ? ""
      : `, after: ${disposition.replaceAll("-", " ")}`;
  const what = source === "email" ? "An email" : "A text";
  return `${what} came from somebody whose care ended on ${on} (${how}${after}). Read it, answer the same day, and where they want to come back, enter a referral.`;
}

const returnWords =
  "Says that they need to come back to the program. Speak with them today, and put the level of care up for a decision.";

/** Who has left the program and wants to come back is not somebody with a question. */
function wantsBack({ status }: OpenState["episode"], command: CommandOf<"inbound-reply">): boolean {
  return command.asksToReturn === true && (status === "aftercare" || status === "discharged");
}

/** More unread replies of one episode than this share a task. */
const maxWaitingReplies = 50;

function isWaitingReply(item: EpisodeItem): item is CareTask {
  return item.kind === "task" && item.taskKind === "inbound-reply" && item.status === "open";
}

/** A reply is read by a person, whatever the phase: nobody who writes is left without an answer. */
function inboundReply(
  state: OpenState,
  command: CommandOf<"inbound-reply">,
  ctx: DecisionContext,
): Change {
  const draft = new Draft(state, ctx);
  noteLastContact(draft, "wrote", { at: command.receivedAt });
  const waiting = draft.items().filter(isWaitingReply);
  const newest = waiting.at(-1);
  if (newest !== undefined && waiting.length >= maxWaitingReplies) {
    // Every task stands in the episode's root, which must not grow without end: the text joins the last one.
    const more = Number(newest.evidence.more ?? 0) + 1;
    draft.replace(newest, {
      words: "Many replies came. Read all of them on the timeline and answer.",
      evidence: { ...newest.evidence, more },
    });
    const { sort, noteId } = command;
    return draft.finish("reply-received", { sort, noteId, joined: newest.taskId });
  }
  const isSoon = command.isUnplaced === true;
  const isReturn = wantsBack(state.episode, command);
  const sameDay = endedWords(state.episode, command, ctx) ?? (isReturn ? returnWords : undefined);
  // Whoever spoke with them last is the one they know; the function has it with them, and it goes up when it is late.
  const { by } = state.episode.lastContact ?? {};
  openTask(draft, ctx, {
    taskKind: "inbound-reply",
    occurrence: command.noteId,
    ...replies[command.sort],
    ...(command.source === "email" && command.sort === "other" ? { words: emailWords } : {}),
    ...(sameDay === undefined ? {} : { words: sameDay, assignedFunction: "case-manager" }),
    ...(state.episode.notAlone === undefined ? {} : { words: notAloneWords }),
    ...(isReturn && by !== undefined ? { assignedTo: by } : {}),
    ...(isSoon || sameDay !== undefined ? { priority: "urgent" as const } : {}),
    dueAt: isSoon
      ? addStaffedMinutes(ctx.site, command.receivedAt, unplacedWithinMinutes)
      : sameDay === undefined
        ? endOfNextStaffedDay(ctx.site, command.receivedAt)
        : addStaffedMinutes(ctx.site, command.receivedAt, afterCareWithinMinutes),
    about: { type: "note", id: command.noteId },
    evidence: {
      sort: command.sort,
      receivedAt: command.receivedAt,
      ...(command.source === undefined ? {} : { source: command.source }),
    },
  });
  return draft.finish("reply-received", { sort: command.sort, noteId: command.noteId });
}

/** Words that speak of danger page at once; words that only may are read within the hour. */
function crisisWords(
  state: OpenState,
  command: CommandOf<"crisis-words">,
  ctx: DecisionContext,
): Change | undefined {
  const draft = new Draft(state, ctx);
  const isNew = raiseForWords(draft, ctx, {
    occasion: command.noteId,
    rule: command.rule,
    source: command.source,
    about: command.noteId,
    where: command.source === "text" ? "Words in a text" : "Words in an email",
    ...(command.isOverheard === undefined ? {} : { isOverheard: command.isOverheard }),
  });
  if (!isNew) return undefined;
  noteLastContact(draft, "wrote");
  return draft.finish("crisis-words-received", { noteId: command.noteId, rule: command.rule });
}
