import type { StaffFunction } from "../care/program/staff-functions.ts";
import { taskKindRecords } from "../care/tasks/task-kinds.ts";
import { ownValue } from "../care/text/own-value.ts";
import type { ProgramFile } from "../contracts/program-file.ts";
import { type CheckInput, type Report, reporter } from "./check-input.ts";
import type { Finding } from "./finding.ts";

/** Staffed minutes after a no-show: until somebody rings, and until a clinician decides (two staffed days). */
const ladderMinutes = { call: 60, welfare: 960 } as const;
/** Real minutes until somebody has spoken with the person. */
const contactMinutes = { RED: 60, ORANGE: 240 } as const;
/** Hours that a decision may take. */
const decisionHours = 120;
/** Days after which a treatment plan is gone through with the person again. */
const treatmentReviewDays = 30;
/** Staffed days before a supply ends on which somebody renews it. */
const leastSupplyDays = 3;
/** From which total, and which rise, a clinician reviews, where the instrument is known. */
const reviewFrom: Readonly<Record<string, { readonly total: number; readonly rise: number }>> = {
  "phq-9": { total: 20, rise: 6 },
};
/** Who may ask about suicide, and who follows the supply of a medicine. */
const askers: readonly StaffFunction[] = ["clinician", "clinical-lead", "nurse", "case-manager"];
const suppliers: readonly StaffFunction[] = ["nurse", "prescriber"];

/** Answers in aftercare after which somebody rings within 48 hours at the latest, by question. */
const answersWithCall: readonly (readonly [string, string])[] = [
  ["use-days", "any use"],
  ["craving", "strong craving"],
  ["confidence", "little confidence"],
  ["follow-up-attended", "a missed follow-up visit"],
  ["other-medication-stopped", "medicine that was stopped"],
  ["housing-or-work-lost", "the loss of job or housing"],
];
/** Days of use in a week from which somebody rings the same day. */
const sameDayUseDays = 4;

/**
 * Where a program has what it must have, and too late, too rarely, or with somebody who cannot do it. The limits follow
 * operating rules: each is a default that a clinician signs off.
 */
export function checkClinicalLimits(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  const program = input.program.content;
  checkTimes(report, program);
  checkSuicideScreens(report, program, input);
  checkHousing(report, program);
  checkReviews(report, program);
  checkTreatmentPlan(report, program);
  checkAftercareAnswers(report, program);
  checkHands(report, program);
  return findings;
}

function checkTimes(report: Report, { outreach, safety, approvals }: ProgramFile): void {
  for (const [action, most, what] of [
    ["call", ladderMinutes.call, "somebody rings"],
    ["welfare-decision", ladderMinutes.welfare, "a clinician decides about a welfare check"],
  ] as const) {
    const at = outreach.missedSession.findIndex((rung) => rung.action === action);
    const minutes = outreach.missedSession
      .slice(0, at + 1)
      .reduce((sum, { afterStaffedMinutes }) => sum + afterStaffedMinutes, 0);
    if (at >= 0 && minutes > most)
      report(["outreach", "missedSession", at, "afterStaffedMinutes"], {
        found: `${minutes} staffed minutes after the no-show until ${what}`,
        allowed: `at most ${most}, with the rungs before`,
      });
  }
  for (const tier of ["RED", "ORANGE"] as const)
    if (safety.contactWithinMinutes[tier] > contactMinutes[tier])
      report(["safety", "contactWithinMinutes", tier], {
        found: `${safety.contactWithinMinutes[tier]} minutes until somebody has spoken with a person in danger (${tier})`,
        allowed: `at most ${contactMinutes[tier]}`,
      });
  for (const name of ["admission", "weekReview", "discharge", "closing"] as const)
    if (approvals[name].dueHours > decisionHours)
      report(["approvals", name, "dueHours"], {
        found: `${approvals[name].dueHours} hours until a decision is late`,
        allowed: `at most ${decisionHours}`,
      });
}

/** Who would not answer is no negative screen, and what is acute reaches somebody at once. */
function checkSuicideScreens(
  report: Report,
  { screens = [], safety }: ProgramFile,
  { instruments }: CheckInput,
): void {
  for (const [index, { questions, assignTo }] of screens.entries())
    for (const [at, { asks, instrumentId, refusedTier }] of questions.entries()) {
      if (asks !== "suicide") continue;
      if (!askers.includes(assignTo))
        report(["screens", index, "assignTo"], {
          found: `questions about suicide, asked by "${assignTo}"`,
          allowed: askers.join(", "),
        });
      if (refusedTier !== "RED" && refusedTier !== "ORANGE")
        report(["screens", index, "questions", at, "id"], {
          found: "who would not answer about suicide counts as somebody without danger",
          allowed: "refusedTier: RED or ORANGE",
        });
      const acute = instruments
        .get(instrumentId ?? "")
        ?.content.items.filter(
          ({ requiredIf, safety: isSafety }) => isSafety && requiredIf !== undefined,
        );
      for (const [row, rule] of safety.itemRules.entries())
        if (acute?.some(({ itemId }) => itemId === rule.itemId) === true && rule.tier !== "RED")
          report(["safety", "itemRules", row, "tier"], {
            found: `${rule.tier} for "${rule.itemId}", which asks about thoughts of suicide right now`,
            allowed: "RED",
          });
    }
}

function checkHousing(report: Report, { screens = [] }: ProgramFile): void {
  for (const [index, { questions }] of screens.entries())
    for (const [at, { asks, opens }] of questions.entries())
      if (asks === "housing" && !opens.some(({ work }) => work === "housing"))
        report(["screens", index, "questions", at, "opens"], {
          found: "somebody without a place to sleep, and no work for anybody",
          allowed: "a row with work: housing",
          atKey: true,
        });
}

function checkReviews(report: Report, { progress, measures }: ProgramFile): void {
  if (progress === undefined) return;
  const { instrumentId, totalAtLeast, riseAtLeast } = progress.clinicianReview;
  if (!measures.some((one) => one.instrumentId === instrumentId))
    report(["progress", "clinicianReview", "instrumentId"], {
      found: `"${instrumentId}", which is asked of nobody during the program: whoever gets worse is not seen`,
      allowed: measures.map((one) => one.instrumentId).join(", "),
    });
  const from = ownValue(reviewFrom, instrumentId);
  if (from === undefined) return;
  for (const [key, value, most] of [
    ["totalAtLeast", totalAtLeast, from.total],
    ["riseAtLeast", riseAtLeast, from.rise],
  ] as const)
    if (value !== undefined && value > most)
      report(["progress", "clinicianReview", key], {
        found: `${value}: a clinician hears of somebody who gets worse from there on only`,
        allowed: `at most ${most}`,
      });
}

function checkTreatmentPlan(report: Report, { plans = [], intake }: ProgramFile): void {
  const at = plans.findIndex(({ plan }) => plan === "treatment");
  const { reviewDays } = plans[at] ?? {};
  if (at < 0 && intake.admission?.plans.some((plan) => plan === "treatment") !== true)
    report([plans.length === 0 ? "programId" : "plans"], {
      found: "no treatment plan: problems, goals and who does what",
      allowed: "treatment, written in the first week and gone through again every 30 days",
      atKey: true,
    });
  else if (at >= 0 && (reviewDays === undefined || reviewDays > treatmentReviewDays))
    report(["plans", at, reviewDays === undefined ? "plan" : "reviewDays"], {
      found:
        reviewDays === undefined
          ? "a treatment plan that is never gone through again"
          : `${reviewDays} days until the treatment plan is gone through again`,
      allowed: `reviewDays of ${treatmentReviewDays} at most`,
    });
}

function checkAftercareAnswers(report: Report, { aftercare }: ProgramFile): void {
  for (const [id, what] of answersWithCall) {
    const index = aftercare.questions.findIndex((one) => one.id === id);
    const actions = aftercare.questions[index]?.actions ?? [];
    if (
      !actions.some(({ action }) => action === "same-day-call" || action === "call-within-48-hours")
    )
      report(
        index < 0 ? ["aftercare", "questions"] : ["aftercare", "questions", index, "actions"],
        {
          found: index < 0 ? `no question ${id}: ${what}` : `${what}, without a call by anybody`,
          allowed: `the question ${id}, with a call within 48 hours`,
          atKey: true,
        },
      );
    else if (
      id === "use-days" &&
      !actions.some(
        ({ when, action }) =>
          action === "same-day-call" &&
          (when.atLeast ?? Number.POSITIVE_INFINITY) <= sameDayUseDays,
      )
    )
      report(["aftercare", "questions", index, "actions"], {
        found: `use on ${sameDayUseDays} or more days of a week, without a call on the same day`,
        allowed: `action: same-day-call from ${sameDayUseDays} on`,
        atKey: true,
      });
  }
}

function checkHands(report: Report, { medication, intake }: ProgramFile): void {
  if (medication !== undefined && !suppliers.includes(medication.assignTo))
    report(["medication", "assignTo"], {
      found: `the supply of a medicine, followed by "${medication.assignTo}"`,
      allowed: suppliers.join(", "),
    });
  if (medication !== undefined && medication.supplyTaskStaffedDays < leastSupplyDays)
    report(["medication", "supplyTaskStaffedDays"], {
      found: `${medication.supplyTaskStaffedDays}: too late for a prescriber and a pharmacy`,
      allowed: `at least ${leastSupplyDays}`,
    });
  const may: readonly StaffFunction[] = taskKindRecords["admission-approval"].owners;
  const withoutBy = intake.admission?.withoutBy;
  if (withoutBy !== undefined && !withoutBy.some((one) => may.includes(one)))
    report(["intake", "admission", "withoutBy"], {
      found: `${withoutBy.join(", ")}: nobody who may decide about an admission`,
      allowed: may.join(", "),
    });
}
