import { ownValue } from "../care/text/own-value.ts";
import { nearestName } from "../messages/nearest-name.ts";
import { type CheckInput, type Report, repeats, reporter } from "./check-input.ts";
import type { DocumentPath, Finding } from "./finding.ts";

/** What is named and not there, named twice, or said in two ways that cannot both hold. */
export function checkAgreement(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  checkNames(report, input);
  checkRepeats(report, input);
  checkContradictions(report, input);
  checkLevelOfCare(report, input);
  return findings;
}

/** Names of the program's own parts: screens, their questions and plans. */
function checkNames(report: Report, input: CheckInput): void {
  const { intake, screens, plans, suitability } = input.program.content;
  const known = (path: DocumentPath, what: string, name: string, names: readonly string[]) => {
    if (names.includes(name)) return;
    report(path, {
      found: `unknown ${what} "${name}"`,
      allowed: names.length === 0 ? `no ${what}: this program has none` : names.join(", "),
      nearest: nearestName(name, names),
    });
  };
  const screenIds = (screens ?? []).map(({ screenId }) => screenId);
  for (const [index, screenId] of (intake.admission?.screens ?? []).entries())
    known(["intake", "admission", "screens", index], "screen", screenId, screenIds);
  const planNames = (plans ?? []).map(({ plan }) => plan);
  for (const [index, plan] of (intake.admission?.plans ?? []).entries())
    known(["intake", "admission", "plans", index], "plan", plan, planNames);
  const asked = (screens ?? []).flatMap(({ questions }) => questions.map(({ id }) => id));
  for (const [index, { when }] of suitability.entries())
    if (when.screenPositive !== undefined)
      known(
        ["suitability", index, "when", "screenPositive"],
        "question of a screen",
        when.screenPositive,
        asked,
      );
}

/** Lists in which a second time is a slip, and would be counted twice or never. */
function checkRepeats(report: Report, input: CheckInput): void {
  const program = input.program.content;
  const once = (path: DocumentPath, values: readonly string[], what: string, key?: string) => {
    for (const { index, value } of repeats(values))
      report([...path, index, ...(key === undefined ? [] : [key])], {
        found: `the ${what} "${value}" a second time`,
        allowed: `every ${what} once`,
      });
  };
  once(["languages"], program.languages, "language");
  once(["weeklyHours", "countingModalities"], program.weeklyHours.countingModalities, "modality");
  once(["intake", "instruments"], program.intake.instruments, "instrument");
  once(["staffInstruments"], program.staffInstruments ?? [], "instrument");
  once(
    ["measures"],
    program.measures.map((one) => one.instrumentId),
    "instrument",
    "instrumentId",
  );
  once(
    ["plans"],
    (program.plans ?? []).map(({ plan }) => plan),
    "plan",
    "plan",
  );
  once(["discharge", "dispositions"], program.discharge.dispositions, "disposition");
  for (const [index, { requiredFor }] of program.discharge.checklist.entries())
    once(["discharge", "checklist", index, "requiredFor"], requiredFor, "disposition");
  for (const [name, { decidedBy }] of Object.entries(program.approvals))
    once(["approvals", name, "decidedBy"], decidedBy, "function");
  const screens = program.screens ?? [];
  once(
    ["screens"],
    screens.map(({ screenId }) => screenId),
    "screen",
    "screenId",
  );
  const questions = screens.flatMap((screen, index) =>
    screen.questions.map(({ id }, at) => ({ id, path: ["screens", index, "questions", at, "id"] })),
  );
  for (const { index, value } of repeats(questions.map(({ id }) => id)))
    report(questions[index]?.path ?? [], {
      found: `the question "${value}" a second time`,
      allowed: "every question once",
    });
}

/** Two rules for the same thing that ask for different things. */
function checkContradictions(report: Report, input: CheckInput): void {
  const { suitability, safety, aftercare } = input.program.content;
  const contradicts = <One>(
    rules: readonly One[],
    conditionOf: (rule: One) => string,
    saysOf: (rule: One) => string,
    pathOf: (index: number) => DocumentPath,
  ) => {
    for (const [index, rule] of rules.entries()) {
      const earlier = rules
        .slice(0, index)
        .find((other) => conditionOf(other) === conditionOf(rule));
      if (earlier === undefined) continue;
      const isSame = saysOf(earlier) === saysOf(rule);
      report(pathOf(index), {
        found: isSame
          ? `${saysOf(rule)} for what a rule above says already`
          : `${saysOf(rule)} for what a rule above answers with ${saysOf(earlier)}`,
        allowed: "one rule for one answer",
      });
    }
  };
  contradicts(
    suitability,
    ({ when }) => JSON.stringify(Object.entries(when).toSorted()),
    ({ proposes }) => proposes,
    (index) => ["suitability", index, "proposes"],
  );
  for (const [index, { when }] of suitability.entries()) {
    const { instrumentId, totalBelow } = when;
    const scoring = input.instruments.get(instrumentId ?? "")?.content.scoring;
    const threshold = when.totalAtLeast ?? totalBelow;
    if (scoring === undefined || threshold === undefined) continue;
    const [least, most] = [scoring.minimum + 1, scoring.maximum];
    if (threshold >= least && threshold <= most) continue;
    report(
      ["suitability", index, "when", totalBelow === undefined ? "totalAtLeast" : "totalBelow"],
      {
        found: `${threshold}: every total of ${instrumentId} is on the same side of it`,
        allowed: `${least} to ${most}`,
      },
    );
  }
  contradicts(
    safety.itemRules,
    (rule) => `${rule.instrumentId}/${rule.itemId}/${rule.atLeast}`,
    ({ tier }) => tier,
    (index) => ["safety", "itemRules", index, "tier"],
  );
  for (const [index, { actions }] of aftercare.questions.entries())
    contradicts(
      actions,
      ({ when }) => JSON.stringify(Object.entries(when).toSorted()),
      ({ action }) => action,
      (at) => ["aftercare", "questions", index, "actions", at, "action"],
    );
}

/** Hours that make it this level of care: ASAM criteria, 4th edition, level 2.1; below it is outpatient, above it partial. */
const hoursOfLevel: Readonly<Record<string, readonly [number, number]>> = {
  "intensive-outpatient": [9, 19],
};

function checkLevelOfCare(report: Report, input: CheckInput): void {
  const { levelOfCare, weeklyHours } = input.program.content;
  const bounds = ownValue(hoursOfLevel, levelOfCare);
  if (bounds === undefined) return;
  const [least, most] = bounds;
  if (weeklyHours.minimumHours < least)
    report(["weeklyHours", "minimumHours"], {
      found: `${weeklyHours.minimumHours} h a week: less than ${levelOfCare} care is`,
      allowed: `at least ${least}`,
    });
  if (weeklyHours.maximumHours > most)
    report(["weeklyHours", "maximumHours"], {
      found: `${weeklyHours.maximumHours} h a week: more than ${levelOfCare} care is`,
      allowed: `at most ${most}`,
    });
}
