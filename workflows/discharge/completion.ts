import type { Episode } from "../../shared/care/episode/episode.ts";
import type { Program } from "../../shared/care/program/program.ts";
import { hoursLabel } from "../../shared/care/sessions/hours.ts";
import { addHours } from "../../shared/care/time/instants.ts";

/**
 * What the program asks of a completed episode and is missing, a sentence for each: weeks, hours and
 * measures. The thresholds are program data (`discharge.completion`), defaults that a clinician signs off.
 * @param now - RFC 3339 UTC
 */
export function notMetForCompletion(
  episode: Pick<Episode, "weeks" | "scores">,
  program: Program,
  now: string,
): readonly string[] {
  const { completion } = program.discharge;
  if (completion === undefined) return [];
  return [
    ...weeksMissing(episode, completion.minimumWeeks),
    ...hoursMissing(episode, completion.attendedPercent),
    ...program.measures.flatMap(({ instrumentId }) =>
      measureMissing(episode, instrumentId, completion.measuresWithinDays, now),
    ),
  ];
}

function weeksMissing({ weeks }: Pick<Episode, "weeks">, minimumWeeks: number): string[] {
  const closed = weeks.filter(({ closedAt }) => closedAt !== undefined).length;
  if (closed >= minimumWeeks) return [];
  return [`The program asks for ${minimumWeeks} weeks; ${closed} of them ${isOrAre(closed)} over.`];
}

const isOrAre = (number: number) => (number === 1 ? "is" : "are");

function hoursMissing({ weeks }: Pick<Episode, "weeks">, attendedPercent: number): string[] {
  const expected = weeks.reduce((sum, { expectedMinutes }) => sum + expectedMinutes, 0);
  const attended = weeks.reduce((sum, { attendedMinutes }) => sum + attendedMinutes, 0);
  if (attended * 100 >= expected * attendedPercent) return [];
  return [
    `${hoursLabel(attended)} of ${hoursLabel(expected)} planned were attended; the program asks for ${attendedPercent} %.`,
  ];
}

function measureMissing(
  { scores }: Pick<Episode, "scores">,
  instrumentId: string,
  withinDays: number,
  now: string,
): string[] {
  const own = scores.filter((score) => score.instrumentId === instrumentId);
  const last = own.at(-1);
  const name = instrumentId.toUpperCase();
  if (last === undefined) return [`${name} was never answered.`];
  if (own.length === 1) return [`${name} was not answered again after the first time.`];
  if (addHours(last.scoredAt, withinDays * 24) >= now) return [];
  return [`${name} was last answered more than ${withinDays} days ago.`];
}
