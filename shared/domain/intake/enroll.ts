import { Draft } from "../change/draft.ts";
import { cancelTasks, endLadders } from "../commands/end-plans.ts";
import { openApproval, settleApproval } from "../commands/open-approval.ts";
import { localDate } from "../time/zoned-time.ts";
import { addDriver } from "../workflows/drivers.ts";
import type { ActStep } from "../workflows/step-result.ts";
import { contactOrCall } from "./contact-or-call.ts";
import { firstWeekStartsOn } from "./first-week.ts";

/** Admits: the person is in the program and the first week begins, as a person decided. */
export const enroll: ActStep = (state, driver, ctx) => {
  const { status } = state.episode;
  if (status !== "assessed" && status !== "waiting") return { outcome: "done" };
  const { waiting: _waiting, ...episode } = state.episode;
  const draft = new Draft({ ...state, episode }, ctx);
  const approval = openApproval(state, "admission-approval", driver.driverId);
  const startsOn = firstWeekStartsOn(ctx.program, ctx.site, ctx.now);
  settleApproval(draft, approval);
  draft.cancelMessages((message) => message.driverId === driver.driverId, "admitted");
  endLadders(draft, "admitted");
  cancelTasks(draft, (task) => ["waiting-call", "forms-call"].includes(task.taskKind));
  draft.set({ status: "active", admittedOn: localDate(ctx.now, ctx.site.timeZone), week: 1 });
  addDriver(draft, {
    workflow: "weekly-program",
    subject: `${episode.episodeId}-w1`,
    data: { week: 1, startsOn },
  });
  contactOrCall(
    draft,
    ctx,
    { anchor: "admitted", anchorAt: ctx.now, driverId: driver.driverId, occurrence: "intake" },
    "Welcome the person and say when the first visit is.",
  );
  return {
    outcome: "done",
    change: draft.finish("participant-admitted", {
      startsOn,
      decidedBy: approval?.decision?.decidedBy ?? "unknown",
    }),
  };
};
