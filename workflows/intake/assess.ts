import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import { withMissing } from "../../shared/care/pathway/admission-needs.ts";
import { cancelTasks, endLadders } from "../../shared/care/pathway/end-plans.ts";
import type { StaffFunction } from "../../shared/care/program/staff-functions.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { isAbout } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { cancelFormsMessages, openIntakeForm } from "../../shared/questions/forms-request.ts";
import { proposeAdmission } from "./suitability.ts";

/** Weighs the answers by the program's rules and asks a person to decide, with the facts on the table. */
export const assess: ActStep = (state, run, ctx) => {
  const { episode } = state;
  if (isTerminal(episode.status)) return { outcome: "stop" };
  if (episode.status !== "referred" && episode.status !== "screening")
    return { outcome: "proposed" };
  const draft = new Draft(state, ctx);
  cancelFormsMessages(draft, ctx.program, run);
  endLadders(draft, "forms-complete");
  const form = openIntakeForm(state);
  if (form !== undefined) draft.replace(form, { status: "ended" });
  cancelTasks(draft, (task) => task.taskKind === "forms-call" || isFormsCall(task));
  const suitability = proposeAdmission(episode, ctx);
  draft.set({ status: "assessed" });
  const approval = ctx.program.approvals.admission;
  openTask(draft, ctx, {
    taskKind: "admission-approval",
    occurrence: "intake",
    words: suitability.words.join(" "),
    assignedFunction: decider(approval.decidedBy, suitability.proposal === "suitable"),
    priority: isPriority(episode) ? "urgent" : "normal",
    driverId: run.driverId,
    evidence: withMissing(admissionEvidence(episode, suitability.rules), episode, ctx),
    proposal: suitability.proposal,
  });
  openWithdrawalReview(draft, ctx);
  return {
    outcome: "proposed",
    change: draft.finish("admission-proposed", { proposal: suitability.proposal }),
  };
};

/** What the call asks for has come: nobody needs to be rung about the forms any more. */
function isFormsCall(task: CareTask): boolean {
  const isCall = task.taskKind === "channel-needed" || task.taskKind === "interpreted-call";
  return isCall && task.evidence.anchor === "forms-asked";
}

/** Anything but a plain "suitable" goes to a clinician, where the program lets one decide. */
function decider(decidedBy: readonly StaffFunction[], isPlain: boolean): StaffFunction {
  const first = decidedBy[0] ?? "clinical-lead";
  return !isPlain && decidedBy.includes("clinician") ? "clinician" : first;
}

/** Leaving higher care, pregnant or injecting: decided first. */
export function isPriority(episode: Episode): boolean {
  const { pregnant, injects, recentHigherCareOn } = episode.facts;
  return pregnant === true || injects === true || recentHigherCareOn !== undefined;
}

/** The facts of an admission decision: scores in words, open alerts, and what sets a priority. */
export function admissionEvidence(
  episode: Episode,
  rules: readonly string[],
): Readonly<Record<string, string | number | boolean>> {
  const latest = new Map(episode.scores.map((score) => [score.instrumentId, score]));
  const scores = [...latest.values()].map(
    (score) => [score.instrumentId, `${score.total}, ${score.band}`] as const,
  );
  return {
    ...Object.fromEntries(scores),
    ...(rules.length === 0 ? {} : { rules: rules.join(" ") }),
    openAlerts: episode.openEscalations.length,
    ...(episode.facts.pregnant === true ? { pregnant: true } : {}),
    ...(episode.facts.injects === true ? { injects: true } : {}),
    ...(episode.facts.under18 ? { under18: true } : {}),
    ...(episode.facts.birthDateUnknown === true ? { birthDateUnknown: true } : {}),
  };
}

/** Pregnancy and injecting use get a nurse's eye before the first group. */
export function openWithdrawalReview(draft: Draft, ctx: DecisionContext): void {
  const { pregnant, injects } = draft.episode.facts;
  if (pregnant !== true && injects !== true) return;
  // Staff who asked in the room have opened it already, with what they heard.
  const isBeforeFirstGroup = isAbout("clinician-review", "before-first-group");
  if (draft.items().some((item) => item.kind === "task" && isBeforeFirstGroup(item))) return;
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: "before-first-group",
    words: "A nurse or prescriber reviews withdrawal and medication before the first group.",
    assignedFunction: "nurse",
    priority: "urgent",
    evidence: { pregnant: pregnant === true, injects: injects === true },
  });
}
