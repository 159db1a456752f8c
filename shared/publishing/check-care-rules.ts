import { ownValue } from "../care/text/own-value.ts";
import type { ProgramFile } from "../contracts/program-file.ts";
import { nearestName } from "../messages/nearest-name.ts";
import { type CheckInput, type Report, repeats, reporter } from "./check-input.ts";
import type { Finding } from "./finding.ts";

/** Suitability, approvals, outreach, discharge and aftercare. */
export function checkCareRules(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  const program = input.program.content;
  checkChoice(report, program);
  checkSuitability(report, program);
  checkApprovals(report, program);
  checkOutreach(report, program);
  checkDischarge(report, program);
  checkCheckIns(report, program);
  checkQuestions(report, input);
  return findings;
}

/** Whoever asks for care chooses among programs in their own language. */
function checkChoice(report: Report, { chosenAs, languages }: ProgramFile): void {
  if (chosenAs === undefined) return;
  for (const language of languages) {
    if (ownValue(chosenAs, language) === undefined)
      report(["chosenAs"], { found: `nothing in ${language}`, allowed: languages.join(", ") });
  }
}

function checkSuitability(report: Report, { suitability }: ProgramFile): void {
  for (const { index, value } of repeats(suitability.map((one) => one.rule))) {
    report(["suitability", index, "rule"], {
      found: `the rule "${value}" a second time`,
      allowed: "every rule once",
    });
  }
  for (const [index, { when }] of suitability.entries()) {
    const thresholds = [when.totalAtLeast, when.totalBelow].filter(
      (one) => one !== undefined,
    ).length;
    const others = [when.fact, when.screenPositive].filter((one) => one !== undefined).length;
    const isScore = when.instrumentId !== undefined && thresholds === 1 && others === 0;
    const isOther = others === 1 && when.instrumentId === undefined && thresholds === 0;
    if (isScore || isOther) continue;
    report(["suitability", index, "when"], {
      found: Object.keys(when).join(", ") || "nothing",
      allowed:
        "instrumentId with totalAtLeast, instrumentId with totalBelow, fact, or screenPositive",
    });
  }
}

function checkApprovals(report: Report, { approvals }: ProgramFile): void {
  for (const [name, approval] of Object.entries(approvals)) {
    if (!approval.decidedBy.includes(approval.escalateTo)) {
      report(["approvals", name, "escalateTo"], {
        found: `"${approval.escalateTo}", who may not decide it`,
        allowed: approval.decidedBy.join(", "),
      });
    }
  }
}

function checkOutreach(report: Report, { outreach, messages }: ProgramFile): void {
  const steps = [...new Set(messages.map((row) => row.step))];
  for (const [name, ladder] of Object.entries(outreach)) {
    for (const { index, value } of repeats(ladder.map((rung) => rung.rung))) {
      report(["outreach", name, index, "rung"], {
        found: `the rung "${value}" a second time`,
        allowed: "every rung once",
      });
    }
    for (const [index, rung] of ladder.entries()) {
      if (rung.action !== "message" && rung.messageStep !== undefined) {
        report(["outreach", name, index, "messageStep"], {
          found: `a message on a rung that is a ${rung.action}`,
          allowed: "messageStep only where action is message",
        });
      }
      if (rung.action !== "message") continue;
      if (rung.messageStep === undefined) {
        report(["outreach", name, index], {
          found: "a message rung without messageStep",
          allowed: steps.join(", "),
        });
      } else if (!steps.includes(rung.messageStep)) {
        report(["outreach", name, index, "messageStep"], {
          found: `unknown message step "${rung.messageStep}"`,
          allowed: steps.join(", "),
          nearest: nearestName(rung.messageStep, steps),
        });
      }
    }
    if (!ladder.some((rung) => rung.action === "call")) {
      report(["outreach", name], {
        found: "no rung that is a call",
        allowed: "at least one call by a person",
      });
    }
  }
}

function checkDischarge(report: Report, { discharge, weeks, measures }: ProgramFile): void {
  const { completion } = discharge;
  if (completion !== undefined && completion.minimumWeeks > weeks.planned) {
    report(["discharge", "completion", "minimumWeeks"], {
      found: `${completion.minimumWeeks} weeks of a program planned for ${weeks.planned}: nobody could complete it as planned`,
      allowed: `at most ${weeks.planned}`,
    });
  }
  // Asked in the last round, and decided about in the week after the program's last.
  const rarest = Math.max(0, ...measures.map(({ everyWeeks }) => everyWeeks));
  const leastDays = rarest === 0 ? 0 : (rarest + 1) * 7;
  if (completion !== undefined && completion.measuresWithinDays < leastDays) {
    report(["discharge", "completion", "measuresWithinDays"], {
      found: `${completion.measuresWithinDays} days where a measure is asked every ${rarest} weeks: the answers of the last time would be too old when the discharge is decided`,
      allowed: `at least ${leastDays}`,
    });
  }
  for (const { index, value } of repeats(discharge.checklist.map((one) => one.item))) {
    report(["discharge", "checklist", index, "item"], {
      found: `the item "${value}" a second time`,
      allowed: "every item once",
    });
  }
  for (const [index, { requiredFor }] of discharge.checklist.entries()) {
    for (const [at, disposition] of requiredFor.entries()) {
      if (discharge.dispositions.includes(disposition)) continue;
      report(["discharge", "checklist", index, "requiredFor", at], {
        found: `"${disposition}", which this program does not offer`,
        allowed: discharge.dispositions.join(", "),
      });
    }
  }
}

function checkCheckIns(report: Report, { aftercare }: ProgramFile): void {
  const { checkIns } = aftercare;
  for (const [index, checkIn] of checkIns.entries()) {
    if (checkIn.number !== index + 1) {
      report(["aftercare", "checkIns", index, "number"], {
        found: `${checkIn.number}`,
        allowed: `${index + 1}: numbers follow each other`,
      });
    }
    const before = checkIns[index - 1];
    if (before === undefined) continue;
    if (checkIn.day <= before.day) {
      report(["aftercare", "checkIns", index, "day"], {
        found: `day ${checkIn.day}`,
        allowed: `a day after ${before.day}: days are in order`,
      });
    } else if (before.day + before.windowDays >= checkIn.day - checkIn.windowDays) {
      report(["aftercare", "checkIns", index, "windowDays"], {
        found: `a window that touches the one of day ${before.day}`,
        allowed: "windows that do not meet",
      });
    }
    if (
      checkIn.day > before.day &&
      checkIn.day - before.day < (before.answerDays ?? aftercare.answerWindowDays) &&
      before.kind === "check-in"
    ) {
      report(["aftercare", "answerWindowDays"], {
        found: `${aftercare.answerWindowDays} days, so that day ${before.day} is still open when day ${checkIn.day} opens`,
        allowed: `at most ${checkIn.day - before.day}`,
      });
    }
  }
  const first = checkIns[0];
  if (first === undefined) return;
  if (first.kind !== "staff-call") {
    report(["aftercare", "checkIns", 0, "kind"], {
      found: `"${first.kind}"`,
      allowed: "staff-call: the first contact after discharge is a person",
    });
  }
  if (first.day * 24 > aftercare.firstCallWithinHours) {
    report(["aftercare", "checkIns", 0, "day"], {
      found: `day ${first.day}`,
      allowed: `within ${aftercare.firstCallWithinHours} h (firstCallWithinHours)`,
    });
  }
}

function checkQuestions(report: Report, input: CheckInput): void {
  const { aftercare, languages } = input.program.content;
  for (const { index, value } of repeats(aftercare.questions.map((one) => one.id))) {
    report(["aftercare", "questions", index, "id"], {
      found: `the question "${value}" a second time`,
      allowed: "every question once",
    });
  }
  for (const [index, { answer, text, actions }] of aftercare.questions.entries()) {
    const path = ["aftercare", "questions", index];
    for (const language of languages) {
      if (ownValue(text, language) === undefined)
        report([...path, "text"], {
          found: `no text in ${language}`,
          allowed: languages.join(", "),
        });
    }
    if (answer.type === "scale" && answer.minimum >= answer.maximum) {
      report([...path, "answer"], {
        found: `${answer.minimum} to ${answer.maximum}`,
        allowed: "a maximum above the minimum",
      });
    }
    const range = rangeOf(input, answer);
    for (const [at, { when }] of actions.entries()) {
      const keys = Object.keys(when);
      const isYesNo = answer.type === "yes-no";
      if (keys.length !== 1 || isYesNo !== (when.equals !== undefined)) {
        report([...path, "actions", at, "when"], {
          found: keys.join(", ") || "nothing",
          allowed: isYesNo ? "equals: true or equals: false" : "one of atLeast and atMost",
        });
      }
      const threshold = when.atLeast ?? when.atMost;
      if (
        range !== undefined &&
        threshold !== undefined &&
        (threshold < range[0] || threshold > range[1])
      ) {
        report([...path, "actions", at, "when"], {
          found: `${threshold}`,
          allowed: `${range[0]} to ${range[1]}, the answers there are`,
        });
      }
    }
  }
}

function rangeOf(
  input: CheckInput,
  answer: ProgramFile["aftercare"]["questions"][number]["answer"],
): readonly [number, number] | undefined {
  if (answer.type === "scale") return [answer.minimum, answer.maximum];
  if (answer.type === "days") return [0, answer.maximum];
  if (answer.type === "yes-no") return undefined;
  const scoring = input.instruments.get(answer.instrumentId)?.content.scoring;
  return scoring === undefined ? undefined : [scoring.minimum, scoring.maximum];
}
