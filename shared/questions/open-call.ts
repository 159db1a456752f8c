import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { CareTask } from "../care/episode/care-task.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import { assignedToKeeper } from "../care/pathway/aftercare-hand-off.ts";
import { closerProposal } from "../care/pathway/propose-cadence.ts";
import type { StaffFunction } from "../care/program/staff-functions.ts";
import { addStaffedMinutes, staffedSpans } from "../care/program/staffed-time.ts";
import { owedWorkRule } from "../care/safety/climb-owed-work.ts";
import { raiseEscalation } from "../care/safety/raise-escalation.ts";
import { openInPlaceOf } from "../care/tasks/end-task.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { owe, owedRules } from "../care/tasks/owed-work.ts";
import { addHours, addMinutes } from "../care/time/instants.ts";
import { localDate } from "../care/time/zoned-time.ts";

const soonHours = 48;
/** Hours in which the on-call makes a same-day call outside staffed hours. */
const onCallHours = 2;
/** Minutes that a clinician has at least, however late in the day the answer comes. */
const leastMinutes = 60;

type CallPlan = {
  readonly assignedFunction: StaffFunction;
  readonly dueAt: string;
  /** Nobody is staffed any more: the on-call is asked at once. */
  readonly isForOnCall: boolean;
};

/**
 * Opens the call that a check-in's answers ask for, with the reasons in words. A call of the same day
 * reaches a clinician the same day: it is due so early that one still has time for it before staffing ends,
 * and where that is over it is a clinician's from the first. Where nobody is staffed any more that day, the
 * on-call is paged.
 * @param options.isUnsent - the answer was given and the check-in is not sent yet: its call does not wait for that
 */
export function openCallForAnswers(
  draft: Draft,
  ctx: DecisionContext,
  checkIn: CheckIn,
  { isUnsent = false }: { readonly isUnsent?: boolean } = {},
): void {
  const isSameDay = checkIn.action === "same-day-call";
  const reasons = checkIn.reasons.map((reason) => reason.replace(/[.\s]+$/, "")).join(". ");
  const asked = `Call ${isSameDay ? "today" : "within 48 hours"}, after check-in ${checkIn.number}. ${reasons}.`;
  const proposal = closerProposal(draft, ctx, placeOf(checkIn, ctx));
  const words = proposal === undefined ? asked : `${asked} ${proposal}`;
  const known = isSameDay ? openSameDayCall(draft, checkIn) : undefined;
  if (known !== undefined) {
    // Whoever makes the call knows all that was answered since; its deadlines stay.
    if (known.words !== words) draft.replace(known, { words });
    return;
  }
  // One that was begun can be called about, and go on to a further answer that asks for a call again.
  const part = isUnsent ? `-v${draft.episode.version}` : "";
  const plan = isSameDay
    ? sameDayPlan(ctx)
    : {
        assignedFunction: "case-manager" as const,
        dueAt: addHours(ctx.now, soonHours),
        isForOnCall: false,
      };
  const owed = owe(ctx.program, {
    kind: isSameDay ? "same-day-call" : "call-within-48-hours",
    occurrence: `check-in-${checkIn.number}${part}`,
    assignedFunction: plan.assignedFunction,
    dueAt: plan.dueAt,
  });
  openTask(draft, ctx, {
    taskKind: "check-in-call",
    occurrence: `c${checkIn.number}${part}`,
    words,
    assignedFunction: plan.assignedFunction,
    // What is a clinician's from the first, or the on-call's, is nobody else's.
    ...(plan.assignedFunction === "case-manager" ? assignedToKeeper(draft) : {}),
    dueAt: plan.dueAt,
    priority: isSameDay ? "urgent" : "normal",
    about: { type: "check-in", id: checkIn.checkInId },
    evidence: {
      checkIn: checkIn.number,
      action: checkIn.action ?? "none",
      ...(checkIn.day === undefined ? {} : { day: checkIn.day }),
    },
    owed,
  });
  if (!plan.isForOnCall) return;
  raiseEscalation(draft, ctx, {
    occasion: owed.occurrence,
    rule: owedWorkRule,
    tier: owed.tier,
    source: "check-in",
    about: `check-in-${checkIn.number}`,
    reason: `A check-in asks for a call on the same day and nobody is staffed: ${reasons}.`,
  });
}

/** Where in the program's days a check-in stands. */
function placeOf({ number, row = number, day }: CheckIn, { program }: DecisionContext) {
  const planned = program.aftercare.checkIns.find((one) => one.number === row);
  return { number, row, day: day ?? planned?.day ?? 0 };
}

/** Staffed minutes in which somebody helps with a next step: five days. */
const nextStepStaffedMinutes = 2400;

/**
 * Opens the work of helping with what an answer asks for or lacks: somebody introduces the person and books the first
 * meeting with them, a list to read alone is no help. One at a time: what is asked again joins what stands.
 */
export function openNextStep(
  draft: Draft,
  ctx: DecisionContext,
  checkIn: CheckIn,
  nextSteps: readonly string[],
): void {
  if (nextSteps.length === 0) return;
  const said = nextSteps.map((step) => `${step.replace(/[.\s]+$/, "")}.`).join(" ");
  const earlier = draft.items().flatMap((item) => {
    if (item.kind !== "task" || item.taskKind !== "next-step" || item.status !== "open") return [];
    return said.includes(item.words.replace(/^After check-in \d+: /, "")) ? [] : [item.words];
  });
  const request = {
    taskKind: "next-step",
    occurrence: `check-in-${checkIn.number}`,
    words: [`After check-in ${checkIn.number}: ${said}`, ...earlier].join(" "),
    assignedFunction: "case-manager",
    ...assignedToKeeper(draft),
    dueAt: addStaffedMinutes(ctx.site, ctx.now, nextStepStaffedMinutes),
    about: { type: "check-in", id: checkIn.checkInId },
    evidence: { checkIn: checkIn.number },
  } as const;
  openInPlaceOf(draft, ctx, request, (task) => task.taskKind === "next-step");
}

function sameDayPlan(ctx: DecisionContext): CallPlan {
  const { now, site, program } = ctx;
  const staffedUntil = staffedSpans(site, localDate(now, site.timeZone)).at(-1)?.to;
  if (staffedUntil === undefined || staffedUntil <= now)
    return {
      assignedFunction: "clinician",
      dueAt: addHours(now, onCallHours),
      isForOnCall: true,
    };
  const dueAt = addMinutes(staffedUntil, -owedRules(program).clinicianMinutes);
  if (dueAt >= addMinutes(now, leastMinutes))
    return { assignedFunction: "case-manager", dueAt, isForOnCall: false };
  const least = addMinutes(now, leastMinutes);
  return {
    assignedFunction: "clinician",
    dueAt: staffedUntil > least ? staffedUntil : least,
    isForOnCall: false,
  };
}

/** The same-day call about this check-in that somebody has on the list already. */
function openSameDayCall(draft: Draft, checkIn: CheckIn): CareTask | undefined {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "check-in-call" || item.status !== "open")
      continue;
    if (item.about?.id === checkIn.checkInId && item.evidence.action === "same-day-call")
      return item;
  }
  return undefined;
}
