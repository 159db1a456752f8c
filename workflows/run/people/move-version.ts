import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
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
export type VersionContent = Pick<DecisionContext, "program" | "instruments">;

/** Why a message is not sent: the version that the person was moved to has none such. */
const otherVersion = "other-version";

const deciders = ["clinical-lead", "supervisor", "site-lead"] as const;

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
  if (!deciders.some((one) => staff.functions.includes(one)))
    return {
      refused: "not-allowed",
      sentence: `Moving people to another version is decided by: ${deciders.join(", ")}.`,
    };
  const refusal =
    refuseEnded(state.episode) ??
    refuseVersion(state, to) ??
    refuseHalfWay(state, to, ctx) ??
    refusePlaces(places, body.isOverCapacity);
  if (refusal !== undefined) return refusal;
  const draft = new Draft(state, ctx);
  const from = draft.episode.programVersion;
  planAnew(draft, to, ctx);
  return finishWithReason(
    draft,
    ctx,
    "program-version-moved",
    {
      from,
      to: to.program.version,
      ...(refuseFull(places, false) === undefined ? {} : { overCapacity: true }),
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
  moveNextContact(draft, next);
  return next;
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
 * @param timeZone - the site's: times are told as its staff read them
 */
export function describeMove(
  state: OpenState,
  change: Change,
  timeZone: string,
): readonly MovedThing[] {
  const moved: MovedThing[] = [];
  const at = (instant: string) =>
    `on ${localDate(instant, timeZone)} at ${localTime(instant, timeZone)}`;
  for (const { item } of change.puts) {
    const before = state.items.get(item.sk);
    if (item.kind === "message" && before?.kind === "message") {
      const what = `${channelWords[item.channel]} “${item.step.replaceAll("-", " ")}”`;
      if (item.status === "CANCELLED")
        moved.push({ what, words: `is not sent: it was to go ${at(before.sendAt)}` });
      else if (before.status === "CANCELLED")
        moved.push({ what, words: `is sent after all, ${at(item.sendAt)}` });
      else if (before.sendAt !== item.sendAt)
        moved.push({ what, words: `goes ${at(item.sendAt)} instead of ${at(before.sendAt)}` });
      else moved.push({ what, words: "has other words or hours" });
    }
    if (item.kind === "check-in" && before?.kind === "check-in" && before.dueAt !== item.dueAt)
      moved.push({
        what: `Contact ${item.number} after the discharge`,
        words: `is due ${at(item.dueAt)} instead of ${at(before.dueAt)}`,
      });
  }
  return moved;
}
