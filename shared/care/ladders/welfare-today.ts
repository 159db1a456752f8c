import type { DecisionContext } from "../change/context.ts";
import type { Draft } from "../change/draft.ts";
import type { CareTask } from "../episode/care-task.ts";
import type { Outreach } from "../episode/outreach.ts";
import type { Session } from "../episode/session.ts";
import type { Program } from "../program/program.ts";
import { staffedSpans } from "../program/staffed-time.ts";
import { openTask } from "../tasks/open-task.ts";
import { owe } from "../tasks/owed-work.ts";
import { addHours, addMinutes } from "../time/instants.ts";
import { addDays, localDate } from "../time/zoned-time.ts";
import { ladderEvidence } from "./start-outreach.ts";

type Rules = NonNullable<Program["safety"]["welfareToday"]>;

/** Rules of a program that was published before it could name its own. */
const defaultRules: Rules = {
  daysAfterHigherCare: 14,
  daysAfterDanger: 14,
  programWeeks: 1,
  missedModalities: ["medication-management"],
};
/** Whoever decides has at least so many minutes for it, however late in the day it is asked. */
const leastMinutes = 60;

/**
 * A missed session after which a clinician decides on the same day whether somebody has to look after the
 * person: soon after hospital, detox or crisis care, soon after danger, in the first weeks, and where it was
 * a visit about medication. The ladder climbs beside it. For everybody else its own rung asks.
 * @param ladder - the ladder of the missed day
 */
export function askForWelfareToday(
  draft: Draft,
  ctx: DecisionContext,
  session: Session,
  ladder: Outreach,
): void {
  const reason = reasonFor(draft, ctx, session);
  if (reason === undefined) return;
  const { outreachId } = ladder;
  const occurrence = `${outreachId}-today`;
  const dueAt = endOfToday(ctx);
  openTask(draft, ctx, {
    taskKind: "outreach-call",
    occurrence,
    words: `${reason} Decide today whether a welfare check is needed. Mobile crisis comes before police.`,
    assignedFunction: "clinician",
    dueAt,
    priority: "urgent",
    about: { type: "outreach", id: outreachId },
    driverId: `outreach-${outreachId}`,
    evidence: { ...ladderEvidence(ladder), action: welfareDecision },
    owed: owe(ctx.program, { kind: "welfare", occurrence, assignedFunction: "clinician", dueAt }),
  });
}

/** The action of a rung, and of a task, that asks a clinician to decide about a welfare check. */
export const welfareDecision = "welfare-decision";

/** True while a decision about a welfare check is asked for: a later rung does not ask a second time. */
export function isWelfareAsked(draft: Draft, ladder: Outreach): boolean {
  return draft
    .items()
    .some(
      (item): item is CareTask =>
        item.kind === "task" &&
        item.status === "open" &&
        item.about?.id === ladder.outreachId &&
        item.evidence.action === welfareDecision,
    );
}

/** In words, why it cannot wait; none where it can. */
function reasonFor(draft: Draft, ctx: DecisionContext, session: Session): string | undefined {
  const rules = ctx.program.safety.welfareToday ?? defaultRules;
  const { facts, lastDangerAt, openEscalations } = draft.episode;
  const isWithin = (on: string | undefined, days: number) =>
    on !== undefined && session.on <= addDays(on, days);
  if (isWithin(facts.recentHigherCareOn, rules.daysAfterHigherCare))
    return `Missed a session within ${rules.daysAfterHigherCare} days of a higher level of care.`;
  const isDanger = openEscalations.some(({ tier }) => tier === "RED" || tier === "ORANGE");
  const dangerOn =
    lastDangerAt === undefined ? undefined : localDate(lastDangerAt, session.timeZone);
  if (isDanger || isWithin(dangerOn, rules.daysAfterDanger))
    return `Missed a session within ${rules.daysAfterDanger} days of a RED or ORANGE alert.`;
  if (session.week <= rules.programWeeks) return "Missed a session of the first program week.";
  if (rules.missedModalities.includes(session.modality))
    return "Missed a visit about medication; for opioid use that cannot wait.";
  return undefined;
}

/** When staff leave today; on a day without them the time of an ORANGE alert. */
function endOfToday({ site, program, now }: DecisionContext): string {
  const end = staffedSpans(site, localDate(now, site.timeZone)).at(-1)?.to;
  if (end === undefined || end <= now)
    return addMinutes(now, program.safety.contactWithinMinutes.ORANGE);
  const least = addHours(now, leastMinutes / 60);
  return end > least ? end : least;
}
