import { expect, it } from "vitest";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "taylor-riverside";
const person = `/staff/episodes/${episodeId}`;
const text = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

it("says of somebody who has died so wherever they would be rung, and offers nothing that is done for the living", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 }),
  });
  const read = async (path: string) => text((await world.page(as, path)).html);
  expect(await read(person)).not.toContain("A death is on record");
  const recorded = await world.page(as, person, {
    ...(await world.formFields(as, person, "discharge")),
    disposition: "deceased",
    reason: "Her brother called the office",
  });
  expect(recorded.status).toBe(303);
  const page = await read(person);
  expect(page).toContain("Died · TC-0001");
  expect(page).toContain(
    "A death is on record: nobody rings the person’s number, and nothing is sent. Where that is a mistake, it is put right here .",
  );
  expect(page).toContain("Write down a contact");
  for (const form of [
    "Reverse the discharge",
    "Contacts after the program",
    "Record the withdrawal",
  ])
    expect(page).not.toContain(form);
  const { body } = await world.call(as, "GET", `/episodes/${episodeId}/tasks`);
  const [review] = (body as { items: { taskId: string }[] }).items;
  const task = await read(`/staff/tasks/${review?.taskId}`);
  expect(task).toContain("Event review after a death");
  expect(task).toContain("A death is on record");
  expect(await read("/staff?tab=work")).toContain("Died");
  expect(await read("/staff/people")).toContain("Died");
});
