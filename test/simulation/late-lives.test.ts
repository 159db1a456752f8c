import { expect, it } from "vitest";
import { isRefusal } from "../../shared/care/change/change.ts";
import type { CareTask } from "../../shared/care/episode/care-task.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import { taskKindRecords } from "../../shared/care/tasks/task-kinds.ts";
import { addHours } from "../../shared/care/time/instants.ts";
import { carryOut, moveArb, people, pick } from "../builders/any-command.ts";
import { fc, isFullVolume } from "../builders/properties.ts";
import { walkRuns } from "../builders/run-pathway.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  tuesdayMorning,
} from "../builders/state.ts";

function tasksOf(state: OpenState): CareTask[] {
  return [...state.items.values()].filter((item): item is CareTask => item.kind === "task");
}

/** Open work that is past its time although nobody has got it who did not have it from the start. */
function unheard(state: OpenState, now: string): readonly string[] {
  // After a death nobody can be spoken with: what is left is for a clinician to close, and climbs no more.
  if (state.episode.disposition === "deceased" || state.episode.closingReason === "deceased")
    return [];
  return tasksOf(state)
    .filter((task) => task.status === "open" && task.decision === undefined && task.dueAt < now)
    .filter(({ handedUp = [], owed }) => {
      const climbed = owed?.steps.filter(({ takenAt }) => takenAt !== undefined) ?? [];
      return handedUp.length + climbed.length === 0;
    })
    .map((task) => `${task.sk} of the ${task.assignedFunction}, due ${task.dueAt}, at ${now}`);
}

/** Work that the ending of a pathway took off the list although nothing but its outcome, or a death, ends it. */
function dropped(before: OpenState, after: OpenState): readonly string[] {
  const { closedAt = "", closingReason, status } = after.episode;
  if (isTerminal(before.episode.status) || !isTerminal(status)) return [];
  return tasksOf(before)
    .filter((task) => {
      const { endedBy } = taskKindRecords[task.taskKind];
      if (endedBy === "nothing" || task.priority === "safety") return true;
      const isOwed = endedBy === "death" || task.owed !== undefined;
      const isLateCall = endedBy === "plan-until-late" && task.dueAt <= closedAt;
      return closingReason !== "deceased" && (isOwed || isLateCall);
    })
    .filter((task) => {
      const left = after.items.get(task.sk);
      return task.status === "open" && (left?.kind !== "task" || left.status === "cancelled");
    })
    .map((task) => `${task.sk} was dropped when the person was ${status}`);
}

/** A referral that has just arrived, somebody in the first week, and somebody discharged last week. */
const beginnings = [
  () => buildState(buildEpisode(), [buildRun("intake")]),
  () =>
    buildState(buildEpisode({ status: "active", admittedOn: "2027-01-11", week: 1 }), [
      buildRun("weekly-program", "w1", { data: { week: 1, startsOn: "2027-01-11" } }),
    ]),
  () =>
    buildState(
      buildEpisode({ status: "discharged", dischargedAt: tuesdayMorning, disposition: "moved" }),
      [buildRun("discharge", "d1", { step: "review-farewell" })],
    ),
];

it("no task of any life passes its time unheard, and no ending of one drops what is owed", () => {
  const ended = new Set<string>();
  const done = new Set<string>();
  let late = 0;
  fc.assert(
    fc.property(
      fc.nat(2),
      fc.array(moveArb, { minLength: 10, maxLength: 30 }),
      (from, sequence) => {
        let now = tuesdayMorning;
        let state = pick(beginnings, from)?.() ?? buildState();
        const look = (before: OpenState, after: OpenState) => {
          expect(dropped(before, after)).toEqual([]);
          if (isTerminal(after.episode.status)) ended.add(after.episode.status);
        };
        state = walkRuns(state, buildContext({ now }), look);
        for (const move of sequence) {
          now = addHours(now, move.hours);
          const actor = pick(people, move.other);
          const ctx = buildContext({ now, ...(actor === undefined ? {} : { actor }) });
          state = walkRuns(state, buildContext({ now }), look);
          const result = carryOut(state, move, ctx);
          if (result !== undefined && !isRefusal(result)) {
            const after = applyChange(state, result, { keepClosed: true });
            look(state, after);
            state = after;
            done.add(move.what);
          }
          state = walkRuns(state, buildContext({ now }), look);
          expect(unheard(state, now)).toEqual([]);
          late += tasksOf(state).filter(({ handedUp }) => handedUp !== undefined).length;
        }
      },
    ),
    { numRuns: isFullVolume ? 500 : 80 },
  );
  // The lives are worth something only if work is late in them and they end.
  expect(late).toBeGreaterThan(0);
  expect([...ended]).toEqual(expect.arrayContaining(["withdrawn", "closed"]));
  expect([...done]).toEqual(
    expect.arrayContaining([
      ...["hold", "resume", "death-corrected", "transition"],
      ...["transfer", "same-person", "apart", "measure"],
    ]),
  );
}, 60_000);
