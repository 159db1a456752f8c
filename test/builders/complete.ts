import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { EpisodeItem } from "../../shared/care/episode/episode-item.ts";
import type { Outreach } from "../../shared/care/episode/outreach.ts";
import { completeTask } from "../../workflows/run/complete-task.ts";
import {
  buildContext,
  buildEpisode,
  buildState,
  buildTask,
  caseManager,
  tuesdayMorning,
} from "./state.ts";
import { carriedOut } from "./steps.ts";

export const asCaseManager = buildContext({ actor: caseManager });
export const inProgram = buildEpisode({ status: "active", admittedOn: "2027-01-04", week: 2 });

/** Records an outcome; the state after it on demand. */
export function complete(
  task: CareTask,
  outcome: string,
  more: Partial<Parameters<typeof completeTask>[1]> = {},
  others: readonly EpisodeItem[] = [],
  episode = inProgram,
  context = asCaseManager,
) {
  const state = buildState(episode, [task, ...others]);
  const result = completeTask(state, { taskSk: task.sk, outcome, ...more }, context);
  return { state, result, stateAfter: () => carriedOut(state, result) };
}

export function taskIn(state: ReturnType<typeof buildState>, sk: string): CareTask {
  const item = state.items.get(sk);
  if (item?.kind !== "task") throw new Error("There is no such task");
  return item;
}

export const ladder: Outreach = {
  kind: "outreach",
  sk: "OUTREACH#missedSession#s1",
  version: 1,
  outreachId: "outreach-1",
  ladder: "missedSession",
  about: { type: "session", id: "s1" },
  status: "climbing",
  nextRung: 2,
  nextRungAt: "2027-01-12T18:00:00.000Z",
  startedAt: tuesdayMorning,
};

export function ladderCall(action = "call"): CareTask {
  return buildTask({
    taskKind: "outreach-call",
    about: { type: "outreach", id: "outreach-1" },
    driverId: "outreach-outreach-1",
    evidence: { ladder: "missedSession", rung: "first-call", action },
  });
}
