import type { Session } from "../episode/session.ts";
import type { ProgramServices } from "../program/program-services.ts";
import { ownValue } from "../text/own-value.ts";
import { daysBetween, mondayOf } from "../time/zoned-time.ts";
import { readGroupSessionId } from "./group-session-id.ts";

/**
 * What a group of skills or psychoeducation is about in the week of a day: its series goes on week by week and then
 * begins anew, for everybody who comes to it.
 *
 * @param on - local date at the site
 * @param language - the series' own first language where it has none in this one
 * @returns the topic; `undefined` for a group without one, and before the series begins
 */
export function topicOf(
  services: Pick<ProgramServices, "topicSeries"> | undefined,
  { slot, on }: { readonly slot: string; readonly on: string },
  language = "en",
): string | undefined {
  const series = services?.topicSeries?.find((one) => one.slot === slot);
  if (series === undefined || on < series.startsOn) return undefined;
  const week = Math.floor(daysBetween(series.startsOn, mondayOf(on)) / 7);
  const topic = series.topics[week % series.topics.length];
  return topic === undefined
    ? undefined
    : (ownValue(topic, language) ?? Object.values(topic).find((words) => words !== ""));
}

/** {@link topicOf} for a session of a person: one that was moved away keeps the topic of its own week. */
export function topicOfSession(
  services: Parameters<typeof topicOf>[0],
  { slot, on, groupSessionId }: Pick<Session, "slot" | "on" | "groupSessionId">,
  language?: string,
): string | undefined {
  const plannedOn = readGroupSessionId(groupSessionId)?.plannedOn ?? on;
  return topicOf(services, { slot, on: plannedOn }, language);
}
