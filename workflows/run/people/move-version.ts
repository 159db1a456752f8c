import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { Episode } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { MessagePlan } from "../../../shared/care/program/program.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import {
  type GroupPlaces,
  refuseFull,
  refusePlaces,
} from "../../../shared/care/sessions/full-groups.ts";
import { actingStaff, refuseEnded } from "../../../shared/care/tasks/refuse.ts";
import { localDate, localTime } from "../../../shared/care/time/zoned-time.ts";
import { planCheckInInstants } from "../../../shared/messages/check-in-hours.ts";
import { isPlannedClass, isReceipt, rowOf } from "../../../shared/messages/gate-input.ts";
import { moveNextContact } from "../../../shared/messages/plan-check-in.ts";
import { planInstants } from "../../../shared/messages/plan-instants.ts";
import { subjectStands } from "./message-subject.ts";

/** A published version, as decisions look at it. */
export type VersionContent = Pick<DecisionContext, "program" | "instruments"> & {
  /** What it needs more of than the sites declare, in words; missing where that is nothing. */
  readonly aboveCapacity?: { readonly loads: readonly string[] };
};

/** Why a message is not sent: the version that the person was moved to has none such. */
const otherVersion = "other-version";

/** Who moves people to another version, and takes it back. */
export const versionDeciders = ["clinical-lead", "supervisor", "site-lead"] as const;

/** For how long a move is taken back as one, in milliseconds: a day. */
const takenBackMs = 24 * 3_600_000;

/**
 * The version to which somebody can still be taken back at this moment.
 * @returns `undefined` where they were not moved within the last day, or are back already
 */
export function versionToTakeBack(
  { versionMove }: Pick<Episode, "versionMove">,
  now: string,
): number | undefined {
  return versionMove !== undefined && Date.parse(now) - Date.parse(versionMove.at) <= takenBackMs
    ? versionMove.from
    : undefined;
}

/**
 * Moves somebody in care to another version of their program. What was planned by the old one is planned again by the
 * new one, under the same keys, so that nothing is sent twice; what it has no more is not sent; what the old one had left
 * out comes from the next occasion on. Work that is owed, sessions of the week that is open and answers given stay. The
 * same command back to the old version brings everything back that has not passed and speaks of what still stands.
 *
 * @param state - with all messages of the episode among its items, settled ones too, and the sessions of its open weeks
 * @param places - how many others have a place in the groups that only the other version has for them
 */
export function moveToVersion(
  state: OpenState,
  body: { readonly reason: string; readonly isOverCapacity?: boolean | undefined },
  to: VersionContent,
  ctx: DecisionContext,
  places: readonly GroupPlaces[] = [],
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  if (!versionDeciders.some((one) => staff.functions.includes(one)))
    return {
      refused: "not-allowed",
      sentence: `Moving people to another version is decided by: ${versionDeciders.map((one) => one.replaceAll("-", " ")).join(", ")}.`,
    };
  const isTakenBack = versionToTakeBack(state.episode, ctx.now) === to.program.version;
  const refusal =
    refuseEnded(state.episode) ??
    refuseVersion(state, to) ??
    refuseHalfWay(state, to, ctx) ??
    // They come from there: going back asks nobody again for what was decided when it was published.
    (isTakenBack ? undefined : refuseAboveCapacity(to, body.isOverCapacity)) ??
    refusePlaces(places, body.isOverCapacity);
  if (refusal !== undefined) return refusal;
  const draft = new Draft(state, ctx);
  const from = draft.episode.programVersion;
  planAnew(draft, to, ctx);
  if (isTakenBack) draft.clear("versionMove");
  else draft.set({ versionMove: { from, at: ctx.now, by: staff.staffId } });
  const above = refuseAboveCapacity(to, false) ?? refuseFull(places, false);
  return finishWithReason(
    draft,
    ctx,
    "program-version-moved",
    {
      from,
      to: to.program.version,
      ...(above === undefined ? {} : { overCapacity: true }),
    },
    body.reason,
  );
}

/**
 * Has the episode go on by another content: what was planned by the old one is planned again by the new one, under the
 * same keys, so that nothing is sent twice.
 */
export function planAnew(draft: Draft, to: VersionContent, ctx: DecisionContext): DecisionContext {
  const { programId, version } = to.program;
  draft.set({ programId, programVersion: version });
  const next: DecisionContext = { ...ctx, program: to.program, instruments: to.instruments };
  for (const item of draft.items()) {
    if (item.kind !== "message" || !isPlannedClass(item)) continue;
    // What both versions say the same stays as it was planned, to the minute.
    const was = rowOf({ program: ctx.program, message: item });
    const row = rowOf({ program: next.program, message: item });
    const isSame = JSON.stringify(was) === JSON.stringify(row);
    if (!isSame || item.status === "CANCELLED") planByVersion(draft, next, item, row);
  }
  // A contact whose days both plan the same stays as well, one that is due at this moment too.
  if (JSON.stringify(ctx.program.aftercare) !== JSON.stringify(next.program.aftercare))
    moveNextContact(draft, next);
  return next;
}

/** What needs more hours of staff than the sites declare takes in nobody unless somebody says so, with a reason. */
function refuseAboveCapacity(
  { program, aboveCapacity }: VersionContent,
  isOverCapacity: boolean | undefined,
): Refusal | undefined {
  if (aboveCapacity === undefined || isOverCapacity === true) return undefined;
  return {
    refused: "not-now",
    sentence: `Version ${program.version} needs more hours of staff than the sites declare: ${aboveCapacity.loads.join("; ")}. Say that people are moved all the same, and why.`,
  };
}

function refuseVersion({ episode }: OpenState, { program }: VersionContent): Refusal | undefined {
  if (program.programId !== episode.programId)
    return { refused: "invalid", sentence: "That is a version of another program." };
  if (program.version === episode.programVersion)
    return { refused: "already-decided", sentence: "This person is on that version already." };
  return undefined;
}

/** What would lose its meaning half way is finished by the version that it began with. */
export function refuseHalfWay(
  { episode, items }: OpenState,
  to: VersionContent,
  ctx: DecisionContext,
): Refusal | undefined {
  const notNow = (sentence: string): Refusal => ({ refused: "not-now", sentence });
  const { program } = to;
  const { languages } = ctx.program;
  if (languages.includes(episode.language) && !program.languages.includes(episode.language))
    return notNow(`That version has no messages in this person's language, ${episode.language}.`);
  for (const item of items.values()) {
    if (item.kind === "outreach" && item.status === "climbing") {
      const [is, will] = [ctx.program.outreach[item.ladder], program.outreach[item.ladder]];
      if (JSON.stringify(is) !== JSON.stringify(will))
        return notNow(
          "Somebody is being looked for by steps that are others in that version. Move them when they are reached.",
        );
    }
    if (item.kind === "form" && item.status === "asked") {
      const gone = item.instruments.find((one) => !Object.hasOwn(to.instruments, one));
      if (gone !== undefined)
        return notNow(`A form is open that asks ${gone}, which that version does not know.`);
    }
  }
  return undefined;
}

/** Re-timed, re-worded, taken out, or back where it had been taken out by a move the other way. */
function planByVersion(
  draft: Draft,
  ctx: DecisionContext,
  message: Message,
  row: MessagePlan | undefined,
): void {
  const isOut = message.status === "CANCELLED" && message.reason === otherVersion;
  if (message.status !== "PLANNED" && !isOut) return;
  if (row === undefined) {
    if (!isOut)
      draft.replace(message, { status: "CANCELLED", reason: otherVersion, settledAt: draft.now });
    return;
  }
  const { sendAt, expiresAt, isTooLate } = instantsOf(draft, ctx, message, row);
  // What it speaks of may have been cancelled, moved, answered or closed while it was out: nobody took it back then.
  if (isOut && (isTooLate || !subjectStands(draft, message, row.anchor))) return;
  const { reason: _reason, settledAt: _settledAt, ...planned } = message;
  draft.restore({
    ...planned,
    status: "PLANNED",
    templateId: row.templateId,
    class: row.class,
    window: row.window,
    sendAt,
    expiresAt: isTooLate ? message.expiresAt : expiresAt,
  });
}

/** When it goes by the row of the version; what was planned before anchors were kept goes when it was to go. */
function instantsOf(draft: Draft, ctx: DecisionContext, message: Message, row: MessagePlan) {
  const { anchorAt, sendAt, expiresAt } = message;
  if (anchorAt === undefined) return { sendAt, expiresAt, isTooLate: expiresAt <= ctx.now };
  const timing = {
    row,
    now: ctx.now,
    anchorAt,
    timeZone: draft.episode.timeZone,
    participantId: draft.episode.participantId,
    isReceipt: isReceipt(row) || row.class === "schedule-notice",
    ...(message.linkEndsAt === undefined ? {} : { endsAt: message.linkEndsAt }),
  };
  return row.anchor === "check-in-opened"
    ? planCheckInInstants(timing, ctx.site)
    : planInstants(timing);
}

const channelWords: Readonly<Record<Message["channel"], string>> = {
  sms: "Text",
  email: "Email",
};

/** One thing that a move changes for a person, in words. */
export type MovedThing = { readonly what: string; readonly words: string };

/**
 * What a move changes for this person, for whoever approves it: messages and the next contact; and what stays.
 *
 * @param input.now - what is planned for this instant goes at once, whenever it is looked at
 * @param input.timeZone - the site's: times are told as its staff read them
 */
export function describeMove(
  state: OpenState,
  change: Change,
  { now, timeZone }: { readonly now: string; readonly timeZone: string },
): readonly MovedThing[] {
  const moved: MovedThing[] = [];
  const at = (instant: string) =>
    `on ${localDate(instant, timeZone)} at ${localTime(instant, timeZone)}`;
  const next = (instant: string) => (instant <= now ? "at once" : at(instant));
  for (const { item } of change.puts) {
    const before = state.items.get(item.sk);
    if (item.kind === "message" && before?.kind === "message") {
      const what = `${channelWords[item.channel]} “${item.step.replaceAll("-", " ")}”`;
      if (item.status === "CANCELLED")
        moved.push({ what, words: `is not sent: it was to go ${at(before.sendAt)}` });
      else if (before.status === "CANCELLED")
        moved.push({ what, words: `is sent after all, ${next(item.sendAt)}` });
      else if (before.sendAt !== item.sendAt)
        moved.push({ what, words: `goes ${next(item.sendAt)} instead of ${at(before.sendAt)}` });
      else moved.push({ what, words: "has other words or hours" });
    }
    if (item.kind === "check-in" && before?.kind === "check-in" && before.dueAt !== item.dueAt)
      moved.push({
        what: `Contact ${item.number} after the discharge`,
        words: `is due ${next(item.dueAt)} instead of ${at(before.dueAt)}`,
      });
  }
  return moved;
}
