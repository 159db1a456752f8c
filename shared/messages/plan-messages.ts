import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { Episode, ReachPoint } from "../care/episode/episode.ts";
import type { Message } from "../care/episode/message.ts";
import type { Channel, Circumstance, MessageAnchor, MessagePlan } from "../care/program/program.ts";
import { addStaffedMinutes } from "../care/program/staffed-time.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { itemKeys } from "../keys/keys.ts";
import { planCheckInInstants } from "./check-in-hours.ts";
import { isConsented } from "./consent.ts";
import { isReceipt } from "./gate-input.ts";
import { planInstants } from "./plan-instants.ts";
import { messageLanguage, unpublishedIn } from "./template.ts";

export type PlanRequest = {
  readonly anchor: MessageAnchor;
  /** The instant the offsets count from. */
  readonly anchorAt: string;
  /** Whose hold sends them; without one the message is owed as an outbox entry. */
  readonly driverId?: string;
  /** Part of the business key, e.g. `w3`, a session id, a check-in number. */
  readonly occurrence: string;
  /** Circumstances that hold: rows that ask for another are left out. */
  readonly circumstances?: readonly Circumstance[];
  /** What `{time}` and `{dayWord}` speak of. */
  readonly aboutAt?: string;
  /** When what it speaks of was before it was moved. */
  readonly wasAt?: string;
  /** What it speaks of is online. */
  readonly isOnline?: boolean;
  /** What the link opens, and until when. */
  readonly link?: { readonly itemSk: string; readonly opensAt: string; readonly endsAt: string };
};

export type PlanResult = {
  readonly planned: readonly Message[];
  /** Why no message could be planned for a row that asked for one; a person has to call. */
  readonly unreachable:
    | "no-consented-channel"
    | "language-without-templates"
    | "questions-without-wording"
    | undefined;
};

/** The business key of a planned message. */
export function messageSk(step: string, occurrence: string, channel: Channel): string {
  return itemKeys.message(step, occurrence, channel);
}

/**
 * Plans every message of the program that hangs on this anchor, under its business key
 * `MSG#<step>#<occurrence>#<channel>`: the first channel of the row's order that has a live consent of
 * the participant's own and a contact point. Never throws for a person who cannot be messaged: says so.
 */
export function planMessages(draft: Draft, ctx: DecisionContext, request: PlanRequest): PlanResult {
  const rows = ctx.program.messages.filter((row) => fits(row, request));
  if (rows.length === 0) return { planned: [], unreachable: undefined };
  if (messageLanguage(ctx.program.languages, draft.episode.language) === undefined) {
    return { planned: [], unreachable: "language-without-templates" };
  }
  if (linkedWithoutWording(draft, ctx, request).length > 0)
    return { planned: [], unreachable: "questions-without-wording" };
  const planned: Message[] = [];
  let unreachable: PlanResult["unreachable"];
  for (const row of rows) {
    if (isPlanned(draft, row, request.occurrence)) continue;
    const reach = firstUsable(draft.episode, row);
    if (reach === undefined) {
      unreachable = "no-consented-channel";
      continue;
    }
    const message = planRow(draft, ctx, request, row, reach);
    if (message !== undefined) planned.push(message);
  }
  return { planned, unreachable };
}

/** Titles of the instruments behind the link that are not published in the person's language: a person asks them. */
function linkedWithoutWording(
  draft: Draft,
  ctx: DecisionContext,
  { link }: PlanRequest,
): readonly string[] {
  const item = link === undefined ? undefined : draft.item(link.itemSk);
  const asked =
    item?.kind === "form"
      ? item.instruments
      : item?.kind === "check-in"
        ? ctx.program.aftercare.questions.flatMap(({ answer }) =>
            answer.type === "instrument" ? answer.instrumentId : [],
          )
        : [];
  return unpublishedIn(draft.episode.language, asked, ctx.instruments);
}

function fits(row: MessagePlan, request: PlanRequest): boolean {
  if (row.anchor !== request.anchor) return false;
  return row.onlyWhen === undefined || (request.circumstances ?? []).includes(row.onlyWhen);
}

/** True when the row has its message already, on whichever channel. */
function isPlanned(draft: Draft, row: MessagePlan, occurrence: string): boolean {
  return row.channelOrder.some(
    (channel) => draft.item(messageSk(row.step, occurrence, channel)) !== undefined,
  );
}

type Usable = { readonly channel: Channel; readonly point: ReachPoint };

/** The channels of a row that may be used for it, in the order in which they are tried. */
export function usableChannels(
  episode: Pick<Episode, "reach" | "consents" | "status">,
  row: Pick<MessagePlan, "anchor" | "channelOrder" | "onlyWhen">,
): readonly Usable[] {
  const usable = row.channelOrder.flatMap((channel): readonly Usable[] => {
    const point = episode.reach[channel];
    if (point === undefined || !isConsented(episode, channel, purposeOfRow(episode, row)))
      return [];
    return isOwnershipFine(row, channel, point) ? [{ channel, point }] : [];
  });
  // A reminder tries the way that the first message did not take.
  return row.onlyWhen === "reminder" ? [...usable].reverse() : usable;
}

function purposeOfRow(episode: Pick<Episode, "status">, row: Pick<MessagePlan, "anchor">) {
  const isFollowUp = row.anchor === "check-in-opened" || row.anchor === "aftercare-closed";
  return isFollowUp || episode.status === "aftercare" ? "aftercare" : "program";
}

/** "You were missed" on a phone that others read tells them that there was an appointment. */
export function isOwnershipFine(
  row: Pick<MessagePlan, "anchor">,
  channel: Channel,
  point: ReachPoint,
): boolean {
  return channel !== "sms" || row.anchor !== "missed-session" || point.kind === "own";
}

function firstUsable(episode: Episode, row: MessagePlan): Usable | undefined {
  return usableChannels(episode, row)[0];
}

/** When the acknowledgement goes that is still on its way: nothing else may be there before it. */
function receiptAt(draft: Draft, ctx: DecisionContext): string | undefined {
  const steps = ctx.program.messages.filter(isReceipt).map((row) => row.step);
  return draft
    .items()
    .flatMap((item) =>
      item.kind === "message" && item.status === "PLANNED" && steps.includes(item.step)
        ? [item.sendAt]
        : [],
    )
    .sort()
    .at(-1);
}

function planRow(
  draft: Draft,
  ctx: DecisionContext,
  request: PlanRequest,
  row: MessagePlan,
  reach: Usable,
): Message | undefined {
  const followsAt = receiptAt(draft, ctx);
  const isNotice = row.class === "schedule-notice";
  // A notice about a session, and the welcome to the first, say nothing any more once that has begun.
  const isBefore = isNotice || row.anchor === "admitted";
  const endsAt = request.link?.endsAt ?? (isBefore ? request.aboutAt : undefined);
  const timing = {
    row,
    now: ctx.now,
    anchorAt: request.anchorAt,
    timeZone: draft.episode.timeZone,
    participantId: draft.episode.participantId,
    // What changes somebody's day leaves as the window opens.
    isReceipt: isReceipt(row) || isNotice,
    ...(followsAt === undefined || isNotice ? {} : { followsAt }),
    ...(endsAt === undefined ? {} : { endsAt }),
  };
  const instants =
    row.anchor === "check-in-opened" ? planCheckInInstants(timing, ctx.site) : planInstants(timing);
  const link = row.link === undefined ? undefined : request.link;
  const linkId = link === undefined ? undefined : ctx.newId();
  const message: Message = {
    kind: "message",
    sk: messageSk(row.step, request.occurrence, reach.channel),
    version: 1,
    messageId: ctx.newId(),
    step: row.step,
    occurrence: request.occurrence,
    templateId: row.templateId,
    class: row.class,
    channel: reach.channel,
    contactPointId: reach.point.contactPointId,
    plannedAt: ctx.now,
    anchorAt: request.anchorAt,
    ...(request.link === undefined ? {} : { linkEndsAt: request.link.endsAt }),
    sendAt: instants.sendAt,
    expiresAt: instants.expiresAt,
    window: row.window,
    attempts: 0,
    ...(request.driverId === undefined ? {} : { driverId: request.driverId }),
    ...(linkId === undefined ? {} : { linkId }),
    ...(request.aboutAt === undefined ? {} : { aboutAt: request.aboutAt }),
    ...(request.wasAt === undefined ? {} : { wasAt: request.wasAt }),
    ...(request.isOnline === true ? { isOnline: true } : {}),
    ...(instants.isTooLate
      ? { status: "SUPPRESSED", reason: "no-time-left", settledAt: ctx.now }
      : { status: "PLANNED" }),
  };
  draft.add(message);
  if (instants.isTooLate) return undefined;
  if (linkId !== undefined && link !== undefined && row.link !== undefined) {
    draft.project({ kind: "link", linkId, purpose: row.link, ...link });
  }
  if (request.driverId === undefined) {
    draft.owe({ kind: "send", episodeId: draft.episode.episodeId, messageSk: message.sk });
  }
  return message;
}

/** Staffed minutes within which a person does what no message could: half a day. */
const callWithinStaffedMinutes = 240;

/**
 * Plans an anchor's messages; where the participant cannot be messaged a person calls instead, so that no
 * step happens in silence.
 * @param call - the sentence for the person who calls
 * @param by - they call before this instant, where that is earlier than half a staffed day from now
 */
export function contactOrCall(
  draft: Draft,
  ctx: DecisionContext,
  request: PlanRequest,
  call: string,
  by?: string,
): void {
  const result = planMessages(draft, ctx, request);
  if (result.unreachable === undefined || result.planned.length > 0) return;
  const isLanguage = result.unreachable !== "no-consented-channel";
  const lacking =
    result.unreachable === "questions-without-wording"
      ? "The questions are not published in the person's language: they are not sent."
      : "There are no reviewed messages in the person's language.";
  const within = addStaffedMinutes(ctx.site, ctx.now, callWithinStaffedMinutes);
  openTask(draft, ctx, {
    taskKind: isLanguage ? "interpreted-call" : "channel-needed",
    occurrence: `${request.anchor}-${request.occurrence}`,
    words: isLanguage
      ? `${lacking} ${call} Call with an interpreter.`
      : `No message may be sent. ${call} Reach the person as they asked.`,
    assignedFunction: "case-manager",
    dueAt: by !== undefined && by < within && by > ctx.now ? by : within,
    ...(request.driverId === undefined ? {} : { driverId: request.driverId }),
    evidence: { anchor: request.anchor },
  });
}
