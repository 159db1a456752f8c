import { ownValue } from "../care/text/own-value.ts";
import { mondayOf } from "../care/time/zoned-time.ts";
import type { ProgramFile } from "../contracts/program-file.ts";
import { nearestName } from "../messages/nearest-name.ts";
import { type CheckInput, type Report, repeats, reporter } from "./check-input.ts";
import { dayName } from "./check-timetable.ts";
import type { Finding } from "./finding.ts";

type Services = NonNullable<ProgramFile["services"]>;

/** Groups that have topics. */
const taught: readonly string[] = ["skills", "psychoeducation"];

/** Services with a day of their own, drug screens, offerings by name and topic series: do they agree with the program? */
export function checkServices(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  const program = input.program.content;
  const { services } = program;
  checkScreenDays(report, input);
  if (services === undefined) return findings;
  checkDue(report, program, services);
  for (const { index, value } of repeats(
    (services.holistic ?? []).map(({ name }) => name.toLowerCase()),
  ))
    report(["services", "holistic", index, "name"], {
      found: `the offering "${value}" a second time`,
      allowed: "every offering once",
    });
  checkSeries(report, program, services);
  return findings;
}

function checkDue(report: Report, { weeks, screens = [] }: ProgramFile, { due }: Services): void {
  for (const { index, value } of repeats(due.map(({ service, state }) => `${service} ${state}`)))
    report(["services", "due", index, "service"], {
      found: `a second day for "${value}"`,
      allowed: "each service once offered and once done",
    });
  for (const [index, { service, state, withinDays, repeats: isAgain }] of due.entries()) {
    const at = (field: string) => ["services", "due", index, field];
    if (
      service === "drug-screen" &&
      screens.some(
        ({ everyWeeks, questions }) =>
          everyWeeks !== undefined && questions.some(({ asks }) => asks === "drug-screen"),
      )
    )
      report(at("service"), {
        found: "a day for drug screens, which a screen of the program asks for by the week already",
        allowed: "one of the two",
      });
    if (isAgain === true && state === "offered")
      report(at("repeats"), {
        found: "a service that is to be offered again and again",
        allowed: "repeats with state: done, or no repeats",
      });
    const most = weeks.maximum * 7;
    if (withinDays > most)
      report(at("withinDays"), {
        found: `${withinDays} days: the program is over before anybody would be asked`,
        allowed: `at most ${most}, the days of its longest stay (weeks.maximum)`,
      });
    const held = due.find((one) => one.service === service && one.state === "done");
    if (state === "offered" && held !== undefined && held.withinDays < withinDays)
      report(at("withinDays"), {
        found: `offered within ${withinDays} days, and to be held within ${held.withinDays}: it would be offered after it was held`,
        allowed: `at most ${held.withinDays}`,
      });
  }
}

/** A screen's day is a day of a week in which it is asked, and on which somebody is there. */
function checkScreenDays(report: Report, input: CheckInput): void {
  const { programId, screens = [] } = input.program.content;
  const sites =
    input.sites?.content.sites.filter((site) => site.programs.includes(programId)) ?? [];
  for (const [index, { onDay, everyWeeks }] of screens.entries()) {
    if (onDay === undefined) continue;
    if (everyWeeks === undefined)
      report(["screens", index, "onDay"], {
        found: "a day of the week for a screen that is not asked by the week",
        allowed: "everyWeeks beside it, or no onDay",
      });
    if (onDay === "random") continue;
    const staffed = sites.filter((site) =>
      site.staffedHours.some(({ dayOfWeek }) => dayOfWeek === onDay),
    );
    if (sites.length > 0 && staffed.length === 0)
      report(["screens", index, "onDay"], {
        found: `${dayName(onDay)}, on which no site of this program is staffed`,
        allowed: "a day on which somebody is there, or random",
      });
  }
}

function checkSeries(
  report: Report,
  { languages, sessions }: ProgramFile,
  { topicSeries = [] }: Services,
): void {
  const at = (index: number, ...path: readonly (string | number)[]) => [
    "services",
    "topicSeries",
    index,
    ...path,
  ];
  for (const field of ["series", "slot"] as const)
    for (const { index, value } of repeats(topicSeries.map((one) => one[field])))
      report(at(index, field), {
        found: `the ${field} "${value}" a second time`,
        allowed: field === "slot" ? "one series for a group" : "every series once",
      });
  for (const [index, { slot, startsOn, topics }] of topicSeries.entries()) {
    const held = sessions.find((one) => one.slot === slot);
    if (held === undefined) {
      const nearest = nearestName(
        slot,
        sessions.map((one) => one.slot),
      );
      report(at(index, "slot"), {
        found: `"${slot}", which the timetable does not have`,
        allowed: sessions.map((one) => one.slot).join(", "),
        ...(nearest === undefined ? {} : { nearest }),
      });
    } else if (!taught.includes(held.modality))
      report(at(index, "slot"), {
        found: `topics for "${slot}", which is ${held.modality}`,
        allowed: `a group that is ${taught.join(" or ")}`,
      });
    if (mondayOf(startsOn) !== startsOn)
      report(at(index, "startsOn"), {
        found: `${startsOn}, which is no Monday`,
        allowed: `the Monday of the week of its first topic, such as ${mondayOf(startsOn)}`,
      });
    for (const [place, topic] of topics.entries())
      for (const language of languages)
        if (ownValue(topic, language) === undefined)
          report(at(index, "topics", place), {
            found: `a topic without its words in ${language}`,
            allowed: languages.join(", "),
          });
  }
}
