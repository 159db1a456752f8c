import type { DecisionContext } from "../care/change/context.ts";
import type { Episode, ScoreEntry } from "../care/episode/episode.ts";
import type { Instrument } from "../care/program/instrument.ts";
import type { Program, ProgressRules } from "../care/program/program.ts";
import { ownValue } from "../care/text/own-value.ts";
import { addDays, localDate } from "../care/time/zoned-time.ts";

/** What programs read scores by that were published without rules of their own. Defaults, not standards. */
const unlessSaid: ProgressRules = {
  baselineWithinDays: 14,
  onTrackByWeek: 4,
  onTrackPercent: 20,
  clinicianReview: { instrumentId: "phq-9", totalAtLeast: 20, riseAtLeast: 6 },
};

/** The rules by which a program reads scores over time: its own, or the defaults. */
export function progressRulesOf(program: Pick<Program, "progress">): ProgressRules {
  return program.progress ?? unlessSaid;
}

/** How one instrument's scores have moved since the baseline. Higher scores are worse. */
export type ScoreChange = {
  readonly baseline: ScoreEntry;
  /** The baseline itself where nothing was measured since. */
  readonly latest: ScoreEntry;
  readonly isMeasuredAgain: boolean;
  /** Local dates of both at the site. */
  readonly baselineOn: string;
  readonly latestOn: string;
  /** Points lower than the baseline; negative where it rose. */
  readonly pointsLower: number;
  /** The same in percent of the baseline, rounded down; 0 for a baseline of 0. */
  readonly percentLower: number;
  readonly isResponse: boolean;
  readonly isRemission: boolean;
  readonly isReliableImprovement: boolean;
  readonly isDeterioration: boolean;
  /** Judged from the week on by whose end the program asks for a change. */
  readonly isNotOnTrack: boolean;
};

type Measured = Pick<Episode, "scores" | "admittedOn" | "week">;

/**
 * How the person's scores on one instrument have moved; `undefined` where there are none. The baseline is the last
 * score of the program's days before the admission, else the first in the program. Response, remission and being on
 * track are judged for somebody whose baseline reached the cut-off: who was well before cannot get better.
 *
 * @param where.timeZone - of the site: its days count
 */
export function judgeChange(
  episode: Measured,
  instrument: Pick<Instrument, "instrumentId" | "scoring">,
  rules: ProgressRules,
  where: { readonly timeZone: string },
): ScoreChange | undefined {
  const scores = episode.scores
    .filter((score) => score.instrumentId === instrument.instrumentId)
    .toSorted((left, right) => left.scoredAt.localeCompare(right.scoredAt));
  const baseline = baselineOf(scores, episode.admittedOn, rules, where.timeZone);
  const latest = scores.at(-1);
  if (baseline === undefined || latest === undefined) return undefined;
  const { positiveAtLeast, reliableChange, remissionBelow, responsePercent } = instrument.scoring;
  const pointsLower = baseline.total - latest.total;
  const isMeasuredAgain = latest !== baseline;
  const wasCase = baseline.total >= positiveAtLeast;
  const reaches = (percent: number) =>
    isMeasuredAgain && baseline.total > 0 && pointsLower * 100 >= percent * baseline.total;
  const isReliable = (points: number) =>
    isMeasuredAgain && reliableChange !== undefined && points >= reliableChange;
  const isDeterioration = isReliable(-pointsLower);
  const isJudged = (episode.week ?? 0) >= rules.onTrackByWeek;
  return {
    baseline,
    latest,
    isMeasuredAgain,
    baselineOn: localDate(baseline.scoredAt, where.timeZone),
    latestOn: localDate(latest.scoredAt, where.timeZone),
    pointsLower,
    percentLower: baseline.total === 0 ? 0 : Math.trunc((pointsLower * 100) / baseline.total),
    isResponse: wasCase && responsePercent !== undefined && reaches(responsePercent),
    isRemission:
      wasCase && isMeasuredAgain && remissionBelow !== undefined && latest.total < remissionBelow,
    isReliableImprovement: isReliable(pointsLower),
    isDeterioration,
    isNotOnTrack: isDeterioration || (isJudged && wasCase && !reaches(rules.onTrackPercent)),
  };
}

function baselineOf(
  scores: readonly ScoreEntry[],
  admittedOn: string | undefined,
  rules: ProgressRules,
  timeZone: string,
): ScoreEntry | undefined {
  if (admittedOn === undefined) return scores[0];
  const earliest = addDays(admittedOn, -rules.baselineWithinDays);
  const on = (score: ScoreEntry) => localDate(score.scoredAt, timeZone);
  return (
    scores.findLast((score) => on(score) <= admittedOn && on(score) >= earliest) ??
    scores.find((score) => on(score) > admittedOn) ??
    scores.at(-1)
  );
}

/** The same in words for staff, the plainest first; one sentence for each thing that can be said. */
export function changeWords(
  change: ScoreChange,
  { title, scoring }: Pick<Instrument, "title" | "scoring">,
  rules: ProgressRules,
): readonly string[] {
  const { baseline, latest, baselineOn, latestOn, pointsLower, percentLower, isMeasuredAgain } =
    change;
  if (!isMeasuredAgain)
    return [
      `${title} ${baseline.total} at baseline (${baselineOn}), not measured again since.`,
      ...(change.isNotOnTrack
        ? [`No sign of being on track by week ${rules.onTrackByWeek}: measure it.`]
        : []),
    ];
  const points = Math.abs(pointsLower);
  const moved =
    points === 0
      ? "no change"
      : `${points} ${points === 1 ? "point" : "points"} ${pointsLower > 0 ? "lower" : "higher"} (${Math.abs(percentLower)} %)`;
  return [
    `${title} ${baseline.total} at baseline (${baselineOn}), ${latest.total} now (${latestOn}): ${moved}.`,
    ...(change.isDeterioration
      ? [`Deterioration: ${scoring.reliableChange} points or more higher.`]
      : []),
    ...(change.isRemission ? [`Remission: below ${scoring.remissionBelow}.`] : []),
    ...(change.isResponse ? [`Response: ${scoring.responsePercent} % lower or more.`] : []),
    ...(change.isReliableImprovement
      ? [`Reliable improvement: ${scoring.reliableChange} points or more lower.`]
      : []),
    ...(change.isNotOnTrack && !change.isDeterioration
      ? [`Not on track: less than ${rules.onTrackPercent} % lower by week ${rules.onTrackByWeek}.`]
      : []),
  ];
}

/** How the person's scores on one instrument have moved, as one text; `undefined` where there are none. */
export function progressWords(
  episode: Measured,
  instrumentId: string,
  ctx: Pick<DecisionContext, "program" | "instruments"> & {
    readonly site: { readonly timeZone: string };
  },
): string | undefined {
  const instrument = ownValue(ctx.instruments, instrumentId);
  if (instrument === undefined) return undefined;
  const rules = progressRulesOf(ctx.program);
  const change = judgeChange(episode, instrument, rules, ctx.site);
  return change === undefined ? undefined : changeWords(change, instrument, rules).join(" ");
}
