import { describe, expect, it } from "vitest";
import { isRefusal } from "../../shared/care/change/change.ts";
import { isOpenItem } from "../../shared/care/change/draft.ts";
import type { EpisodeItem } from "../../shared/care/episode/episode-item.ts";
import { isTerminal } from "../../shared/care/episode/status.ts";
import type { WorkflowRun } from "../../shared/care/episode/workflow-run.ts";
import { keys } from "../../shared/keys/keys.ts";
import { decideAndCommit } from "../../shared/store/decide-and-commit.ts";
import { carryOut, type Move, moveArb, people, pick } from "../builders/any-command.ts";
import { fc, isFullVolume } from "../builders/properties.ts";
import { Life } from "./life.ts";

/** There is one record in this world: what joins two, or takes them apart, is drawn elsewhere. */
const ofOneRecord = moveArb.filter(({ what }) => what !== "same-person" && what !== "apart");

/** Every item of the episode, closed ones too. */
async function allItems(life: Life): Promise<readonly EpisodeItem[]> {
  const found: EpisodeItem[] = [];
  let after: string | undefined;
  do {
    const page = await life.world.store.query("care", keys.episode(life.episodeId).pk, {
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items) {
      if (item.sk !== "EPISODE" && !item.sk.startsWith("EFFECT#"))
        found.push(item as unknown as EpisodeItem);
    }
    after = page.next;
  } while (after !== undefined);
  return found;
}

async function carryOutMove(life: Life, move: Move, index: number): Promise<void> {
  const actor = pick(people, move.other);
  if (actor === undefined) return;
  await decideAndCommit(life.world.deps, {
    episodeId: life.episodeId,
    commandId: `move/${index}`,
    actor,
    decide: (state, ctx) => {
      const change = carryOut(state, move, ctx);
      if (change === undefined) return { answer: "nothing" };
      return isRefusal(change) ? change : { change, answer: "done" };
    },
  });
  await life.world.settle();
}

/** What is wrong with a life as it stands now, in sentences. */
async function findProblems(life: Life): Promise<readonly string[]> {
  const items = await allItems(life);
  const { episode } = await life.state();
  const problems: string[] = [...life.world.problems];
  for (const item of items) {
    if (isOpenItem(item) && item.kind !== "hold" && !episode.open.includes(item.sk))
      problems.push(`${item.sk} is open and not on the episode's list`);
    if (item.kind === "message" && item.status === "CLAIMED")
      problems.push(`${item.sk} was claimed and never ended`);
  }
  const runs = items.filter((item): item is WorkflowRun => item.kind === "driver");
  for (const run of runs) {
    if (run.status === "running" && (run.expectedBy ?? "") < life.world.now())
      problems.push(`${run.driverId} is overdue since ${run.expectedBy}`);
    if (run.status === "lost") problems.push(`${run.driverId} is lost`);
  }
  const isCarried = runs.some(
    (run) => run.status !== "done" && run.workflow !== "escalation" && run.workflow !== "outreach",
  );
  if (!isTerminal(episode.status) && !isCarried)
    problems.push(`Nothing carries the person on who is ${episode.status}`);
  const entries = await life.audit();
  if (entries.length !== episode.audit.sequence)
    problems.push(`${entries.length} audit entries for ${episode.audit.sequence} changes`);
  return problems;
}

/** Nobody is written to more often than the policy's caps allow, whatever people do. */
function overTheCap(life: Life): readonly string[] {
  const perDay = new Map<string, number>();
  for (const { at, templateId } of life.world.sent) {
    // What tells when to come is held by no cap.
    if (["welcome", "weekly-text", "session-reminder"].includes(templateId)) continue;
    const day = at.slice(0, 10);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  return [...perDay].filter(([, count]) => count > 4).map(([day, count]) => `${count} on ${day}`);
}

describe("any life", () => {
  it("goes on without a problem, and nobody is lost, whatever people do", async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 1, 2),
        fc.array(ofOneRecord, { minLength: 15, maxLength: isFullVolume ? 40 : 25 }),
        async (begins, sequence) => {
          const life = new Life("2027-01-11 08:30");
          await life.start();
          await life.until("2027-01-11 09:00");
          await life.refer();
          if (begins > 0) {
            await life.until("2027-01-11 10:00");
            await life.answerForm("ask-forms", 2);
            await life.decide("admission-approval", "admit");
          }
          if (begins > 1) await life.until("2027-01-30 10:00");
          for (const [index, move] of sequence.entries()) {
            // An alert that nobody takes is paged every few minutes: longer jumps take long.
            await life.world.advanceHours(Math.min(move.hours, 30));
            await carryOutMove(life, move, index);
            if (index % 10 === 3) {
              const { length } = life.world.sent;
              await life.world.engine.deleteAllExecutions();
              await life.world.rebuild();
              await life.world.settle();
              expect(life.world.sent).toHaveLength(length);
            }
            reached.add((await life.state()).episode.status);
          }
          expect(await findProblems(life)).toEqual([]);
          expect(overTheCap(life)).toEqual([]);
        },
      ),
      { numRuns: isFullVolume ? 100 : 5 },
    );
    expect(reached.size).toBeGreaterThan(1);
  }, 120_000);
});
