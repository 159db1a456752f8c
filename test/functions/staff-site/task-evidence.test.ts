import { expect, it } from "vitest";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

it("a call says after which missed day it is, and each date and time in what is known stands in words", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  const call = buildTask({
    sk: "TASK#outreach-call#session-1-first",
    taskKind: "outreach-call",
    evidence: {
      ladder: "missedSession",
      missedOn: "2027-01-11",
      receivedAt: "2027-01-12T15:30:00.000Z",
    },
  });
  await world.add({ episode: personAt("riverside", { status: "active" }), items: [call] });
  const { html } = await world.page("casey-riverside", `/staff/tasks/${call.taskId}`);
  expect(html).toContain("<dt>Day missed</dt><dd>Jan 11, 2027</dd>");
  expect(html).toMatch(/<dt>Received<\/dt><dd>Tue, Jan 12, 2027, 10:30.AM<\/dd>/);
  expect(html.replaceAll(/<[^>]+>/g, " ")).not.toMatch(/\d{4}-\d\d-\d\d/);
});
