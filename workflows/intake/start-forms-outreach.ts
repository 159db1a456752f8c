import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Outreach } from "../../shared/care/episode/outreach.ts";
import { endLadder } from "../../shared/care/ladders/move-ladder.ts";
import { startOutreach } from "../../shared/care/ladders/start-outreach.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { openIntakeForm } from "../../shared/questions/forms-request.ts";
import { nextOutreachAt } from "./first-steps.ts";

/**
 * Missing forms become work for people: first the program's ladder, later a call that settles what
 * happens. Nothing ends by itself.
 */
export const startFormsOutreach: ActStep = (state, run, ctx) => {
  const form = openIntakeForm(state);
  if (form === undefined) return { outcome: "done" };
  // Run again after its own commit, the next round is not due yet.
  if (nextOutreachAt(form, ctx.program.intake.outreachAfterHours) > ctx.now)
    return { outcome: "done" };
  const draft = new Draft(state, ctx);
  const round = (form.outreachRounds ?? 0) + 1;
  if (round === 1) {
    startOutreach(draft, ctx, { ladder: "missedForms", about: { type: "form", id: form.formId } });
  } else if (!isAskedAlready(state)) {
    // The call takes the place of what is left of the ladder.
    for (const item of draft.items())
      if (item.kind === "outreach" && item.about.id === form.formId && isUnderWay(item))
        endLadder(draft, item, "superseded");
    openTask(draft, ctx, {
      taskKind: "forms-call",
      occurrence: `intake-${round}`,
      words:
        "The forms have not come. Do them together, go on without them, or withdraw the referral.",
      about: { type: "form", id: form.formId },
      driverId: run.driverId,
    });
  }
  // Asked for once: the call stands, and goes up, until somebody has settled what happens.
  draft.replace(form, { outreachRounds: round });
  return { outcome: "done", change: draft.finish("forms-outreach-started", { round }) };
};

/** A call about the forms is on somebody's list, or what to do where nobody was reached in it. */
function isAskedAlready(state: OpenState): boolean {
  return [...state.items.values()].some(
    (item) =>
      item.kind === "task" &&
      item.status === "open" &&
      (item.taskKind === "forms-call" || item.evidence.call === "forms-call"),
  );
}

function isUnderWay({ status }: Outreach): boolean {
  return status === "climbing" || status === "decision-needed";
}
