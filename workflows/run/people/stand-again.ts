import type { DecisionContext } from "../../../shared/care/change/context.ts";
import type { Draft } from "../../../shared/care/change/draft.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { EndedItem, WhatStood } from "../../../shared/care/episode/episode.ts";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { Outreach } from "../../../shared/care/episode/outreach.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import type { WorkflowRun } from "../../../shared/care/episode/workflow-run.ts";
import { firstWeekStartsOn } from "../../../shared/care/program/first-week.ts";
import { endOfNextStaffedDay } from "../../../shared/care/program/staffed-time.ts";
import { stalledAfterMinutes } from "../../../shared/care/runs/workflow-runs.ts";
import type { GroupPlaces } from "../../../shared/care/sessions/full-groups.ts";
import { withoutSession } from "../../../shared/care/sessions/without-session.ts";
import { dueOfKind } from "../../../shared/care/tasks/open-task.ts";
import { addHours, addMinutes } from "../../../shared/care/time/instants.ts";
import { followFacts } from "../../../shared/messages/follow-facts.ts";
import { isApartIn } from "./return-to-groups.ts";

/**
 * Care that was ended by mistake stands again as it would stand now: work that was owed with its own deadline, workflows
 * as their next generation, visits and messages that are still to come, by the facts of now. What has passed is neither
 * sent nor made up for.
 *
 * @param draft - with what was ended among its items, closed as it is by now
 * @param endedBecause - the reason with which the messages were cancelled
 * @param groups - the groups that the person comes to again, as full as they are by now
 */
export function standAgain(
  draft: Draft,
  ctx: DecisionContext,
  stood: WhatStood,
  endedBecause: string,
  groups: readonly GroupPlaces[],
): void {
  phaseAgain(draft, stood);
  for (const ended of stood.items) putBack(draft, ctx, ended, { stood, endedBecause, groups });
  followFacts(draft, ctx, { ...draft.episode, timeZone: stood.timeZone });
}

type Around = {
  readonly stood: WhatStood;
  readonly endedBecause: string;
  readonly groups: readonly GroupPlaces[];
};

/** The phase with what belongs to it. */
function phaseAgain(draft: Draft, stood: WhatStood): void {
  const { status, hold, waiting, disposition, dischargedAt, unreachedContacts } = stood;
  draft.clear("closedAt", "closingReason", "disposition", "dischargedAt");
  draft.set({
    status,
    unreachedContacts,
    ...(hold === undefined ? {} : { hold }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(dischargedAt === undefined ? {} : { dischargedAt }),
    // Attendance may have been entered since; what was expected is as it was before the visits were taken out.
    weeks: draft.episode.weeks.map((week) => {
      const was = stood.weeks.find((one) => one.week === week.week);
      if (was === undefined) return week;
      const { expectedMinutes, isFullWeek, closed } = was;
      return { ...week, expectedMinutes, isFullWeek, ...(closed === undefined ? {} : { closed }) };
    }),
  });
}

function putBack(draft: Draft, ctx: DecisionContext, ended: EndedItem, around: Around): void {
  const { stood, endedBecause, groups } = around;
  const item = draft.item(ended.sk);
  switch (item?.kind) {
    case "task":
      if (item.status === "cancelled" || item.status === "open")
        draft.replace(item, {
          status: "open",
          ...(ended.owed === undefined ? {} : { owed: ended.owed }),
        });
      return;
    case "message":
      replan(draft, item, endedBecause);
      return;
    case "session":
      bringBack(draft, item, groups);
      return;
    case "form":
      askAgain(draft, item, ended, stood);
      return;
    case "check-in":
      keepCheckIn(draft, item, ended);
      return;
    case "outreach":
      climbOn(draft, ctx, item, ended);
      return;
    case "driver":
      goOn(draft, ctx, item, { ended, stood });
      return;
    default:
      return;
  }
}

/** Planned once more where its hour is still to come. */
function replan(draft: Draft, message: Message, endedBecause: string): void {
  if (message.status !== "CANCELLED" || message.reason !== endedBecause) return;
  if (message.sendAt <= draft.now) return;
  const { reason: _reason, settledAt: _settledAt, ...planned } = message;
  draft.restore({ ...planned, status: "PLANNED" });
  if (message.driverId === undefined)
    draft.owe({ kind: "send", episodeId: draft.episode.episodeId, messageSk: message.sk });
}

function bringBack(draft: Draft, session: Session, groups: readonly GroupPlaces[]): void {
  if (session.status !== "cancelled") return;
  if (session.scheduledStartAt > draft.now && !isApartIn(session, groups)) {
    draft.replace(session, { status: "planned" });
    return;
  }
  draft.set({ weeks: withoutSession(draft.episode.weeks, session) });
}

/** The intake waits for its forms, however late; a week's measures are of that week. */
function askAgain(draft: Draft, form: FormRequest, ended: EndedItem, stood: WhatStood): void {
  if (form.status !== "ended" || ended.status !== "asked") return;
  const isIntake = form.occasion === "intake" && stood.status === "screening";
  if (isIntake || form.endsAt > draft.now) draft.replace(form, { status: "asked" });
}

/** A link that nobody could answer is nobody's miss; a call that was not made stays to be made. */
function keepCheckIn(draft: Draft, checkIn: CheckIn, ended: EndedItem): void {
  if (checkIn.status !== "cancelled") return;
  const isStillToCome =
    ended.status === "planned"
      ? opensAt(draft, checkIn) > draft.now
      : (checkIn.endsAt ?? draft.now) > draft.now;
  const isCall =
    checkIn.checkInKind === "staff-call" ||
    draft.items().some((item) => item.kind === "task" && item.about?.id === checkIn.checkInId);
  if (!isStillToCome && !isCall) return;
  draft.replace(checkIn, { status: ended.status === "planned" ? "planned" : "open" });
}

/** When its run was to begin. */
function opensAt(draft: Draft, checkIn: CheckIn): string {
  const run = draft
    .items()
    .find(
      (item) =>
        item.kind === "driver" &&
        item.workflow === "aftercare" &&
        item.data.number === checkIn.number,
    );
  return (run?.kind === "driver" ? run.startAt : undefined) ?? checkIn.dueAt;
}

/** A ladder goes on from its rung where that is still to come or a person has it; who was missed long ago is called. */
function climbOn(draft: Draft, ctx: DecisionContext, ladder: Outreach, ended: EndedItem): void {
  const { status } = ended;
  if (ladder.status !== "withdrawn" || (status !== "climbing" && status !== "decision-needed"))
    return;
  const isWorked = draft
    .items()
    .some(
      (item) =>
        item.kind === "task" && item.status !== "done" && item.about?.id === ladder.outreachId,
    );
  if (!isWorked && ladder.nextRungAt <= ctx.now) return;
  const { outcome: _outcome, ...climbing } = ladder;
  const first = endOfNextStaffedDay(ctx.site, ctx.now);
  draft.restore({
    ...climbing,
    status,
    nextRungAt: ladder.nextRungAt > ctx.now ? ladder.nextRungAt : first,
  });
}

/**
 * A record that stood longer than this was no slip of the same day: somebody calls before anything is sent. In hours;
 * a default that a clinician signs off.
 */
const slipHours = 24;

/**
 * A workflow goes on at its step, one generation on: its execution has ended, or ends when it looks. After more than
 * a day it goes on when the call was to be made, so that the person hears of it from somebody first.
 */
function goOn(
  draft: Draft,
  ctx: DecisionContext,
  run: WorkflowRun,
  { ended, stood }: { readonly ended: EndedItem; readonly stood: WhatStood },
): void {
  if (run.status !== "done") return;
  const { startAt, expectedBy: _expectedBy, ...rest } = run;
  if (ended.status === "dormant" && startAt !== undefined && startAt > ctx.now) {
    draft.replace(run, { status: "dormant" });
    return;
  }
  const next = { ...rest, step: ended.step ?? run.step, generation: run.generation + 1 };
  if (addHours(stood.recordedAt, slipHours) <= ctx.now) {
    draft.restore({
      ...next,
      data: dataOfNow(ctx, run, ended),
      status: "dormant",
      startAt: dueOfKind(ctx, "first-contact-call"),
    });
    return;
  }
  draft.restore({
    ...next,
    status: "running",
    expectedBy: addMinutes(ctx.now, stalledAfterMinutes),
  });
  draft.owe({ kind: "start-driver", episodeId: draft.episode.episodeId, driverSk: run.sk });
}

/** A week that was to begin meanwhile is not opened after the fact: it is the next one that begins. */
function dataOfNow(
  ctx: DecisionContext,
  { workflow, data }: WorkflowRun,
  ended: EndedItem,
): WorkflowRun["data"] {
  if (workflow !== "weekly-program" || ended.status !== "dormant") return data;
  return { ...data, startsOn: firstWeekStartsOn(ctx.program, ctx.site, ctx.now) };
}
