import { beforeEach, describe, expect, it } from "vitest";
import type { Outreach } from "../../../shared/care/episode/outreach.ts";
import { addHours } from "../../../shared/care/time/instants.ts";
import type { StepEvent } from "../../../shared/contracts/step-event.ts";
import { SupersededError } from "../../../shared/errors/superseded-error.ts";
import { loadForRun, lookAtRun } from "../../../workflows/run/look-at-run.ts";
import { buildRun, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const days = (count: number) => addHours(tuesdayMorning, count * 24);
const outreachId = "01JHTEST0000000000000REACH";
const run = buildRun("outreach", outreachId, { step: "review-ladder" });
/** Its next rung is two months off. */
const outreach: Outreach = {
  kind: "outreach",
  sk: `OUT#${outreachId}`,
  version: 1,
  outreachId,
  ladder: "missedCheckIn",
  about: { type: "check-in", id: "01JHTEST0000000000000CHECK" },
  status: "climbing",
  nextRung: 0,
  nextRungAt: days(60),
  startedAt: tuesdayMorning,
};
let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "aftercare" }),
    items: [run, outreach],
  });
});

async function look(more: Partial<StepEvent> = {}) {
  const event: StepEvent = {
    schemaVersion: 1,
    workflow: "outreach",
    step: "review-ladder",
    episodeId,
    driverId: run.driverId,
    generation: 1,
    executionName: `${run.driverId}-g1`,
    executionStartedAt: tuesdayMorning,
    enteredAt: tuesdayMorning,
    looks: 1,
    ...more,
  };
  return lookAtRun(world.deps, event, "review-ladder", await loadForRun(world.deps, event));
}
const generation = async () => (await world.item(episodeId, run.sk))?.generation;

describe("an execution whose next step is two months off", () => {
  it("waits for a week and looks again: a wait that was lost is found within it", async () => {
    expect(await look()).toMatchObject({
      outcome: "wait",
      holdUntil: days(7),
      holdSeconds: 7 * 24 * 3600,
    });
  });

  it("hands over to the next one after 27 days, so that with its last wait none lives past 35", async () => {
    await expect(look({ executionStartedAt: days(-27) })).rejects.toThrow(SupersededError);
    expect(await generation()).toBe(2);
  });

  it("goes on where it is a minute younger", async () => {
    await expect(look({ executionStartedAt: addHours(days(-27), 1 / 60) })).resolves.toMatchObject({
      outcome: "wait",
    });
    expect(await generation()).toBe(1);
  });

  it("hands over after 90 looks: its history has room for no more than 25,000 events", async () => {
    await expect(look({ looks: 89 })).resolves.toMatchObject({ outcome: "wait" });
    await expect(look({ looks: 90 })).rejects.toThrow(SupersededError);
  });
});
