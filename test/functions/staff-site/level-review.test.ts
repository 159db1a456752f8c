import { beforeEach, describe, expect, it } from "vitest";
import { buildRun, buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const clinician = "avery-riverside";
const review = buildTask({
  sk: "TASK#level-of-care-review#w2",
  taskId: "01JHTEST0000000000000REV01",
  taskKind: "level-of-care-review",
  assignedFunction: "clinician",
});
const path = `/staff/tasks/${review.taskId}`;
const run = buildRun("weekly-program", `${episodeId}-w3`, {
  data: { week: 3, startsOn: "2027-01-11" },
});

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
});

const record = async (outcome: string) =>
  world.page(clinician, path, {
    ...(await world.formFields(clinician, path, "outcome")),
    outcome,
    safetyConcern: "no",
  });

/** The decisions on the team's list, by the address of their page. */
const decisions = async (): Promise<readonly string[]> => {
  const { html } = await world.page(clinician, "/staff?tab=approvals");
  return [...new Set(html.match(/\/staff\/tasks\/\w+/g))];
};

describe("a review of the level of care on its page", () => {
  it("puts a step up among the decisions of the team, with what was proposed", async () => {
    await world.add({
      episode: personAt("riverside", { status: "active", week: 3 }),
      items: [review, run],
    });
    expect((await record("step-up")).status).toBe(303);
    const [decision = "", ...others] = await decisions();
    expect(others).toEqual([]);
    const { html } = await world.page(clinician, decision);
    expect(html).toContain("Proposed: <strong>Plan the step up to more care.</strong>");
    expect(html).toContain("more care is proposed. Plan the step up?");
  });

  it("says what to do instead where no week runs, and keeps the review open", async () => {
    await world.add({
      episode: personAt("riverside", { status: "active", week: 3 }),
      items: [review],
    });
    const { html, status } = await record("step-down");
    expect(status).toBe(409);
    expect(html).toContain("Begin the discharge on the person");
    expect(await decisions()).toEqual([]);
    expect((await world.page(clinician, path)).html).toContain('name="outcome"');
  });
});
