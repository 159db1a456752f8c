import { decideApproval } from "../../shared/care/approvals/decide-approval.ts";
import { retractDecision } from "../../shared/care/approvals/retract-decision.ts";
import type { Change, Refusal } from "../../shared/care/change/change.ts";
import type { DecisionContext } from "../../shared/care/change/context.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { logContact } from "../../shared/care/pathway/log-contact.ts";
import { withdraw } from "../../shared/care/pathway/withdraw.ts";
import { dispositions } from "../../shared/care/program/program.ts";
import { outcomesFor } from "../../shared/care/tasks/task-outcomes.ts";
import { applyDeferred } from "../../shared/messages/apply-deferred.ts";
import { acknowledgeEscalation } from "../../workflows/escalation/acknowledge.ts";
import { closeEscalation } from "../../workflows/escalation/close-escalation.ts";
import { recordContact } from "../../workflows/escalation/record-contact.ts";
import { completeTask } from "../../workflows/run/complete-task.ts";
import { correctDeath } from "../../workflows/run/people/correct-death.ts";
import { transition } from "../../workflows/run/transition.ts";
import { recordAttendance } from "../../workflows/weekly-program/record-attendance.ts";
import { endLeave } from "../../workflows/weekly-program/resume-episode.ts";
import { startLeave } from "../../workflows/weekly-program/start-leave.ts";
import { carryOutOnRecords, type RecordMove, recordMoves } from "./any-record-move.ts";
import { fc } from "./properties.ts";
import { staff } from "./state.ts";

export type Move = {
  readonly what: string;
  readonly pick: number;
  readonly other: number;
  readonly hours: number;
};

/** Two people who may do everything, so that somebody else can always approve. */
export const people = ["casey", "avery"].map((name) =>
  staff(name, "case-manager", "clinician", "clinical-lead", "supervisor"),
);

const moves = [
  ...["outcome", "outcome", "outcome", "decide", "decide", "retract", "attend", "attend", "alert"],
  ...["hold", "resume", "resume", "withdraw", "transition", "contact", "stop", "reply", "wait"],
  ...["death", "death-corrected", "death-corrected"],
  ...recordMoves,
];

export const moveArb: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom(...moves),
  pick: fc.nat(1000),
  other: fc.nat(1000),
  hours: fc.constantFrom(0, 0.001, 0.01, 1, 6, 24, 72, 200),
});

export function pick<Item>(list: readonly Item[], index: number): Item | undefined {
  return list[index % Math.max(1, list.length)];
}

function isRecordMove(what: string): what is RecordMove {
  return recordMoves.some((one) => one === what);
}

const leaveKinds = ["hospital", "detox", "jail", "medical", "family", "vacation"] as const;

/** The open ones, or now and then all of them, closed ones too. */
function tasksOf(state: OpenState, isApproval: boolean, isOpenOnly: boolean): CareTask[] {
  return [...state.items.values()].filter(
    (item): item is CareTask =>
      item.kind === "task" &&
      item.isApproval === isApproval &&
      (!isOpenOnly || item.status === "open"),
  );
}

/** One thing that a person or another aggregate does; `undefined` where there is nothing to do it to. */
export function carryOut(
  state: OpenState,
  move: Move,
  ctx: DecisionContext,
): Change | Refusal | undefined {
  const reason = "Agreed with the person";
  if (isRecordMove(move.what)) return carryOutOnRecords(move.what, state, move, ctx);
  switch (move.what) {
    case "outcome": {
      const task = pick(tasksOf(state, false, move.pick % 7 !== 0), move.pick);
      if (task === undefined) return undefined;
      const outcome = pick(outcomesFor(task), move.other)?.value ?? "done";
      // Rare, or no life would be long.
      if (outcome === "withdrew" && move.pick % 10 !== 0) return undefined;
      return completeTask(state, { taskSk: task.sk, outcome, note: "Written down" }, ctx);
    }
    case "decide": {
      const task = pick(tasksOf(state, true, move.pick % 7 !== 0), move.pick);
      if (task === undefined) return undefined;
      const decision = move.other % 4 === 0 ? "rejected" : "approved";
      const choice =
        task.taskKind === "admission-approval" && move.other % 4 === 1 ? "wait" : undefined;
      const { version, sk } = task;
      return decideApproval(state, { taskSk: sk, decision, reason, version, choice }, ctx);
    }
    case "retract": {
      const task = pick(tasksOf(state, true, move.pick % 7 !== 0), move.pick);
      return task === undefined ? undefined : retractDecision(state, { taskSk: task.sk }, ctx);
    }
    case "attend": {
      const sessions = [...state.items.values()].filter((item) => item.kind === "session");
      const session = pick(sessions, move.pick);
      const status = pick(["present", "no-show", "on-the-way", "excused"] as const, move.other);
      if (session === undefined || status === undefined) return undefined;
      return recordAttendance(state, session, { status, reason }, ctx);
    }
    case "alert": {
      const alerts = [...state.items.values()].filter((item) => item.kind === "escalation");
      const alert = pick(alerts, move.pick);
      if (alert === undefined) return undefined;
      const escalationSk = alert.sk;
      if (move.other % 3 === 0) return acknowledgeEscalation(state, { escalationSk }, ctx);
      return move.other % 3 === 1
        ? recordContact(state, { escalationSk, outcome: "spoke-with-participant" }, ctx)
        : closeEscalation(state, { escalationSk, outcome: "safe", reason }, ctx);
    }
    case "hold": {
      const kind = pick(leaveKinds, move.pick) ?? "family";
      return startLeave(state, { kind, contactKeptBy: "casey", reason }, ctx);
    }
    case "resume":
      return endLeave(state, { reason }, ctx);
    case "withdraw":
      return move.pick % 10 === 0 ? withdraw(state, { reason }, ctx) : undefined;
    case "transition": {
      const to = pick(["discharge", "admit", "reverse-discharge"] as const, move.pick) ?? "admit";
      return transition(state, { to, disposition: pick(dispositions, move.other), reason }, ctx);
    }
    case "death":
      // Rare, or no life would be long.
      return move.pick % 3 === 0
        ? transition(state, { to: "discharge", disposition: "deceased", reason }, ctx)
        : undefined;
    case "death-corrected":
      return correctDeath(state, { reason }, ctx, []);
    case "contact":
      return logContact(
        state,
        {
          channel: "phone",
          outcome: move.pick % 2 === 0 ? "reached" : "not-reached",
          safetyConcern: move.other % 5 === 0,
        },
        ctx,
      );
    case "stop": {
      const type = move.pick % 2 === 0 ? "channel-closed" : "channel-reopened";
      const channel = "sms";
      return applyDeferred(
        state,
        { type, channel, contactPointId: "cp-sms", why: "opted-out" },
        ctx,
      );
    }
    case "reply": {
      const noteId = `note-${move.pick}`;
      return move.other % 2 === 0
        ? applyDeferred(state, { type: "crisis-words", source: "text", rule: "r1", noteId }, ctx)
        : applyDeferred(
            state,
            { type: "inbound-reply", sort: "other", noteId, receivedAt: ctx.now },
            ctx,
          );
    }
    default:
      return undefined;
  }
}
