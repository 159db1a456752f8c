import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import {
  decisionWithinStaffedMinutes,
  openDecision,
  supersedeCalls,
} from "../../shared/care/ladders/move-ladder.ts";
import type { OutreachRung } from "../../shared/care/program/program.ts";
import { addStaffedMinutes } from "../../shared/care/program/staffed-time.ts";
import type { ActResult, Acts } from "../../shared/care/runs/step-result.ts";
import { endTask, handedUpFrom } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { owe } from "../../shared/care/tasks/owed-work.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { outreachOf } from "./outreach-of.ts";

/** How long a rung's call may take, in staffed minutes. */
const callWithinStaffedMinutes = 120;

function wordsOf(rung: OutreachRung): string {
  if (rung.action === "contact-person")
    return `${rung.words} Only with a live release that names this person.`;
  // A message that may not be sent becomes a call.
  return rung.action === "message"
    ? "No message may be sent. Call the person, or reach them as they asked."
    : rung.words;
}

/** Climbs one rung: a message, or work for a person. */
function climb(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const outreach = outreachOf(state, run);
  const rungs = outreach === undefined ? [] : ctx.program.outreach[outreach.ladder];
  const rung = outreach === undefined ? undefined : rungs[outreach.nextRung];
  if (
    outreach === undefined ||
    rung === undefined ||
    outreach.status !== "climbing" ||
    outreach.nextRungAt > ctx.now
  ) {
    return { outcome: "done" };
  }
  const draft = new Draft(state, ctx);
  const round = outreach.round ?? 1;
  const occurrence = `${outreach.outreachId}-${rung.rung}${round === 1 ? "" : `-${round}`}`;
  const isPlanned =
    rung.action === "message" &&
    planMessages(draft, ctx, {
      anchor:
        ctx.program.messages.find((row) => row.step === rung.messageStep)?.anchor ??
        "missed-session",
      anchorAt: ctx.now,
      occurrence,
      driverId: run.driverId,
    }).planned.length > 0;
  if (!isPlanned) {
    const isNotDone = supersedeCalls(draft, outreach) > 0;
    const dueAt = addStaffedMinutes(ctx.site, ctx.now, callWithinStaffedMinutes);
    const isWelfare = rung.action === "welfare-decision";
    openTask(draft, ctx, {
      taskKind: "outreach-call",
      occurrence,
      words: isNotDone ? `Nobody did the step before this one. ${wordsOf(rung)}` : wordsOf(rung),
      // A ladder that climbs because nobody called is the supervisor's to see; a clinician's decision stays one.
      ...(isNotDone && !isWelfare
        ? handedUpFrom("outreach-call", rung.assignTo, ctx.now)
        : { assignedFunction: rung.assignTo }),
      dueAt,
      priority: isWelfare ? "urgent" : "normal",
      about: { type: "outreach", id: outreach.outreachId },
      driverId: run.driverId,
      evidence: { ladder: outreach.ladder, rung: rung.rung, action: rung.action },
      ...(isWelfare
        ? {
            owed: owe(ctx.program, {
              kind: "welfare",
              occurrence,
              assignedFunction: rung.assignTo,
              dueAt,
            }),
          }
        : {}),
    });
  }
  const next = rungs[outreach.nextRung + 1];
  draft.replace(outreach, {
    nextRung: outreach.nextRung + 1,
    nextRungAt: addStaffedMinutes(
      ctx.site,
      ctx.now,
      next?.afterStaffedMinutes ?? decisionWithinStaffedMinutes,
    ),
  });
  return {
    outcome: "done",
    change: draft.finish("outreach-rung-climbed", {
      outreachId: outreach.outreachId,
      rung: rung.rung,
    }),
  };
}

/** The ladder ran out: a person decides what happens; it never ends by itself. */
function askForDecision(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const outreach = outreachOf(state, run);
  if (outreach === undefined || outreach.status !== "climbing") return { outcome: "done" };
  const draft = new Draft(state, ctx);
  supersedeCalls(draft, outreach);
  const ranOut = draft.replace(outreach, { status: "decision-needed" });
  const round = outreach.round ?? 1;
  const occurrence = round === 1 ? outreach.outreachId : `${outreach.outreachId}-${round}`;
  openDecision(draft, ctx, ranOut, occurrence);
  return {
    outcome: "done",
    change: draft.finish("outreach-ran-out", { outreachId: outreach.outreachId }),
  };
}

/**
 * Ends the ladder: its calls are not needed any more. A welfare decision that was asked for is made all the
 * same: a leave or an ending of the pathway decides nothing about how the person is.
 */
function finish(state: OpenState, run: WorkflowRun, ctx: DecisionContext): ActResult {
  const draft = new Draft(state, ctx);
  draft.cancelMessages((message) => message.driverId === run.driverId, "reached");
  for (const item of draft.items()) {
    if (item.kind !== "task" || item.driverId !== run.driverId || item.status !== "open") continue;
    if (item.owed === undefined) endTask(draft, item, "has-come");
  }
  return {
    outcome: "done",
    change: draft.finish("outreach-finished", { outreachId: run.subject }),
  };
}

export const outreachActs: Acts = { climb, "ask-for-decision": askForDecision, finish };
