import type { ExecutionRecord, Phase, TaskOutcome } from "../execution-record.ts";

/** When time itself moves the phase on, epoch milliseconds. */
export function phaseDueAt(phase: Phase): number | undefined {
  switch (phase.kind) {
    case "wait":
    case "retry":
      return phase.until;
    case "invoke":
    case "token":
      return earlier(phase.call.timeoutAt, phase.call.heartbeatAt);
    default:
      return undefined;
  }
}

/** When time itself moves the execution on, epoch milliseconds. */
export function dueAt(record: ExecutionRecord): number | undefined {
  return earlier(phaseDueAt(record.cursor.phase), record.timeoutAt);
}

/** What it means that a call has not ended in time. */
export function timedOut(phase: Phase, now: number): TaskOutcome | undefined {
  if (phase.kind !== "invoke" && phase.kind !== "token") return undefined;
  const { timeoutAt, heartbeatAt } = phase.call;
  const at = earlier(timeoutAt, heartbeatAt);
  if (at === undefined || at > now) return undefined;
  return {
    kind: "error",
    error: "States.Timeout",
    timedOut: true,
    ...(at === timeoutAt ? {} : { alsoKnownAs: ["States.HeartbeatTimeout"] }),
  };
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
