import { Draft } from "../../shared/care/change/draft.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { startOutreach } from "../../shared/care/ladders/start-outreach.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { endTask, isAbout, openInPlaceOf } from "../../shared/care/tasks/end-task.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { wantsNoFollowUp } from "../../shared/messages/consent.ts";
import { openCallForAnswers, openNextStep } from "../../shared/questions/open-call.ts";
import { noteSteadiness, takeInAnswer } from "../../shared/questions/take-in-answer.ts";
import { weighAnswers } from "../../shared/questions/weigh-answers.ts";
import { checkInOf } from "./open-check-in.ts";

/** This many contacts missed running are more than a ladder's matter: a clinician decides. */
const clinicianAfterMissed = 2;
const clinicianWithinHours = 48;

/** Takes the answer into the pathway. The calls it asks for were opened with it. */
export const assessAnswer: ActStep = (state, run, ctx) => {
  const checkIn = checkInOf(state, run);
  if (checkIn?.status !== "answered" || checkIn.assessedAt !== undefined)
    return { outcome: "done" };
  const draft = new Draft(state, ctx);
  takeInAnswer(draft, ctx, checkIn);
  return {
    outcome: "done",
    change: draft.finish("check-in-assessed", {
      number: checkIn.number,
      action: checkIn.action ?? "none",
    }),
  };
};

/** Records that no answer came and sets people to reach the person; the next check-in is planned all the same. */
export const recordMissed: ActStep = (state, run, ctx) => {
  const checkIn = checkInOf(state, run);
  if (state.episode.status !== "aftercare" || checkIn?.status !== "open")
    return { outcome: "done" };
  const draft = new Draft(state, ctx);
  // Whoever has said meanwhile that they want no follow-up has missed nothing, and is not rung any more.
  const isWanted = !wantsNoFollowUp(draft.episode);
  // A call that nobody made is the program's miss, and stays to be made; the person has missed nothing.
  const notMade = isWanted ? callNotMade(draft, run) : undefined;
  const isMissed = isWanted && notMade === undefined;
  const missedRunning = draft.episode.unreachedContacts + (isMissed ? 1 : 0);
  // Answers that were given and never sent still count: what they ask for is not lost.
  const { action, reasons, nextSteps } = weighAnswers(ctx, checkIn.answers);
  const missed = draft.replace(checkIn, { status: "missed", action, reasons });
  draft.set({ unreachedContacts: missedRunning });
  noteSteadiness(draft, false);
  openNextStep(draft, ctx, missed, nextSteps);
  draft.cancelMessages((message) => message.driverId === run.driverId, "check-in-over");
  for (const item of draft.items()) {
    // The ladder's calls take over from the call that was to ask.
    if (item.kind === "task" && item.driverId === run.driverId && item !== notMade)
      endTask(draft, item, "superseded");
  }
  if (notMade !== undefined) draft.replace(notMade, { words: `${notMadeWords} ${notMade.words}` });
  if (reasons.length > 0) openCallForAnswers(draft, ctx, missed);
  else if (isMissed) {
    startOutreach(draft, ctx, {
      ladder: "missedCheckIn",
      about: { type: "check-in", id: checkIn.checkInId },
    });
  }
  if (isMissed && missedRunning >= clinicianAfterMissed) {
    const review = {
      taskKind: "clinician-review",
      occurrence: `missed-check-in-${checkIn.number}`,
      words: `${missedRunning} contacts running without reaching the person. Decide how to go on: another way to reach them, a welfare check, or closing.`,
      assignedFunction: "clinician",
      dueAt: addHours(ctx.now, clinicianWithinHours),
      priority: "urgent",
      about: { type: "check-in", id: checkIn.checkInId },
      evidence: { missedRunning, checkIn: checkIn.number },
    } as const;
    openInPlaceOf(draft, ctx, review, isAbout("clinician-review", "missed-check-in-"));
  }
  return {
    outcome: "done",
    change: draft.finish(notMade === undefined ? "check-in-missed" : "check-in-not-called", {
      number: checkIn.number,
      missedRunning,
    }),
  };
};

const notMadeWords = "Nobody made this call in its time: call now.";

/** The call of this check-in that is still on somebody's list and was never tried. */
function callNotMade(draft: Draft, run: WorkflowRun): CareTask | undefined {
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.taskKind !== "aftercare-call" || item.status !== "open")
      continue;
    if (item.driverId === run.driverId && item.evidence.tries === undefined) return item;
  }
  return undefined;
}
