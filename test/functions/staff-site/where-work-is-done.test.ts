import { expect, it } from "vitest";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "avery-riverside";
const taskId = "01JHTEST0000000000000000T3";

it("leads from the checklist to where the suicide screen is recorded, and says in words how the care ends", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", {
      ...{ status: "discharge-planning", disposition: "transfer-up" },
      ...{ admittedOn: "2026-12-07", week: 5 },
    }),
    items: [
      buildTask({
        sk: "TASK#discharge-checklist#suicide-screen",
        taskKind: "discharge-checklist",
        assignedFunction: "clinician",
        taskId,
        words: "Suicide screen asked by a staff member, in person or by phone.",
        about: { type: "checklist-item", id: "suicide-screen" },
        evidence: { disposition: "transfer-up" },
      }),
    ],
  });
  const { html } = await world.page(as, `/staff/tasks/${taskId}`);
  expect(html).toContain(`href="/staff/episodes/${episodeId}#screens"`);
  expect(html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ")).toContain(
    "How it ends transfer up",
  );
});

it("leads from a session online in another state to the schedule on which it gets another leader or a room", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 }),
    items: [
      buildTask({
        sk: "TASK#online-licence#session-1",
        taskKind: "online-licence",
        assignedFunction: "case-manager",
        taskId,
        words:
          "“Process group” on 2027-01-14 is online, and no licence of its leader is on record.",
      }),
    ],
  });
  const { html } = await world.page("casey-riverside", `/staff/tasks/${taskId}`);
  expect(html).toContain(`href="/staff/episodes/${episodeId}/schedule"`);
});
