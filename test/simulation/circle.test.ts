import { describe, expect, it } from "vitest";
import { advanceCare } from "../../functions/advance-care/advance-care.ts";
import { StepStandsStillError } from "../../shared/errors/step-stands-still-error.ts";
import { Life } from "./life.ts";

describe("a workflow that goes round and round without changing anything", () => {
  async function referred() {
    const life = new Life("2027-01-11 09:00");
    await life.start();
    await life.refer();
    const step = (name: string, index: number, problem?: string) =>
      advanceCare(life.world.deps, {
        schemaVersion: 1,
        workflow: "intake",
        driverId: `intake-${life.episodeId}`,
        episodeId: life.episodeId,
        generation: 1,
        step: name,
        executionName: `intake-${life.episodeId}-g1`,
        executionStartedAt: life.world.now(),
        enteredAt: `2027-01-11T14:00:00.${String(index).padStart(3, "0")}Z`,
        looks: 0,
        ...(problem === undefined ? {} : { problem }),
      });
    return { life, step };
  }

  it("is stopped after a dozen idle acts and becomes a task for a person", async () => {
    const { life, step } = await referred();
    // The forms are not overdue: the act finds nothing to do and the look that follows it waits, time after time.
    for (let index = 0; index < 12; index += 1)
      expect(await step("start-forms-outreach", index)).toMatchObject({ outcome: "wait" });
    await expect(step("start-forms-outreach", 12)).rejects.toThrow(StepStandsStillError);
    await step("report-problem", 13, "StepStandsStillError");
    const task = await life.task("workflow-problem");
    expect(task.evidence.problem).toBe("StepStandsStillError");
    // A person looks into it and lets it be tried again.
    await life.finish("workflow-problem", "try-again");
    const run = (await life.state()).items.get(`DRIVER#intake#${life.episodeId}`);
    expect(run).toMatchObject({ status: "running", generation: 2, step: "review-forms" });
  });

  it("starts to count anew with every wait", async () => {
    const { life, step } = await referred();
    for (let index = 0; index < 10; index += 1) await step("start-forms-outreach", index);
    await life.until("2027-01-12 12:00");
    for (let index = 20; index < 30; index += 1) await step("start-forms-outreach", index);
    expect(await life.tasks("workflow-problem")).toEqual([]);
  });
});
