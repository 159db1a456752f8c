import { describe, expect, it } from "vitest";
import { carryOutOutbox } from "../../../functions/carry-out-effects/carry-out-effects.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { isRefusal } from "../../../shared/care/change/change.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { loadContactPoint } from "../../../shared/store/contact-point-items.ts";
import { decideAndCommit, loadEpisode } from "../../../shared/store/decide-and-commit.ts";
import { completeTask } from "../../../workflows/run/complete-task.ts";
import { buildMessage } from "../../builders/message.ts";
import { buildTask, caseManager, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const sister = "01JHEP000000000000000000E2";

describe("a number that a call finds to be somebody else's", () => {
  it("is closed for everybody who gave it, in the name of who found it out", async () => {
    const world = await StaffWorld.create(tuesdayMorning);
    const contactPointId = world.deps.secrets.contactPointId("+15550100142");
    const reach = { sms: { contactPointId, kind: "shared" } } as const;
    const call = buildTask({ taskKind: "first-contact-call" });
    const text = buildMessage({ contactPointId });
    const plan = { version: 1, writtenAt: "2027-01-05T15:00:00.000Z", isShown: true };
    await world.add({
      episode: personAt("riverside", { status: "active", reach, plans: { crisis: plan } }),
      items: [call],
    });
    await world.add({
      episode: personAt("riverside", {
        status: "active",
        reach,
        episodeId: sister,
        plans: { treatment: plan },
      }),
      items: [text],
    });
    await decideAndCommit(world.deps, {
      episodeId,
      commandId: "review/wrong-number",
      actor: caseManager,
      decide: (state, ctx) => {
        const change = completeTask(state, { taskSk: call.sk, outcome: "wrong-number" }, ctx);
        return isRefusal(change) ? change : { change, answer: "done" };
      },
    });
    await carryOut(world, keys.episode(episodeId).pk);
    const point = await loadContactPoint(world.store, contactPointId);
    expect(point).toMatchObject({ state: "wrong-number" });
    const { pk } = keys.contactPoint(contactPointId);
    const audit = await world.store.query("audit", pk);
    expect(audit.items).toMatchObject([
      { action: "contact-point-found-wrong", actor: { kind: "staff", staffId: "casey" } },
    ]);
    await carryOut(world, pk);
    await carryOut(world, keys.episode(sister).pk);
    const other = await loadEpisode(world.store, sister, [text.sk]);
    expect(other?.items.get(text.sk)).toMatchObject({ status: "SUPPRESSED" });
    // Whoever holds that phone holds links of both, and behind them stood their plans.
    const own = await loadEpisode(world.store, episodeId);
    expect([own?.episode.plans, other?.episode.plans]).toEqual([
      { crisis: { ...plan, isShown: false } },
      { treatment: { ...plan, isShown: false } },
    ]);
    const tasks = [...(own?.items.values() ?? [])].filter(
      (item) => item.kind === "task" && item.taskKind === "channel-needed",
    );
    expect(tasks).toMatchObject([{ words: expect.stringContaining("taken off their own page") }]);
  });
});

/** Carries out what an aggregate owes, as the stream of its table would have it done. */
async function carryOut(world: StaffWorld, pk: string): Promise<void> {
  const owed = await world.store.query("care", pk, { skPrefix: "EFFECT#" });
  const deps = {
    ...world.deps,
    runner: new MemoryWorkflowRunner(),
    functions: new MemoryFunctionRunner(),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  };
  const answer = await carryOutOutbox(
    deps,
    owed.items.map((item) => ({
      eventName: "INSERT",
      dynamodb: { Keys: { pk: { S: item.pk }, sk: { S: item.sk } }, SequenceNumber: "1" },
    })),
  );
  expect(answer.batchItemFailures).toEqual([]);
}
