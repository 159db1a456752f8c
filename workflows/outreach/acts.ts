import type { DecisionContext } from "../../shared/care/change/context.ts";
import { Draft } from "../../shared/care/change/draft.ts";
import type { Episode } from "../../shared/care/episode/episode.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Outreach } from "../../shared/care/episode/outreach.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import {
  decisionWithinStaffedMinutes,
  openDecision,
  supersedeCalls,
} from "../../shared/care/ladders/move-ladder.ts";
import { ladderEvidence } from "../../shared/care/ladders/start-outreach.ts";
import { isWelfareAsked, welfareDecision } from "../../shared/care/ladders/welfare-today.ts";
import type { OutreachRung } from "../../shared/care/program/program.ts";
import { addStaffedMinutes } from "../../shared/care/program/staffed-time.ts";
import type { ActResult, Acts } from "../../shared/care/runs/step-result.ts";
import { endTask, handedUpFrom } from "../../shared/care/tasks/end-task.ts";
import { openTask } from "../../shared/care/tasks/open-task.ts";
import { owe } from "../../shared/care/tasks/owed-work.ts";
import { localDate, nextInWindow } from "../../shared/care/time/zoned-time.ts";
import { planMessages } from "../../shared/messages/plan-messages.ts";
import { outreachOf } from "./outreach-of.ts";

/** How long a rung's call may take where the program does not say, in staffed minutes. */
const defaultWithinStaffedMinutes = 120;

function wordsOf(rung: OutreachRung, { reach }: Episode): string {
  const hasPhone = reach.sms !== undefined;
  if (rung.action === "contact-person")
    return `${rung.words} Only with a live release that names this person.`;
  // A message that may not be sent becomes a call.
  if (rung.action === "message")
    return hasPhone
      ? "No message may be sent. Call the person, or reach them as they asked."
      : "No message may be sent. Reach the person as they asked.";
  return rung.action === "call" && !hasPhone
    ? `${rung.words} There is no phone: reach them as they asked.`
    : rung.words;
}

/**
 * Sends a rung's message, where it is one. "We missed you" goes once a day, whatever was missed, and never to
 * somebody who is expected in a session as it would arrive: who sees them there asks, and the calls climb on.
 *
 * @returns false where the rung is work for a person
 */
function writeFor(
  draft: Draft,
  ctx: DecisionContext,
  what: {
    readonly outreach: Outreach;
    readonly rung: OutreachRung;
    readonly occurrence: string;
    readonly driverId: string;
  },
): boolean {
  const { outreach, rung, occurrence, driverId } = what;
  if (rung.action !== "message") return false;
  const row = ctx.program.messages.find((one) => one.step === rung.messageStep);
  const aboutAt = draft.episode.noShows?.find(
    ({ sessionId }) => sessionId === outreach.about.id,
  )?.at;
  const isMissed = (row?.anchor ?? "missed-session") === "missed-session";
  const { timeZone } = draft.episode;
  const goesAt = (row && nextInWindow(ctx.now, row.window, timeZone)) ?? ctx.now;
  const goesOn = localDate(goesAt, timeZone);
  if (isMissed && (draft.episode.missedTextOn === goesOn || isExpectedAt(draft, goesAt)))
    return true;
  const { planned } = planMessages(draft, ctx, {
    anchor: row?.anchor ?? "missed-session",
    anchorAt: ctx.now,
    occurrence,
    driverId,
    ...(aboutAt === undefined ? {} : { aboutAt }),
  });
  if (planned.length > 0 && isMissed) draft.set({ missedTextOn: goesOn });
  return planned.length > 0;
}

/** True where the person is expected in a session at this instant, and nobody has said that they are not there. */
function isExpectedAt(draft: Draft, at: string): boolean {
  return draft
    .items()
    .some(
      (item) =>
        item.kind === "session" &&
        item.status === "planned" &&
        item.scheduledStartAt <= at &&
        at < item.scheduledEndAt,
    );
}

/** True while the call stands that is made in place of a message: the step that asks for a call asks for this one. */
function isCallAsked(draft: Draft, outreach: Outreach): boolean {
  return draft
    .items()
    .some(
      (item) =>
        item.kind === "task" &&
        item.status === "open" &&
        item.about?.id === outreach.outreachId &&
        item.evidence.action === "message" &&
        item.dueAt > draft.now,
    );
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
  const isWelfare = rung.action === welfareDecision;
  const isAsked = isWelfare
    ? isWelfareAsked(draft, outreach)
    : rung.action === "call" && isCallAsked(draft, outreach);
  if (isAsked && isWelfare) supersedeCalls(draft, outreach);
  const isWork =
    !isAsked && !writeFor(draft, ctx, { outreach, rung, occurrence, driverId: run.driverId });
  if (isWork) {
    const isNotDone = supersedeCalls(draft, outreach) > 0;
    const words = wordsOf(rung, state.episode);
    const dueAt = addStaffedMinutes(
      ctx.site,
      ctx.now,
      rung.withinStaffedMinutes ?? defaultWithinStaffedMinutes,
    );
    openTask(draft, ctx, {
      taskKind: "outreach-call",
      occurrence,
      words: isNotDone ? `The step before this one was not done. ${words}` : words,
      // A ladder that climbs because nobody called is the supervisor's to see; a clinician's decision stays one.
      ...(isNotDone && !isWelfare
        ? handedUpFrom("outreach-call", rung.assignTo, ctx.now)
        : { assignedFunction: rung.assignTo }),
      dueAt,
      priority: isWelfare ? "urgent" : "normal",
      about: { type: "outreach", id: outreach.outreachId },
      driverId: run.driverId,
      evidence: { ...ladderEvidence(outreach), rung: rung.rung, action: rung.action },
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
    if (item.kind !== "task" || item.driverId !== run.driverId) continue;
    if (item.owed === undefined) endTask(draft, item, "has-come");
  }
  return {
    outcome: "done",
    change: draft.finish("outreach-finished", { outreachId: run.subject }),
  };
}

export const outreachActs: Acts = { climb, "ask-for-decision": askForDecision, finish };
