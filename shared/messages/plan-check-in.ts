import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import { type Contact, nextContact } from "../care/pathway/next-contact.ts";
import { dropFewerContacts, standingOf } from "../care/pathway/propose-cadence.ts";
import { nextStaffedInstant } from "../care/program/staffed-time.ts";
import { addRun, runSk } from "../care/runs/workflow-runs.ts";
import { addHours } from "../care/time/instants.ts";
import { addDays, instantAt, localDate } from "../care/time/zoned-time.ts";
import { itemKeys } from "../keys/keys.ts";
import { planCheckInInstants } from "./check-in-hours.ts";
import { usableChannels } from "./plan-messages.ts";

/** The sort key of a check-in; they count from 1. */
export function checkInSk(number: number): string {
  return itemKeys.checkIn(number);
}

/**
 * Plans one contact of aftercare as a dormant run: nothing runs until its day. The first contact is
 * a call by staff on the next staffed day; the others fall on their day after the discharge.
 * @param contact - which one, see `nextContact`
 */
export function planCheckIn(draft: Draft, ctx: DecisionContext, contact: Contact): void {
  const { number } = contact;
  draft.add({
    kind: "check-in",
    sk: checkInSk(number),
    version: 1,
    checkInId: ctx.newId(),
    number,
    ...asPlanned(draft, ctx, contact),
    status: "planned",
    answers: {},
    reasons: [],
    submissions: [],
  });
  addRun(draft, {
    workflow: "aftercare",
    subject: subjectOf(draft, number),
    startAt: startOf(draft, ctx, contact),
    data: { number },
  });
}

/**
 * Plans again the contact that has not opened yet, after something that changes how soon somebody looks.
 * @returns the contact as it stands now; `undefined` where none is waiting, or nothing moves
 */
export function moveNextContact(draft: Draft, ctx: DecisionContext): Contact | undefined {
  const last = draft.episode.aftercare?.last;
  const standing = standingOf(draft, ctx);
  if (last === undefined || standing === undefined) return undefined;
  const contact = nextContact(standing, last);
  const planned = draft.item(checkInSk(last.number + 1));
  const run = draft.item(runSk("aftercare", subjectOf(draft, last.number + 1)));
  if (contact === undefined || planned?.kind !== "check-in" || run?.kind !== "driver")
    return undefined;
  if (planned.status !== "planned" || run.status !== "dormant") return undefined;
  const { why: _why, ...other } = planned;
  const moved = { ...other, ...asPlanned(draft, ctx, contact) };
  if (moved.dueAt === planned.dueAt && moved.checkInKind === planned.checkInKind) return undefined;
  draft.restore(moved);
  draft.replace(run, { startAt: startOf(draft, ctx, contact) });
  return contact;
}

/** Brings the next contacts closer together, for the program's days, as whoever spoke with the person decided. */
export function bringContactsCloser(draft: Draft, ctx: DecisionContext): void {
  const rule = ctx.program.aftercare.cadence?.closer;
  if (rule === undefined) return;
  const closerUntil = addDays(localDate(ctx.now, ctx.site.timeZone), rule.forDays);
  draft.set({ aftercare: { ...draft.episode.aftercare, steady: 0, closerUntil } });
  dropFewerContacts(draft);
  moveNextContact(draft, ctx);
}

function subjectOf({ episode }: Draft, number: number): string {
  return `${episode.episodeId}-c${number}`;
}

function asPlanned(draft: Draft, ctx: DecisionContext, contact: Contact) {
  const { row, day, kind, why } = contact;
  return {
    row,
    day,
    ...(why === undefined ? {} : { why }),
    checkInKind: kind,
    dueAt: dueAtOf(draft, ctx, contact),
  };
}

function dueAtOf({ episode }: Draft, ctx: DecisionContext, { number, day }: Contact): string {
  const { dischargedAt = ctx.now } = episode;
  const { timeZone } = ctx.site;
  const isFirst = number === 1;
  const onDay = isFirst ? 1 : day;
  const opens = instantAt(addDays(localDate(dischargedAt, timeZone), onDay), "08:00", timeZone);
  const wanted = nextStaffedInstant(ctx.site, opens > ctx.now ? opens : ctx.now);
  const latest = addHours(dischargedAt, ctx.program.aftercare.firstCallWithinHours);
  // A long closure does not move the first call past its hours: it is due before them, staffed or not.
  return isFirst && wanted > latest && latest > ctx.now ? latest : wanted;
}

function startOf(draft: Draft, ctx: DecisionContext, contact: Contact): string {
  const dueAt = dueAtOf(draft, ctx, contact);
  return contact.kind === "staff-call" ? dueAt : firstMessageAt(draft, ctx, dueAt);
}

/**
 * When the check-in's first message would go: it opens then, rather than to wait for it from the morning
 * on. Where nothing can be sent, the call that takes its place is not put off.
 */
export function firstMessageAt(draft: Draft, ctx: DecisionContext, dueAt: string): string {
  const row = ctx.program.messages.find(
    ({ anchor, onlyWhen }) => anchor === "check-in-opened" && onlyWhen === undefined,
  );
  if (row === undefined || usableChannels(draft.episode, row).length === 0) return dueAt;
  const { timeZone, participantId } = draft.episode;
  const timing = { row, now: ctx.now, anchorAt: dueAt, timeZone, participantId };
  const { sendAt, isTooLate } = planCheckInInstants(timing, ctx.site);
  return isTooLate ? dueAt : sendAt;
}
