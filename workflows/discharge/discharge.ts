import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { statusLabels } from "../../shared/care/episode/status.ts";
import { cancelTasksAfterDeath } from "../../shared/care/pathway/end-plans.ts";
import { reviewDeath } from "../../shared/care/pathway/review-death.ts";
import { isDischargeUnderWay, startDischarge } from "../../shared/care/pathway/start-discharge.ts";
import { openSupervisorReview, withdrawFromPathway } from "../../shared/care/pathway/withdraw.ts";
import { whatStood } from "../../shared/care/people/what-stood.ts";
import type { Disposition } from "../../shared/care/program/program.ts";
import { addRun } from "../../shared/care/runs/workflow-runs.ts";
import { finishWithReason } from "../../shared/care/safety/finish-with-reason.ts";
import { safetyLock } from "../../shared/care/safety/safety-lock.ts";
import { completeDischarge } from "./complete-discharge.ts";

type Request = { readonly disposition?: Disposition | undefined; readonly reason: string };

/** What has happened already: recording it is all there is to decide. */
const atOnce: readonly Disposition[] = [
  "left-before-completing",
  "deceased",
  "hospitalised",
  "incarcerated",
];

/**
 * Discharges: what has happened already takes effect when it is recorded; any other ending is planned
 * with its checklist and approved by somebody else.
 */
export function discharge(
  state: OpenState,
  body: Request,
  ctx: DecisionContext,
  staffId: string,
): Change | Refusal {
  const { disposition } = body;
  const allowed = ctx.program.discharge.dispositions;
  if (disposition === undefined || !allowed.includes(disposition)) {
    return {
      refused: "invalid",
      sentence: `A discharge needs its disposition. Choose one of: ${allowed.join(", ")}.`,
    };
  }
  if (disposition === "deceased") return recordDeath(state, body, ctx);
  const refusal = refuseStatus(state) ?? safetyLock(state, disposition);
  if (refusal !== undefined) return refusal;
  if (disposition === "lost-contact" && state.episode.reach.sms === undefined) {
    return {
      refused: "not-now",
      sentence:
        "This person has no phone and is reached as they said; that is not lost contact. Choose another disposition.",
    };
  }
  const draft = new Draft(state, ctx);
  if (atOnce.includes(disposition)) {
    takeOutboxEntry(draft, ctx, disposition);
    if (disposition === "left-before-completing") openSupervisorReview(draft, ctx);
    return finishWithReason(
      draft,
      ctx,
      "participant-discharged",
      { disposition, by: staffId },
      body.reason,
    );
  }
  if (isDischargeUnderWay(draft)) {
    return {
      refused: "already-decided",
      sentence: `A discharge is being planned already: ${(state.episode.disposition ?? "completed").replaceAll("-", " ")}. Decide about that one first.`,
    };
  }
  startDischarge(draft, { disposition, requestedBy: staffId });
  return finishWithReason(
    draft,
    ctx,
    "discharge-planning-started",
    { disposition, by: staffId },
    body.reason,
  );
}

function refuseStatus({ episode }: OpenState): Refusal | undefined {
  const { status } = episode;
  if (status === "active" || status === "onhold" || status === "discharge-planning")
    return undefined;
  return {
    refused: "not-now",
    sentence: `A discharge is for people in the program; this person is: ${statusLabels[status].toLowerCase()}.`,
    details: { status },
  };
}

function takeOutboxEntry(draft: Draft, ctx: DecisionContext, disposition: Disposition): void {
  const { episodeId, version } = draft.episode;
  draft.clear("hold");
  const run = addRun(draft, {
    workflow: "discharge",
    subject: `${episodeId}-d${version}`,
    data: { disposition },
    step: "review-farewell",
  });
  completeDischarge(draft, ctx, {
    disposition,
    driverId: run.driverId,
    occurrence: `d${version}`,
  });
}

/** A death ends every message at once, in every phase. */
function recordDeath(state: OpenState, body: Request, ctx: DecisionContext): Change {
  const { status } = state.episode;
  const draft = new Draft(state, ctx);
  if (status === "active" || status === "onhold" || status === "discharge-planning") {
    takeOutboxEntry(draft, ctx, "deceased");
  } else if (status === "discharged") {
    draft.cancelMessages(() => true, "deceased");
    cancelTasksAfterDeath(draft);
    draft.set({ disposition: "deceased" });
  } else {
    withdrawFromPathway(draft, ctx, "deceased");
    if (status === "aftercare") draft.set({ status: "closed" });
    draft.set({ disposition: "deceased" });
  }
  draft.set({ death: whatStood(state, draft) });
  reviewDeath(draft, ctx);
  return draft.finish("death-recorded", { from: status }, body.reason);
}
