import { describe, expect, it } from "vitest";
import { type Change, isRefusal } from "../../../shared/care/change/change.ts";
import { isOpenItem } from "../../../shared/care/change/draft.ts";
import type { OpenState } from "../../../shared/care/episode/episode-item.ts";
import { canMove, type EpisodeStatus, isTerminal } from "../../../shared/care/episode/status.ts";
import type { WorkflowName } from "../../../shared/care/episode/workflow-name.ts";
import { addHours } from "../../../shared/care/time/instants.ts";
import { carryOut, moveArb, people, pick } from "../../builders/any-command.ts";
import { fc, isFullVolume } from "../../builders/properties.ts";
import { walkRuns } from "../../builders/run-pathway.ts";
import {
  applyChange,
  buildContext,
  buildEpisode,
  buildRun,
  buildState,
  tuesdayMorning,
} from "../../builders/state.ts";

/** What must hold of every change, whoever made it. */
function checkChange(before: OpenState, after: OpenState): void {
  const from = before.episode.status;
  const to = after.episode.status;
  // A death, or a "same person", that is put right leads back to where the person was.
  const othersOf = ({ episode }: OpenState) => episode.others?.length ?? 0;
  const isPutRight =
    (before.episode.death !== undefined && after.episode.death === undefined) ||
    othersOf(after) < othersOf(before);
  if (from !== to && !isPutRight) expect(canMove(from, to), `${from} to ${to}`).toBe(true);
  const open = [...after.items.values()].filter((item) => isOpenItem(item)).map((item) => item.sk);
  expect(after.episode.open).toEqual(open.sort());
  if (isTerminal(to) && !isTerminal(from)) {
    const messages = [...after.items.values()].filter((item) => item.kind === "message");
    const left = messages.filter((item) => item.status === "PLANNED").map((item) => item.step);
    expect(left.filter((step) => step !== "refer-on" && step !== "aftercare-closed")).toEqual([]);
  }
}

/** The workflows of which one carries a phase on: without it somebody would be silently lost. */
const carriedBy: Readonly<Partial<Record<EpisodeStatus, readonly WorkflowName[]>>> = {
  referred: ["intake"],
  screening: ["intake"],
  assessed: ["intake"],
  waiting: ["intake"],
  active: ["weekly-program"],
  onhold: ["weekly-program", "discharge"],
  "discharge-planning": ["discharge"],
  discharged: ["discharge"],
  aftercare: ["aftercare"],
};

function checkNobodyIsLost(state: OpenState): void {
  const workflows = carriedBy[state.episode.status];
  if (workflows === undefined) return;
  const runs = [...state.items.values()].filter(
    (item) => item.kind === "driver" && item.status !== "done",
  );
  const names = runs.map((item) => (item.kind === "driver" ? item.workflow : ""));
  const isCarried = workflows.some((workflow) => names.includes(workflow));
  expect(isCarried, `${state.episode.status} with ${names.join(", ")}`).toBe(true);
}

function checkAudit(change: Change): void {
  expect(change.audit.action).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  for (const fact of Object.values(change.audit.facts))
    expect(["string", "number", "boolean"]).toContain(typeof fact);
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

describe("any sequence of commands and steps", () => {
  it("keeps the version, the open list, the audit trail and the table of transitions true", () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.array(moveArb, { minLength: 20, maxLength: 120 }),
        (from, sequence) => {
          let now = tuesdayMorning;
          let state = pick(beginnings, from)?.() ?? buildState();
          state = walkRuns(state, buildContext({ now }), checkChange);
          for (const move of sequence) {
            now = addHours(now, move.hours);
            const actor = pick(people, move.other);
            const ctx = buildContext({ now, ...(actor === undefined ? {} : { actor }) });
            const result = carryOut(state, move, ctx);
            if (result !== undefined && isRefusal(result)) {
              expect(result.sentence).toMatch(/^[A-Z\S].*[.]$/);
            } else if (result !== undefined) {
              checkAudit(result);
              const after = applyChange(state, result, { keepClosed: true });
              checkChange(state, after);
              state = after;
            }
            state = walkRuns(state, buildContext({ now }), checkChange);
            checkNobodyIsLost(state);
            reached.add(state.episode.status);
          }
        },
      ),
      { numRuns: isFullVolume ? 2000 : 150 },
    );
    // The sequences are worth something only if they get somewhere.
    expect([...reached]).toEqual(
      expect.arrayContaining(["screening", "active", "onhold", "discharged", "aftercare"]),
    );
  });
});
