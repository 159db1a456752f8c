import { expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { buildSession } from "../../builders/attendance.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const text = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

it("the page of a person says of late work that it is late, as the queue does, and calls sessions by name", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [
      buildTask({ dueAt: "2027-01-11T16:00:00.000Z" }),
      buildTask({
        sk: "TASK#clinician-review#later",
        taskId: "01JHTEST0000000000000000T9",
        taskKind: "clinician-review",
        dueAt: "2027-01-14T16:00:00.000Z",
      }),
      buildSession({
        sk: "SESSION#2027-01-14#thu-skills",
        on: "2027-01-14",
        scheduledStartAt: "2027-01-14T14:00:00.000Z",
        scheduledEndAt: "2027-01-14T16:30:00.000Z",
        modality: "medication-management",
      }),
    ],
  });
  const page = text((await world.page("casey-riverside", `/staff/episodes/${episodeId}`)).html);
  expect(page).toMatch(/Overdue since Mon, Jan 11, 2027, 11:00.AM/);
  expect(page).toMatch(/By Thu, Jan 14, 2027, 11:00.AM/);
  expect(page).toMatch(/Medication visit Thu, Jan 14, 2027, 9:00.AM/);
  expect(page).not.toContain("Session: ");
  const key = keys.episode(episodeId);
  const root = await world.store.get("care", key.pk, key.sk);
  await world.put({ ...key, schemaVersion: 1, ...root, reach: {} });
  const without = text((await world.page("casey-riverside", `/staff/episodes/${episodeId}`)).html);
  expect(without).toContain("Phone none on record");
});

it("the page of a person has open work in the order of the queue: safety before what is due sooner", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [
      buildTask({ dueAt: "2027-01-12T16:00:00.000Z", words: "Call the person." }),
      buildTask({
        sk: "TASK#safety-follow-up#a",
        taskId: "01JHTEST0000000000000000T9",
        taskKind: "safety-follow-up",
        priority: "safety",
        dueAt: "2027-01-12T18:00:00.000Z",
        words: "Words of danger in a text.",
      }),
    ],
  });
  const page = text((await world.page("casey-riverside", `/staff/episodes/${episodeId}`)).html);
  const work = page.slice(page.indexOf("Open work"));
  expect(work.indexOf("Words of danger in a text.")).toBeGreaterThan(0);
  expect(work.indexOf("Call the person.")).toBeGreaterThan(
    work.indexOf("Words of danger in a text."),
  );
});

it("work at another site is told where it is done and leads nowhere here; there it goes to colleagues of that site", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  const taskId = "01JHTEST0000000000000000T9";
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [
      buildTask({
        sk: "TASK#site-transfer#mesa",
        taskId,
        taskKind: "site-transfer",
        words: "Riverside asks Mesa to take this person over.",
        atSite: "mesa",
      }),
    ],
  });
  const { html } = await world.page("casey-riverside", `/staff/episodes/${episodeId}`);
  expect(text(html)).toContain("to take this person over. Done at the other site.");
  expect(html).not.toContain(`/staff/tasks/${taskId}`);
  const there = await world.page("casey-mesa", `/staff/tasks/${taskId}`);
  expect(there.status).toBe(200);
  const offered = /<select[^>]* name="staffId"[\s\S]*?<\/select>/.exec(there.html)?.[0];
  expect(offered).toContain("-mesa");
  expect(offered).not.toContain("-riverside");
});
