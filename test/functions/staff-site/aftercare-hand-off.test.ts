import { expect, it } from "vitest";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const [casey, jordan] = ["casey-riverside", "jordan-riverside"];

it("somebody is introduced on the page of the task, confirms it on theirs, and stands on the person's page", async () => {
  const world = await StaffWorld.create(tuesdayMorning);
  const ask = buildTask({
    taskKind: "aftercare-hand-off",
    taskId: "01JHTEST00000000000000HAND",
    words: "Day 30 of the aftercare: introduce the person to whoever goes on with it.",
  });
  const episode = await world.add({
    episode: personAt("riverside", {
      status: "aftercare",
      dischargedAt: "2026-12-13T15:00:00.000Z",
    }),
    items: [ask],
  });
  const finish = async (as: string, taskId: string, fields: Readonly<Record<string, string>>) => {
    const path = `/staff/tasks/${taskId}`;
    const shown = await world.page(as, path);
    const saved = await world.page(as, path, {
      ...(await world.formFields(as, path, "outcome")),
      ...fields,
    });
    return { shown: shown.html, saved };
  };

  const nobody = await finish(casey, ask.taskId, { outcome: "introduced" });
  expect(nobody.shown).toContain("Who goes on");
  expect(nobody.shown).toMatch(/Jordan[^<]*: case manager, peer/);
  expect(nobody.saved.html).toContain("Say who goes on with the aftercare.");
  const { saved } = await finish(casey, ask.taskId, {
    outcome: "introduced",
    receiverId: jordan,
  });
  expect(saved.status).toBe(303);

  const { body } = await world.call(jordan, "GET", `/episodes/${episode.episodeId}/tasks`);
  const tasks = body.items as readonly { readonly taskId: string; readonly taskKind: string }[];
  const confirm = tasks.find(({ taskKind }) => taskKind === "aftercare-take-over");
  expect((await finish(jordan, confirm?.taskId ?? "", { outcome: "confirmed" })).saved.status).toBe(
    303,
  );
  const { html } = await world.page(casey, `/staff/episodes/${episode.episodeId}`);
  expect(html).toMatch(/Contact kept by<\/dt>\s*<dd[^>]*>Jordan/);
});
