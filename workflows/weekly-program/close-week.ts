import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { WeekHours } from "../../shared/care/episode/episode.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { askForPlans } from "../../shared/care/plans/ask-for-plans.ts";
import type { ActResult } from "../../shared/care/runs/step-result.ts";
import { hoursLabel } from "../../shared/care/sessions/hours.ts";
import { weekOf } from "../../shared/care/sessions/week-of.ts";
import { openInPlaceOf } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { ownValue } from "../../shared/care/text/own-value.ts";
import { askForUnanswered } from "../../shared/questions/measure-due.ts";
import { changeWords, judgeChange, progressRulesOf } from "../../shared/questions/score-change.ts";

/** Closes the week: hours by day and week stand, too few of them in a full week become a review. */
export function closeWeek(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const { week } = weekOf(run);
  const hours = state.episode.weeks.find((one) => one.week === week);
  if (hours === undefined || hours.closedAt !== undefined) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  draft.set({
    weeks: draft.episode.weeks.map((one) =>
      one.week === week ? { ...one, closedAt: ctx.now } : one,
    ),
  });
  draft.cancelMessages((message) => message.driverId === run.driverId, "week-over");
  for (const item of draft.items()) {
    if (item.kind !== "form" || item.occasion !== `w${week}` || item.status !== "asked") continue;
    draft.replace(item, { status: "ended" });
    const { scores } = draft.episode;
    const isScored = (instrumentId: string) =>
      scores.some((one) => one.instrumentId === instrumentId && one.occasion === item.occasion);
    askForUnanswered(
      draft,
      ctx,
      week,
      item.instruments.filter((instrumentId) => !isScored(instrumentId)),
    );
  }
  const unmarked = draft
    .items()
    .filter((item) => item.kind === "session" && item.status === "planned" && item.week === week);
  const minimumMinutes = ctx.program.weeklyHours.minimumHours * 60;
  const isShort = hours.isFullWeek && hours.attendedMinutes < minimumMinutes;
  if (isShort) {
    const review = {
      taskKind: "hours-review",
      occurrence: `w${week}`,
      words: `${hoursLabel(hours.attendedMinutes)} of at least ${ctx.program.weeklyHours.minimumHours} h attended in week ${week}. ${unmarkedWords(unmarked.length)}Review what keeps the person from coming, and make-up places.`,
      evidence: {
        attendedMinutes: hours.attendedMinutes,
        expectedMinutes: hours.expectedMinutes,
        minimumMinutes,
        unmarkedSessions: unmarked.length,
      },
    } as const;
    openInPlaceOf(draft, ctx, review, () => true);
  }
  reviewLevelOfCare(draft, ctx, week);
  reviewProgress(draft, ctx, week);
  askForPlans(draft, ctx, week);
  return {
    outcome: "done",
    change: draft.finish("week-closed", {
      week,
      attendedMinutes: hours.attendedMinutes,
      expectedMinutes: hours.expectedMinutes,
      isFullWeek: hours.isFullWeek,
      isShort,
    }),
  };
}

/** Two short full weeks in a row, or more hours than the level of care has, are looked at by a clinician. */
function reviewLevelOfCare(draft: Draft, ctx: DecisionContext, week: number): void {
  const { minimumHours, mostHours } = ctx.program.weeklyHours;
  const full = draft.episode.weeks.filter((one) => one.isFullWeek && one.week <= week);
  const [before, last] = full.slice(-2);
  const isShort = (one: WeekHours | undefined) =>
    one !== undefined && one.attendedMinutes < minimumHours * 60;
  if (last?.week === week && isShort(last) && isShort(before)) {
    openTask(draft, ctx, {
      taskKind: "level-of-care-review",
      occurrence: `w${week}`,
      words: `Weeks ${before?.week} and ${week} were full weeks with ${hoursLabel(before?.attendedMinutes ?? 0)} and ${hoursLabel(last.attendedMinutes)} of at least ${minimumHours} h. Review with the person whether this level of care suits, and what would.`,
      evidence: { week, attendedMinutes: last.attendedMinutes },
    });
  }
  const hours = draft.episode.weeks.find((one) => one.week === week);
  if (hours === undefined || mostHours === undefined || hours.attendedMinutes <= mostHours * 60)
    return;
  openTask(draft, ctx, {
    taskKind: "level-of-care-review",
    occurrence: `w${week}-over`,
    words: `${hoursLabel(hours.attendedMinutes)} attended in week ${week}: more than the ${mostHours} h of this level of care. Review with the person whether more care is needed, or fewer hours.`,
    evidence: { week, attendedMinutes: hours.attendedMinutes },
  });
}

/** At the end of the week by which a change should show: who is not on track is looked at by the case manager. */
function reviewProgress(draft: Draft, ctx: DecisionContext, week: number): void {
  const rules = progressRulesOf(ctx.program);
  if (week !== rules.onTrackByWeek) return;
  const words = ctx.program.measures.flatMap(({ instrumentId }) => {
    const instrument = ownValue(ctx.instruments, instrumentId);
    const change =
      instrument === undefined
        ? undefined
        : judgeChange(draft.episode, instrument, rules, ctx.site);
    return instrument === undefined || change?.isNotOnTrack !== true
      ? []
      : changeWords(change, instrument, rules);
  });
  if (words.length === 0) return;
  openTask(draft, ctx, {
    taskKind: "progress-review",
    occurrence: `w${week}`,
    words: `${words.join(" ")} Review the plan with the person and the team.`,
    evidence: { week },
  });
}

function unmarkedWords(sessions: number): string {
  if (sessions === 0) return "";
  return sessions === 1
    ? "1 session is not marked yet. "
    : `${sessions} sessions are not marked yet. `;
}
