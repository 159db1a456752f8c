import type { Circumstance, MessageAnchor } from "../care/program/program.ts";
import { type CheckInput, type Report, reporter } from "./check-input.ts";
import { sessionsOfWeek } from "./check-timetable.ts";
import type { Finding } from "./finding.ts";

/** What is written down and could never happen: a message that is never sent, a question that is never asked. */
export function checkReach(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  checkCircumstances(report, input);
  checkLadderMessages(report, input);
  checkWeeksReached(report, input);
  checkScreens(report, input);
  checkAftercareDays(report, input);
  return findings;
}

/** What is known of the person when something is planned from an anchor. */
const circumstancesOf: Partial<Record<MessageAnchor, readonly Circumstance[]>> = {
  "session-start": ["week-one", "missed-in-14-days"],
  "forms-asked": ["reminder"],
  "check-in-opened": ["reminder"],
  "discharge-approved": ["follow-up-wanted", "no-follow-up"],
};

function checkCircumstances(report: Report, input: CheckInput): void {
  for (const [index, { anchor, onlyWhen }] of input.program.content.messages.entries()) {
    if (onlyWhen === undefined) continue;
    const known = circumstancesOf[anchor] ?? [];
    if (known.includes(onlyWhen)) continue;
    report(["messages", index, "onlyWhen"], {
      found: `"${onlyWhen}" from "${anchor}", which never holds there: it would never be sent`,
      allowed: known.length === 0 ? `no onlyWhen from "${anchor}"` : known.join(", "),
    });
  }
}

function checkLadderMessages(report: Report, input: CheckInput): void {
  const { outreach, messages } = input.program.content;
  const rungs = Object.values(outreach).flat();
  for (const [index, { step, anchor }] of messages.entries()) {
    if (anchor !== "missed-session" || rungs.some((rung) => rung.messageStep === step)) continue;
    report(["messages", index, "step"], {
      found: `"${step}", which no rung of outreach sends`,
      allowed: "a rung with this messageStep, or no such message",
    });
  }
  for (const [ladder, steps] of Object.entries(outreach)) {
    for (const [index, { messageStep }] of steps.entries()) {
      const row = messages.find(({ step }) => step === messageStep);
      if (row === undefined || row.anchor === "missed-session") continue;
      report(["outreach", ladder, index, "messageStep"], {
        found: `"${row.step}", which is sent from "${row.anchor}" and not by a rung`,
        allowed: "a message from missed-session",
      });
    }
  }
}

/** Weeks that nobody is in: what is due in them is never asked, written or offered. */
function checkWeeksReached(report: Report, input: CheckInput): void {
  const { weeks, measures, plans, progress, sessions, screens } = input.program.content;
  const within = (path: readonly (string | number)[], week: number, most: number, why: string) => {
    if (week > most) report(path, { found: `${week}: ${why}`, allowed: `at most ${most}` });
  };
  for (const [index, { everyWeeks }] of measures.entries())
    within(
      ["measures", index, "everyWeeks"],
      everyWeeks,
      weeks.planned,
      `longer than the ${weeks.planned} weeks planned, so it is never asked`,
    );
  for (const [index, { writtenByWeek }] of (plans ?? []).entries())
    within(
      ["plans", index, "writtenByWeek"],
      writtenByWeek,
      weeks.planned,
      `after the ${weeks.planned} weeks planned`,
    );
  for (const [index, { everyWeeks }] of (screens ?? []).entries())
    if (everyWeeks !== undefined)
      within(
        ["screens", index, "everyWeeks"],
        everyWeeks,
        weeks.maximum,
        `longer than the ${weeks.maximum} weeks there are at most`,
      );
  if (progress !== undefined)
    within(
      ["progress", "onTrackByWeek"],
      progress.onTrackByWeek,
      weeks.planned,
      `after the ${weeks.planned} weeks planned`,
    );
  const held = new Set(
    Array.from({ length: weeks.planned }, (_, index) => sessionsOfWeek(sessions, index + 1)).flat(),
  );
  for (const [index, slot] of sessions.entries()) {
    if (held.has(slot) && slot.everyWeeks <= weeks.planned) continue;
    report(["sessions", index, "everyWeeks"], {
      found: `${slot.everyWeeks}: longer than the ${weeks.planned} weeks planned`,
      allowed: `at most ${weeks.planned}`,
    });
  }
}

/** An answer that there is not opens nothing. */
function checkScreens(report: Report, input: CheckInput): void {
  for (const [index, { questions }] of (input.program.content.screens ?? []).entries()) {
    for (const [at, { options, opens, sets }] of questions.entries()) {
      if (options === undefined) continue;
      const most = Math.max(...options.map(({ value }) => value));
      const path = ["screens", index, "questions", at];
      for (const [rule, { atLeast }] of opens.entries())
        if (atLeast > most)
          report([...path, "opens", rule, "atLeast"], {
            found: `${atLeast}, which no answer reaches`,
            allowed: `at most ${most}`,
          });
      if (sets !== undefined && sets.atLeast > most)
        report([...path, "sets", "atLeast"], {
          found: `${sets.atLeast}, which no answer reaches`,
          allowed: `at most ${most}`,
        });
    }
  }
}

function checkAftercareDays(report: Report, input: CheckInput): void {
  const { checkIns, questions, cadence, weeklyCalls } = input.program.content.aftercare;
  const last = Math.max(...checkIns.map(({ day }) => day));
  for (const [index, { fromDay, untilDay }] of questions.entries()) {
    const path = ["aftercare", "questions", index];
    if (fromDay !== undefined && fromDay > last)
      report([...path, "fromDay"], {
        found: `${fromDay}: after the last contact, so it is never asked`,
        allowed: `at most ${last}, the day of the last contact`,
      });
    if (untilDay !== undefined && untilDay < (fromDay ?? 0))
      report([...path, "untilDay"], {
        found: `${untilDay}, before fromDay`,
        allowed: `at least ${fromDay ?? 0}`,
      });
  }
  if (cadence !== undefined && cadence.stretched.fromDay >= last)
    report(["aftercare", "cadence", "stretched", "fromDay"], {
      found: `${cadence.stretched.fromDay}: no contact is left to thin out`,
      allowed: `less than ${last}, the day of the last contact`,
    });
  for (const [index, { untilDay }] of (weeklyCalls?.spans ?? []).entries()) {
    const before = weeklyCalls?.spans[index - 1]?.untilDay;
    if (before === undefined || untilDay > before) continue;
    report(["aftercare", "weeklyCalls", "spans", index, "untilDay"], {
      found: `${untilDay}: the span before it lasts as long`,
      allowed: `more than ${before}`,
    });
  }
}
