import { expect, it } from "vitest";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const call = buildTask({
  sk: "TASK#check-in-call#c2",
  taskKind: "check-in-call",
  words: "Call about the check-in.",
});

/** The page of the call about somebody who is in that phase. */
const open = async (status: "aftercare" | "active") => {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      status,
      admittedOn: "2026-11-02",
      aftercare: { steady: 0, firstVisitOn: "2027-01-08" },
    }),
    items: [call],
  });
  for (const body of [
    { service: "mutual-support", state: "accepted", with: "Recovery Dharma", on: "2027-01-09" },
    { service: "alumni", state: "declined" },
  ])
    expect(
      (
        await world.call(as, "POST", `/episodes/${episodeId}/services`, {
          ...body,
          version: 0,
          safetyConcern: false,
        })
      ).status,
    ).toBe(200);
  return (await world.page(as, `/staff/tasks/${call.taskId}`)).html;
};

it("whoever rings after the program asks about what the record holds, by its names and days", async () => {
  const html = await open("aftercare");
  expect(html).toContain("<h2>Ask about</h2>");
  expect(html).toContain("The first visit after the program was on 2027-01-08: was it kept");
  expect(html).toContain("Recovery Dharma, first meeting on 2027-01-09: did they go");
  expect(html).not.toContain("alumni group was offered");
});

it("nobody is asked so while they are in the program", async () => {
  expect(await open("active")).not.toContain("<h2>Ask about</h2>");
});
