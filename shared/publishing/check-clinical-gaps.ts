// Long because it is one list: what a program must have before anybody is safe in it.
import type { Disposition } from "../care/program/program.ts";
import type { StaffFunction } from "../care/program/staff-functions.ts";
import type { ScreenQuestion } from "../care/program/staff-screen.ts";
import { taskKindRecords } from "../care/tasks/task-kinds.ts";
import { ownValue } from "../care/text/own-value.ts";
import type { ProgramFile } from "../contracts/program-file.ts";
import { type CheckInput, type Report, reporter } from "./check-input.ts";
import type { DocumentPath, Finding } from "./finding.ts";

/** Days between two contacts of the aftercare: in the first three months, and after that (defaults). */
const longestGapDays = { untilDay: 90, early: 31, later: 190 } as const;
/** Days from the discharge to the first check-in that the person answers. */
const firstCheckInByDay = 7;
const yearDays = 365;

/** What everybody is asked by staff, and what it is for. */
const askedOfEverybody: readonly (readonly [ScreenQuestion["asks"], string])[] = [
  [
    "suicide",
    "a validated suicide screen at intake, on return from leave and before the discharge",
  ],
  ["alcohol", "last use of alcohol: withdrawal before the first group and after a leave"],
  [
    "benzodiazepines",
    "last use of benzodiazepines: withdrawal before the first group and after a leave",
  ],
  [
    "opioids",
    "last use of opioids: withdrawal and overdose before the first group and after a leave",
  ],
  ["seizure-or-delirium", "past seizure or delirium in withdrawal"],
  ["pregnancy", "pregnancy"],
  ["housing", "where the person sleeps"],
];

/** What no ending of this kind may do without, by item of the checklist. */
const itemsOfEndings: readonly (readonly [string, readonly Disposition[], string])[] = [
  ["suicide-screen", ["completed", "transfer-up", "transfer-down"], "a suicide screen by staff"],
  ["last-measures", ["completed"], "measures that are answered again"],
  [
    "follow-up-visit",
    ["completed", "transfer-up", "transfer-down"],
    "a visit with a named receiver",
  ],
  [
    "medication-supply",
    ["completed", "transfer-down"],
    "a supply of medicine that lasts to the next visit",
  ],
  ["crisis-plan", ["completed", "administrative"], "the crisis plan in the person's hands"],
  ["aftercare-consent", ["completed"], "the person's word on aftercare"],
  ["continuing-care-plan", ["coverage-ended"], "a plan for care that goes on"],
  ["appeal-and-referrals", ["administrative"], "the text of the appeal and a list of referrals"],
  ["supervisor-review", ["left-before-completing", "lost-contact"], "a review by the supervisor"],
];

/** Answers in aftercare that reach a person the same day, by question: what the answer means. */
const sameDayAnswers: readonly (readonly [string, string])[] = [
  ["opioid-use", "opioid use after abstinence"],
  [
    "key-medication-stopped",
    "medicine for opioid use, lithium or an antipsychotic that was stopped",
  ],
  ["nowhere-to-sleep", "nowhere to sleep"],
  ["wants-call", "a person who wants a call"],
];

/**
 * What a program lacks that people could come to harm by: a rung, a screen, a contact, somebody who decides. Publishing
 * is refused, except where it says that it warns. What must be there follows operating rules: each is
 * a default that a clinician signs off.
 */
export function checkClinicalGaps(input: CheckInput): readonly Finding[] {
  const findings: Finding[] = [];
  const report = reporter(input.program, findings);
  const program = input.program.content;
  checkDecisions(report, program);
  checkScreens(report, program);
  checkPlans(report, program);
  checkLadders(report, program);
  checkEndings(report, program);
  checkAnswers(report, program);
  checkContacts(report, program);
  checkMedication(report, program);
  checkOwedTiers(report, program);
  checkCrisisLine(input, findings);
  checkOnCall(input, findings);
  return findings;
}

/** Points at the key: what is missing has no line of its own. */
function missing(report: Report, path: DocumentPath, found: string, allowed: string): void {
  report(path, { found, allowed, atKey: true });
}

function checkDecisions(report: Report, { approvals }: ProgramFile): void {
  const kinds = {
    admission: "admission-approval",
    weekReview: "week-review-approval",
    discharge: "discharge-approval",
    closing: "closing-approval",
  } as const;
  for (const name of ["admission", "weekReview", "discharge", "closing"] as const) {
    const { decidedBy, escalateTo } = approvals[name];
    const may: readonly StaffFunction[] = taskKindRecords[kinds[name]].owners;
    if (!decidedBy.some((one) => may.includes(one)))
      report(["approvals", name, "decidedBy"], {
        found: `${decidedBy.join(", ")}: nobody who may decide it`,
        allowed: may.join(", "),
      });
    else if (decidedBy.every((one) => one === escalateTo))
      report(["approvals", name, "escalateTo"], {
        found: `"${escalateTo}", who has it already: nobody else hears of a decision that is not made`,
        allowed: "a second function in decidedBy, and the decision goes up to one of them",
      });
  }
}

function checkScreens(report: Report, { screens = [], intake }: ProgramFile): void {
  const asked = new Set(screens.flatMap(({ questions }) => questions.map(({ asks }) => asks)));
  for (const [subject, what] of askedOfEverybody)
    if (!asked.has(subject))
      missing(report, ["screens"], `no question that asks ${subject}`, `${what}, asked by staff`);
  for (const subject of ["suicide", "alcohol"] as const) {
    const ids = screens
      .filter(({ questions }) => questions.some(({ asks }) => asks === subject))
      .map(({ screenId }) => screenId);
    if (ids.length > 0 && intake.admission?.screens.some((id) => ids.includes(id)) !== true)
      missing(
        report,
        intake.admission === undefined ? ["intake"] : ["intake", "admission", "screens"],
        `an admission that does not wait for the questions about ${subject}`,
        ids.join(" or "),
      );
  }
}

function checkPlans(report: Report, { plans = [], intake }: ProgramFile): void {
  const isThere = (plan: string) =>
    intake.admission?.plans.some((one) => one === plan) === true ||
    plans.some((one) => one.plan === plan && one.writtenByWeek <= 1);
  if (!isThere("crisis"))
    missing(
      report,
      plans.length === 0 ? ["programId"] : ["plans"],
      "no crisis plan before the first week is over",
      "crisis among intake.admission.plans, or in plans with writtenByWeek: 1",
    );
  if (!plans.some(({ plan }) => plan === "relapse-prevention"))
    missing(
      report,
      plans.length === 0 ? ["programId"] : ["plans"],
      "no plan for staying well",
      "relapse-prevention, written before the last week",
    );
}

function checkLadders(report: Report, { outreach }: ProgramFile): void {
  if (!outreach.missedSession.some(({ action }) => action === "welfare-decision"))
    missing(
      report,
      ["outreach", "missedSession"],
      "no rung on which a clinician decides about a welfare check",
      "a rung with action: welfare-decision",
    );
  for (const [index, { action, assignTo }] of outreach.missedSession.entries())
    if (action === "welfare-decision" && assignTo !== "clinician" && assignTo !== "clinical-lead")
      report(["outreach", "missedSession", index, "assignTo"], {
        found: `a welfare decision for "${assignTo}"`,
        allowed: "clinician, clinical-lead",
      });
  for (const name of ["missedSession", "missedCheckIn"] as const)
    if (outreach[name].filter(({ action }) => action === "call").length < 2)
      missing(
        report,
        ["outreach", name],
        "one call at most: whoever does not answer once is given up",
        "two calls or more, at different times of day",
      );
}

function checkEndings(report: Report, { discharge, measures, screens = [] }: ProgramFile): void {
  const isOffered = (one: Disposition) => discharge.dispositions.includes(one);
  for (const one of ["left-before-completing", "deceased", "transfer-up"] as const)
    if (!isOffered(one))
      missing(report, ["discharge", "dispositions"], `no "${one}"`, "what happens can be recorded");
  for (const [item, endings, what] of itemsOfEndings) {
    const entry = discharge.checklist.find((one) => one.item === item);
    const without = endings.filter(
      (ending) => isOffered(ending) && entry?.requiredFor.includes(ending) !== true,
    );
    if (without.length === 0) continue;
    const index = discharge.checklist.findIndex((one) => one.item === item);
    missing(
      report,
      index < 0 ? ["discharge", "checklist"] : ["discharge", "checklist", index, "requiredFor"],
      `${without.join(", ")} without ${what}`,
      `the item ${item}, required for ${endings.join(", ")}`,
    );
  }
  if (discharge.completion === undefined || measures.length === 0)
    missing(
      report,
      discharge.completion === undefined ? ["discharge"] : ["measures"],
      "a completed program in which nothing is measured again",
      "measures that are asked again, and discharge.completion with measuresWithinDays",
    );
  const asksOpioids = screens.some(({ questions }) =>
    questions.some(({ asks }) => asks === "opioid-medication"),
  );
  if (asksOpioids && !discharge.checklist.some(({ item }) => item === "naloxone"))
    missing(
      report,
      ["discharge", "checklist"],
      "no naloxone at the discharge, in a program that treats opioid use",
      "the item naloxone",
    );
  const asksNaloxone = screens.some(({ questions }) =>
    questions.some(({ asks }) => asks === "naloxone"),
  );
  if (asksOpioids && !asksNaloxone)
    missing(
      report,
      ["screens"],
      "no question that asks naloxone, in a program that treats opioid use",
      "whether it is at hand, asked by staff",
    );
}

function checkAnswers(report: Report, { aftercare }: ProgramFile): void {
  for (const [id, what] of sameDayAnswers) {
    const index = aftercare.questions.findIndex((one) => one.id === id);
    const question = aftercare.questions[index];
    if (question === undefined) {
      missing(
        report,
        ["aftercare", "questions"],
        `no question ${id}: ${what}`,
        `the question ${id}`,
      );
    } else if (!question.actions.some(({ action }) => action === "same-day-call")) {
      missing(
        report,
        ["aftercare", "questions", index, "actions"],
        `${what}, without a call on the same day`,
        "action: same-day-call, which reaches a clinician that day",
      );
    }
  }
}

function checkContacts(report: Report, { aftercare }: ProgramFile): void {
  const { checkIns } = aftercare;
  const first = checkIns.findIndex(({ kind }) => kind === "check-in");
  const firstDay = checkIns[first]?.day ?? 0;
  if (firstDay > firstCheckInByDay)
    report(["aftercare", "checkIns", first, "day"], {
      found: `the first check-in on day ${firstDay}`,
      allowed: `day ${firstCheckInByDay} at the latest`,
    });
  for (const [index, { day }] of checkIns.entries()) {
    const before = checkIns[index - 1]?.day ?? 0;
    const longest = day <= longestGapDays.untilDay ? longestGapDays.early : longestGapDays.later;
    if (day - before <= longest) continue;
    report(["aftercare", "checkIns", index, "day"], {
      found: `${day - before} days without a contact before day ${day}`,
      allowed: `at most ${longest} days`,
    });
  }
  const last = checkIns.at(-1)?.day ?? 0;
  if (last < yearDays)
    report(["aftercare", "checkIns", checkIns.length - 1, "day"], {
      severity: "warning",
      found: `the last contact on day ${last}`,
      allowed: `day ${yearDays} or later: a year of aftercare`,
    });
}

function checkMedication(report: Report, program: ProgramFile): void {
  const index = program.sessions.findIndex(({ modality }) => modality === "medication-management");
  if (index >= 0 && program.medication === undefined)
    report(["sessions", index, "modality"], {
      found: "visits about medicine, and nobody who follows how long the supply lasts",
      allowed: "medication, with supplyTaskStaffedDays and assignTo",
    });
  if (index >= 0 && !program.safety.welfareToday.missedModalities.includes("medication-management"))
    missing(
      report,
      ["safety", "welfareToday", "missedModalities"],
      "a missed visit about medicine after which nobody decides the same day",
      "medication-management",
    );
}

/** Work that nobody did becomes a page where a life may hang on it. */
function checkOwedTiers(report: Report, { safety }: ProgramFile): void {
  const { tiers } = safety.owedWork;
  if (tiers.welfare === "YELLOW" || tiers.welfare === "ROUTINE")
    report(["safety", "owedWork", "tiers", "welfare"], {
      found: `${tiers.welfare}: a welfare check that nobody made rings nobody until somebody is reached`,
      allowed: "RED, ORANGE",
    });
  for (const kind of ["same-day-call", "safety-review"] as const)
    if (tiers[kind] === "ROUTINE")
      report(["safety", "owedWork", "tiers", kind], {
        found: "ROUTINE: nobody is told outside the list",
        allowed: "RED, ORANGE, YELLOW",
      });
}

/** Whoever reads that help is there reads how to reach it, in their own language. */
function checkCrisisLine(input: CheckInput, findings: Finding[]): void {
  if (input.policy === undefined) return;
  const report = reporter(input.policy, findings);
  for (const language of input.program.content.languages) {
    const text = ownValue(input.policy.content.crisisText, language);
    if (text === undefined || (/\b988\b/.test(text) && /\b911\b/.test(text))) continue;
    report(["crisisText", language], {
      found: "no 988 or no 911",
      allowed: "both, in every language of the program",
    });
  }
}

/** Hours in which a page would ring nobody. */
function checkOnCall(input: CheckInput, findings: Finding[]): void {
  if (input.sites === undefined) return;
  const report = reporter(input.sites, findings);
  for (const [index, site] of input.sites.content.sites.entries()) {
    if (site.onCall !== undefined || !site.programs.includes(input.program.content.programId))
      continue;
    report(["sites", index, "siteId"], {
      found: `"${site.siteId}" with nobody on call in the hours that its rota leaves out`,
      allowed: "onCall, reached at every hour that no entry of the rota covers",
    });
  }
}
