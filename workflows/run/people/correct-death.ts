import { type Change, isRefusal, type Refusal } from "../../../shared/care/change/change.ts";
import type { DecisionContext } from "../../../shared/care/change/context.ts";
import { Draft } from "../../../shared/care/change/draft.ts";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import type { DeathRecord, EndedByDeath } from "../../../shared/care/episode/episode.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
import type { Message } from "../../../shared/care/episode/message.ts";
import type { Outreach } from "../../../shared/care/episode/outreach.ts";
import type { Session } from "../../../shared/care/episode/session.ts";
import type { WorkflowRun } from "../../../shared/care/episode/workflow-run.ts";
import { firstWeekStartsOn } from "../../../shared/care/program/first-week.ts";
import type { StaffFunction } from "../../../shared/care/program/staff-functions.ts";
import { endOfNextStaffedDay } from "../../../shared/care/program/staffed-time.ts";
import { stalledAfterMinutes } from "../../../shared/care/runs/workflow-runs.ts";
import { isClinician } from "../../../shared/care/safety/clinicians.ts";
import { finishWithReason } from "../../../shared/care/safety/finish-with-reason.ts";
import { withoutSession } from "../../../shared/care/sessions/without-session.ts";
import { dueOfKind, openTask } from "../../../shared/care/tasks/open-task.ts";
import { actingStaff } from "../../../shared/care/tasks/refuse.ts";
import { addHours, addMinutes } from "../../../shared/care/time/instants.ts";
import { followFacts } from "../../../shared/messages/follow-facts.ts";
import { whatFollowed } from "../../../shared/messages/what-followed.ts";

/**
 * Puts a death right that was recorded by mistake: what it ended stands again as it would stand now. Work that was owed
 * is owed with its own deadline, workflows go on as their next generation, visits and messages that are still to come
 * come, by the facts of now. What has passed is neither sent nor made up for, and the person is told nothing by
 * itself: somebody calls.
 *
 * @param state - with what the death ended among its items, closed as it is by now
 */
export function correctDeath(
  state: OpenState,
  { reason }: { readonly reason: string },
  ctx: DecisionContext,
): Change | Refusal {
  const staff = actingStaff(ctx);
  if (isRefusal(staff)) return staff;
  const { death, disposition } = state.episode;
  if (disposition !== "deceased")
    return { refused: "not-now", sentence: "No death is on record for this person." };
  if (!mayCorrectDeath(staff))
    return {
      refused: "not-allowed",
      sentence: "A clinician or a supervisor puts a recorded death right. Ask one of them.",
    };
  if (death === undefined)
    return {
      refused: "not-now",
      sentence:
        "This death was recorded before it was kept what stood then, so nothing can be put back. Call the person, and enter a new referral for them.",
    };
  const draft = new Draft(state, ctx);
  const was = draft.episode.status;
  standAgain(draft, death);
  for (const ended of death.items) putBack(draft, ctx, ended, death);
  followFacts(draft, ctx, { ...draft.episode, timeZone: death.timeZone });
  openTask(draft, ctx, {
    taskKind: "first-contact-call",
    occurrence: `death-corrected-v${state.episode.version}`,
    words: `A death was recorded by mistake on ${death.recordedAt.slice(0, 10)}, and nothing was sent or asked since. Nobody has told the person: call, find out how they are, and agree on what comes next.`,
  });
  return finishWithReason(
    draft,
    ctx,
    "death-corrected",
    {
      recordedAt: death.recordedAt,
      from: was,
      to: death.status,
      ...whatFollowed(state, draft.state),
    },
    reason,
  );
}

const supervising: readonly StaffFunction[] = ["supervisor", "site-lead"];

/** True for whoever may put a recorded death right. */
export function mayCorrectDeath(staff: { readonly functions: readonly StaffFunction[] }): boolean {
  return isClinician(staff) || staff.functions.some((one) => supervising.includes(one));
}

/** The phase with what belongs to it. */
function standAgain(draft: Draft, death: DeathRecord): void {
  const { status, hold, waiting, disposition, dischargedAt, unreachedContacts } = death;
  draft.clear("death", "closedAt", "closingReason", "disposition", "dischargedAt");
  draft.set({
    status,
    unreachedContacts,
    ...(hold === undefined ? {} : { hold }),
    ...(waiting === undefined ? {} : { waiting }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(dischargedAt === undefined ? {} : { dischargedAt }),
    // Attendance may have been entered since; what was expected is as it was before the visits were taken out.
    weeks: draft.episode.weeks.map((week) => {
      const stood = death.weeks.find((one) => one.week === week.week);
      if (stood === undefined) return week;
      const { expectedMinutes, isFullWeek, closed } = stood;
      return { ...week, expectedMinutes, isFullWeek, ...(closed === undefined ? {} : { closed }) };
    }),
  });
}

function putBack(
  draft: Draft,
  ctx: DecisionContext,
  ended: EndedByDeath,
  death: DeathRecord,
): void {
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
      replan(draft, item);
      return;
    case "session":
      bringBack(draft, item);
      return;
    case "form":
      askAgain(draft, item, ended, death);
      return;
    case "check-in":
      keepCheckIn(draft, item, ended);
      return;
    case "outreach":
      climbOn(draft, ctx, item, ended);
      return;
    case "driver":
      goOn(draft, ctx, item, { ended, death });
      return;
    default:
      return;
  }
}

/** Planned once more where its hour is still to come. */
function replan(draft: Draft, message: Message): void {
  if (message.status !== "CANCELLED" || message.reason !== "deceased") return;
  if (message.sendAt <= draft.now) return;
  const { reason: _reason, settledAt: _settledAt, ...planned } = message;
  draft.restore({ ...planned, status: "PLANNED" });
  if (message.driverId === undefined)
    draft.owe({ kind: "send", episodeId: draft.episode.episodeId, messageSk: message.sk });
}

function bringBack(draft: Draft, session: Session): void {
  if (session.status !== "cancelled") return;
  if (session.scheduledStartAt > draft.now) {
    draft.replace(session, { status: "planned" });
    return;
  }
  draft.set({ weeks: withoutSession(draft.episode.weeks, session) });
}

/** The intake waits for its forms, however late; a week's measures are of that week. */
function askAgain(draft: Draft, form: FormRequest, ended: EndedByDeath, death: DeathRecord): void {
  if (form.status !== "ended" || ended.status !== "asked") return;
  const isIntake = form.occasion === "intake" && death.status === "screening";
  if (isIntake || form.endsAt > draft.now) draft.replace(form, { status: "asked" });
}

/** A link that nobody could answer is nobody's miss; a call that was not made stays to be made. */
function keepCheckIn(draft: Draft, checkIn: CheckIn, ended: EndedByDeath): void {
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
function climbOn(draft: Draft, ctx: DecisionContext, ladder: Outreach, ended: EndedByDeath): void {
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
  { ended, death }: { readonly ended: EndedByDeath; readonly death: DeathRecord },
): void {
  if (run.status !== "done") return;
  const { startAt, expectedBy: _expectedBy, ...rest } = run;
  if (ended.status === "dormant" && startAt !== undefined && startAt > ctx.now) {
    draft.replace(run, { status: "dormant" });
    return;
  }
  const next = { ...rest, step: ended.step ?? run.step, generation: run.generation + 1 };
  if (addHours(death.recordedAt, slipHours) <= ctx.now) {
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
  ended: EndedByDeath,
): WorkflowRun["data"] {
  if (workflow !== "weekly-program" || ended.status !== "dormant") return data;
  return { ...data, startsOn: firstWeekStartsOn(ctx.program, ctx.site, ctx.now) };
}
