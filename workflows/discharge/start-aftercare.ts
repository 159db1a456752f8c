import { Draft } from "../../shared/care/change/draft.ts";
import { planHandOff } from "../../shared/care/pathway/aftercare-hand-off.ts";
import { askAboutFirstVisit } from "../../shared/care/pathway/first-visit.ts";
import { firstContact } from "../../shared/care/pathway/next-contact.ts";
import type { ActStep } from "../../shared/care/runs/step-result.ts";
import { letSessionsGo } from "../../shared/care/sessions/bring-back-sessions.ts";
import { addDays, localDate } from "../../shared/care/time/zoned-time.ts";
import { planCheckIn } from "../../shared/messages/plan-check-in.ts";

/**
 * Begins the follow-up: the first contact is a call by staff, planned now; nothing runs until it is due.
 * After a death there is none, and the pathway ends as a person recorded it.
 */
export const startAftercare: ActStep = (state, _driver, ctx) => {
  const { dischargedAt, disposition, status } = state.episode;
  if (status !== "discharged" || dischargedAt === undefined) return { outcome: "done" };
  const draft = new Draft(state, ctx);
  letSessionsGo(draft);
  if (disposition === "deceased") {
    draft.set({ status: "closed", closedAt: ctx.now, closingReason: "deceased" });
    return { outcome: "done", change: draft.finish("pathway-closed", { reason: "deceased" }) };
  }
  const { checkIns, answerWindowDays } = ctx.program.aftercare;
  const lastDay = Math.max(0, ...checkIns.map((plan) => plan.day + plan.windowDays));
  const dischargedOn = localDate(dischargedAt, ctx.site.timeZone);
  draft.set({
    status: "aftercare",
    aftercareEndsOn: addDays(dischargedOn, lastDay + answerWindowDays),
  });
  const first = firstContact(ctx.program);
  if (first !== undefined) planCheckIn(draft, ctx, first);
  askAboutFirstVisit(draft, ctx);
  planHandOff(draft, ctx);
  return {
    outcome: "done",
    change: draft.finish("aftercare-started", { checkIns: checkIns.length }),
  };
};
