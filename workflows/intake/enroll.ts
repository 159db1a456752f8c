import { openApproval, settleApproval } from "../../shared/care/approvals/open-approval.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import {
  type MissingForAdmission,
  missingForAdmission,
} from "../../shared/care/pathway/admission-needs.ts";
import { askForMissingScreens } from "../../shared/care/pathway/ask-for-screens.ts";
import { reviewBeforeFirstGroup } from "../../shared/care/pathway/before-first-group.ts";
import { cancelTasks, endLadders } from "../../shared/care/pathway/end-plans.ts";
import { endEarlierCare } from "../../shared/care/people/other-records.ts";
import { askForMissingPlans } from "../../shared/care/plans/ask-for-plans.ts";
import { firstWeekStartsOn } from "../../shared/care/program/first-week.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { addRun } from "../../shared/care/runs/workflow-runs.ts";
import { localDate } from "../../shared/care/time/zoned-time.ts";
import { welcome } from "./welcome.ts";

/** Admits: the person is in the program and the first week begins, as a person decided. */
export const enroll: ActStep = (state, run, ctx) => {
  const { status } = state.episode;
  if (status !== "assessed" && status !== "waiting") return { outcome: "done" };
  const { waiting: _waiting, ...episode } = state.episode;
  const draft = new Draft({ ...state, episode }, ctx);
  const approval = openApproval(state, "admission-approval", run.driverId);
  const startsOn = firstWeekStartsOn(ctx.program, ctx.site, ctx.now);
  settleApproval(draft, approval);
  draft.cancelMessages((message) => message.driverId === run.driverId, "admitted");
  endLadders(draft, "admitted");
  cancelTasks(draft, (task) => ["waiting-call", "forms-call"].includes(task.taskKind));
  endEarlierCare(draft);
  const missing = missingForAdmission(episode, ctx);
  askForMissingScreens(draft, ctx, missing.screens);
  askForMissingPlans(draft, ctx, missing.plans);
  reviewBeforeFirstGroup(draft, ctx);
  draft.set({ status: "active", admittedOn: localDate(ctx.now, ctx.site.timeZone), week: 1 });
  addRun(draft, {
    workflow: "weekly-program",
    subject: `${episode.episodeId}-w1`,
    data: { week: 1, startsOn },
  });
  welcome(draft, ctx, run);
  return {
    outcome: "done",
    change: draft.finish("participant-admitted", {
      startsOn,
      decidedBy: approval?.decision?.decidedBy ?? "unknown",
      ...(isNothing(missing) ? {} : { without: Object.values(missing).flat().join(" ") }),
    }),
  };
};

function isNothing(missing: MissingForAdmission): boolean {
  return Object.values(missing).every((ids) => ids.length === 0);
}
