import type { DecisionContext } from "../care/change/context.ts";
import type { Draft } from "../care/change/draft.ts";
import type { CheckIn } from "../care/episode/check-in.ts";
import { dropWelfareDecision } from "../care/ladders/move-ladder.ts";
import { dropFewerContacts } from "../care/pathway/propose-cadence.ts";
import { openTask } from "../care/tasks/open-task.ts";
import { addHours } from "../care/time/instants.ts";
import { reachedAction } from "./weigh-answers.ts";

const reviewWithinHours = 48;

/**
 * Takes an answer into the pathway: the person is reached, so the ladders about check-ins end and the
 * count of missed contacts starts over; where things get worse a clinician looks at the level of care.
 */
export function takeInAnswer(draft: Draft, ctx: DecisionContext, checkIn: CheckIn): void {
  draft.replace(checkIn, { assessedAt: ctx.now });
  draft.set({ unreachedContacts: 0 });
  const isSteady = (checkIn.action ?? "none") === "none";
  // The first call after the discharge says how somebody arrived, and not that they are steady.
  if (!isSteady || checkIn.checkInKind !== "staff-call") noteSteadiness(draft, isSteady);
  for (const item of draft.items()) {
    if (item.kind !== "outreach" || item.ladder !== "missedCheckIn") continue;
    if (item.status === "climbing" || item.status === "decision-needed") {
      draft.replace(item, { status: "reached", outcome: "check-in-answered" });
      dropWelfareDecision(draft, item);
    }
  }
  const why = reasonsForReview(draft, ctx, checkIn);
  if (why.length === 0) return;
  openTask(draft, ctx, {
    taskKind: "clinician-review",
    occurrence: `check-in-${checkIn.number}`,
    words: `${why.join(" ")} Review whether a step up in care is needed.`,
    assignedFunction: "clinician",
    dueAt: addHours(ctx.now, reviewWithinHours),
    priority: "urgent",
    about: { type: "check-in", id: checkIn.checkInId },
    evidence: { checkIn: checkIn.number },
  });
}

/**
 * Counts how long nothing has been asked for: for whom contacts were thinned out they come on the program's days again
 * at the first answer that asks for a call, or is missing.
 */
export function noteSteadiness(draft: Draft, isSteady: boolean): void {
  const { steady = 0, ...rest } = draft.episode.aftercare ?? {};
  draft.set({ aftercare: { ...rest, steady: isSteady ? steady + 1 : 0 } });
  if (!isSteady) dropFewerContacts(draft);
}

/** Use on many days of one week, or the same screen positive twice running (a default that a clinician signs off). */
function reasonsForReview(draft: Draft, ctx: DecisionContext, checkIn: CheckIn): string[] {
  const days = ctx.program.aftercare.questions.flatMap((question) => {
    if (question.answer.type !== "days") return [];
    const rule = reachedAction(ctx, question, checkIn.answers);
    return rule?.action === "same-day-call" ? [`${rule.reason.replace(/[.\s]+$/, "")}.`] : [];
  });
  const occasions = [`check-in-${checkIn.number - 1}`, `check-in-${checkIn.number}`];
  const isPositive = (instrumentId: string, occasion: string) =>
    draft.episode.scores.some(
      (score) =>
        score.instrumentId === instrumentId && score.occasion === occasion && score.positive,
    );
  const screens = [...new Set(draft.episode.scores.map((score) => score.instrumentId))]
    .filter((instrumentId) => occasions.every((occasion) => isPositive(instrumentId, occasion)))
    .map(
      (instrumentId) => `${instrumentId.toUpperCase()} is positive for the second time running.`,
    );
  return [...days, ...screens];
}
