import { beforeEach, expect, it } from "vitest";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const call = buildTask({ sk: "TASK#first-contact-call#intake" });
const path = `/staff/tasks/${call.taskId}`;
const [casey, taylor] = ["casey-riverside", "taylor-riverside"];
const text = (html: string) => html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ");

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({ episode: personAt("riverside", { status: "screening" }), items: [call] });
});

/** Two have the call open at once: Casey reached nobody, and Taylor spoke with the person. */
async function bothSave(typed: Readonly<Record<string, string>>) {
  const [hers, theirs] = [
    await world.formFields(casey, path, "outcome"),
    await world.formFields(taylor, path, "outcome"),
  ];
  await world.page(casey, path, { ...hers, outcome: "not-reached" });
  return world.page(taylor, path, { ...theirs, outcome: "reached", ...typed });
}

it("what somebody typed about a call that a colleague recorded first is kept, and written down with one click", async () => {
  const late = await bothSave({ reason: "Picked up: mornings only", "consent.sms": "yes" });
  expect(late.status).toBe(409);
  expect(text(late.html)).toContain("This task is done already, by Casey Morgan");
  expect(text(late.html)).toContain("What you typed is not saved");
  expect(late.html).toContain(`href="/staff/episodes/${episodeId}/about"`);
  expect(late.html).toContain("Picked up: mornings only</textarea>");
  expect(late.html).toMatch(/<option value="reached" selected/);

  const form = late.html.split('value="unsaved-contact"')[1] ?? "";
  const [, seal = ""] = /name="seal" value="([^"]+)"/.exec(form) ?? [];
  const written = await world.page(taylor, path, {
    ...{ form: "unsaved-contact", key: "key-of-the-contact", seal },
    ...{ channel: "phone", outcome: "reached", note: "Picked up: mornings only" },
  });
  expect(written.location).toBe(`/staff/episodes/${episodeId}#thread`);
  const story = await world.page(taylor, `/staff/episodes/${episodeId}`);
  expect(text(story.html)).toContain("Picked up: mornings only");
});

it("a worry about somebody's safety is not lost because a colleague was quicker", async () => {
  const late = await bothSave({ safetyConcern: "yes" });
  expect(text(late.html)).toContain("What you typed is not saved");
  const form = late.html.split('value="unsaved-contact"')[1] ?? "";
  expect(form).toMatch(/name="safetyConcern"[^>]*value="yes"[^>]*checked/);
});

it("whoever typed nothing reads who was quicker, and has nothing to do", async () => {
  const late = await bothSave({ safetyConcern: "no" });
  expect(text(late.html)).toContain("by Casey Morgan");
  expect(text(late.html)).not.toContain("What you typed is not saved");
});
