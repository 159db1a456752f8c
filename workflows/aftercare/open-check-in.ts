import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { CheckIn } from "../../shared/care/episode/check-in.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { assignedToKeeper } from "../../shared/care/pathway/aftercare-hand-off.ts";
import { addStaffedMinutes } from "../../shared/care/program/staffed-time.ts";
import type { ActStep, ReviewStep } from "../../shared/care/runs/step-result.ts";
import { hasDueMessage, nextSendAt } from "../../shared/care/runs/workflow-runs.ts";
import { openInPlaceOf } from "../../shared/care/tasks/end-task.ts";
import { addHours, earliest } from "../../shared/care/time/instants.ts";
import { addDays, instantAt, localDate } from "../../shared/care/time/zoned-time.ts";
import { wantsNoFollowUp } from "../../shared/messages/consent.ts";
import { checkInSk } from "../../shared/messages/plan-check-in.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";

/** Staffed minutes within which a call is made where no link can be sent: one day. */
const callWithinStaffedMinutes = 480;

/** Which check-in the run is about, counted from 1. */
export function numberOf(run: WorkflowRun): number {
  return Number(run.data.number ?? 1);
}

/** The check-in that the run is about, when it is planned. */
export function checkInOf(state: OpenState, run: WorkflowRun): CheckIn | undefined {
  const item = state.items.get(checkInSk(numberOf(run)));
  return item?.kind === "check-in" ? item : undefined;
}

/**
 * Opens the check-in: a call by staff, or a link with its reminders, and a call where no link can go. Where the person
 * wants no follow-up it is left out, and the closing is asked about at once: nobody rings who was asked not to.
 */
export const openCheckIn: ActStep = (state, run, ctx) => {
  if (state.episode.status !== "aftercare") return { outcome: "stop" };
  const checkIn = checkInOf(state, run);
  if (checkIn?.status !== "planned") return { outcome: "opened" };
  const draft = new Draft(state, ctx);
  if (wantsNoFollowUp(state.episode)) {
    draft.replace(checkIn, { status: "cancelled" });
    return {
      outcome: "opened",
      change: draft.finish("check-in-left-out", { number: checkIn.number }),
    };
  }
  const endsAt = closesAt(state, ctx, checkIn);
  const open = draft.replace(checkIn, { status: "open", openedAt: ctx.now, endsAt });
  const isCall = open.checkInKind === "staff-call";
  const isSent = !isCall && planLink(draft, ctx, run, open, endsAt);
  if (!isSent) openCall(draft, ctx, run, open);
  return {
    outcome: "opened",
    change: draft.finish("check-in-opened", { number: checkIn.number, byCall: !isSent }),
  };
};

/** Answers count for the program's days, and no longer than until the next check-in opens. */
function closesAt({ episode }: OpenState, ctx: DecisionContext, checkIn: CheckIn): string {
  const { answerWindowDays, checkIns } = ctx.program.aftercare;
  const plan = checkIns.find((one) => one.number === (checkIn.row ?? checkIn.number));
  const day = checkIn.day ?? plan?.day ?? 0;
  const own = plan?.day === day ? plan.answerDays : undefined;
  const windowEnd = addHours(ctx.now, (own ?? answerWindowDays) * 24);
  const next = checkIns.find((one) => one.day > day);
  if (next === undefined || episode.dischargedAt === undefined) return windowEnd;
  const { timeZone } = ctx.site;
  const nextOn = addDays(localDate(episode.dischargedAt, timeZone), next.day);
  const nextOpens = instantAt(nextOn, "00:00", timeZone);
  return nextOpens > ctx.now && nextOpens < windowEnd ? nextOpens : windowEnd;
}

function planLink(
  draft: Draft,
  ctx: DecisionContext,
  run: WorkflowRun,
  checkIn: CheckIn,
  endsAt: string,
): boolean {
  const { planned } = planMessages(draft, ctx, {
    anchor: "check-in-opened",
    anchorAt: ctx.now,
    driverId: run.driverId,
    occurrence: `c${checkIn.number}`,
    circumstances: ["reminder"],
    link: { itemSk: checkIn.sk, opensAt: ctx.now, endsAt },
  });
  const linkId = planned.find((message) => message.linkId !== undefined)?.linkId;
  if (linkId !== undefined) draft.replace(checkIn, { linkId });
  return planned.length > 0;
}

function openCall(draft: Draft, ctx: DecisionContext, run: WorkflowRun, checkIn: CheckIn): void {
  const isFirst = checkIn.number === 1;
  const { dischargedAt = ctx.now } = draft.episode;
  const within = addStaffedMinutes(ctx.site, ctx.now, callWithinStaffedMinutes);
  const latest = addHours(dischargedAt, ctx.program.aftercare.firstCallWithinHours);
  const call = {
    taskKind: "aftercare-call",
    occurrence: `c${checkIn.number}`,
    words: callWords(checkIn),
    assignedFunction: "case-manager",
    ...assignedToKeeper(draft),
    dueAt: isFirst && latest > ctx.now && latest < within ? latest : within,
    priority: isFirst ? "urgent" : "normal",
    about: { type: "check-in", id: checkIn.checkInId },
    driverId: run.driverId,
    evidence: {
      checkIn: checkIn.number,
      ...(checkIn.day === undefined ? {} : { day: checkIn.day }),
    },
  } as const;
  // One call at a time: the newer one takes the place of one that nobody made, with its deadline.
  openInPlaceOf(draft, ctx, call, () => true);
}

function callWords(checkIn: CheckIn): string {
  if (checkIn.number === 1)
    return "First call after the discharge. Go through the check-in on the phone.";
  return checkIn.checkInKind === "staff-call"
    ? `Call for check-in ${checkIn.number}. Go through the questions on the phone.`
    : `Check-in ${checkIn.number} cannot be sent. Reach the person as they asked and go through the questions.`;
}

/** What the check-in needs now: its messages, its answer, or the end of its time. */
export const reviewCheckIn: ReviewStep = (state, run, ctx) => {
  if (state.episode.status !== "aftercare") return { outcome: "stop" };
  const checkIn = checkInOf(state, run);
  // One that is out of sight has been settled: the pathway goes on, nobody gets lost here.
  if (checkIn?.status !== "open" || checkIn.endsAt === undefined) return { outcome: "answered" };
  if (checkIn.endsAt <= ctx.now) return { outcome: "missed" };
  if (hasDueMessage(state, run, ctx.now)) return { outcome: "send" };
  const holdUntil = earliest([nextSendAt(state, run), checkIn.endsAt]) ?? checkIn.endsAt;
  return { outcome: "wait", holdUntil };
};
