import { describe, expect, it } from "vitest";
import { buildTask, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const [casey, jordan, avery, robin] = [
  "casey-riverside",
  "jordan-riverside",
  "avery-riverside",
  "robin",
];
type TaskRow = {
  readonly taskId: string;
  readonly taskKind: string;
  readonly status: string;
  readonly words: string;
  readonly assignedTo?: string;
  readonly assignedFunction: string;
};

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

describe("who keeps contact is named anew", () => {
  async function keptBy(staffId: string | undefined) {
    const world = await StaffWorld.create(tuesdayMorning);
    const call = buildTask({
      taskKind: "aftercare-call",
      taskId: "01JHTEST00000000000000CALL",
      words: "Ring the person.",
      ...(staffId === undefined ? {} : { assignedTo: staffId }),
    });
    const episode = await world.add({
      episode: personAt("riverside", {
        status: "aftercare",
        dischargedAt: "2026-12-13T15:00:00.000Z",
        ...(staffId === undefined
          ? {}
          : { aftercare: { steady: 2, keptBy: { staffId, since: "2027-01-04T15:00:00.000Z" } } }),
      }),
      items: [call],
    });
    const page = `/staff/episodes/${episode.episodeId}`;
    const name = async (as: string, fields: Readonly<Record<string, string>>) =>
      world.page(as, page, { ...(await world.formFields(as, page, "keeper")), ...fields });
    const tasks = async () => {
      const { body } = await world.call(avery, "GET", `/episodes/${episode.episodeId}/tasks`);
      return (body.items as readonly TaskRow[]).filter(({ status }) => status === "open");
    };
    return { world, episode, page, name, tasks };
  }

  it("on the person's page, with a reason; both hear of it, the calls move, and the history says who, why and in whose place", async () => {
    const { world, page, name, tasks } = await keptBy(casey);
    const saved = await name(avery, { keptBy: jordan, reason: "Casey leaves the site in May" });
    expect(saved.status).toBe(303);

    const { html } = await world.page(avery, page);
    expect(html).toMatch(/Contact kept by<\/dt>\s*<dd[^>]*>Jordan/);
    expect(html).toMatch(
      /Named who keeps contact after the program: Jordan[^<]*, in place of Casey/,
    );
    expect(html).toContain("Casey leaves the site in May");
    expect(
      (await tasks()).map(({ taskKind, assignedTo }) => [taskKind, assignedTo]).sort(),
    ).toEqual([
      ["aftercare-call", jordan],
      ["aftercare-keeper", jordan],
      ["aftercare-passed-on", casey],
    ]);
    const timeline = await world.call(avery, "GET", `${page.replace("/staff", "")}/timeline`);
    expect(JSON.stringify(timeline.body)).toMatch(/program: Jordan[^"]*, in place of Casey/);
  });

  it("is confirmed by whoever was named; where they cannot, whoever named them looks further", async () => {
    const { world, episode, name, tasks } = await keptBy(casey);
    await name(avery, { keptBy: jordan, reason: "Casey leaves the site in May" });
    const told = (await tasks()).find(({ taskKind }) => taskKind === "aftercare-keeper");
    const { html } = await world.page(jordan, `/staff/tasks/${told?.taskId}`);
    expect(html).toMatch(/Named by<\/dt>\s*<dd[^>]*>Avery Chen/);
    const outcome = (as: string, body: object) =>
      world.call(as, "POST", `/tasks/${told?.taskId}/outcome`, body);
    expect((await outcome(casey, { outcome: "read" })).body.title).toMatch(
      /^Whoever goes on with the aftercare confirms it themselves/,
    );
    expect((await outcome(jordan, { outcome: "cannot" })).body.title).toBe(
      "Write in the note why, or what was agreed.",
    );
    expect(
      (await outcome(jordan, { outcome: "cannot", note: "Caseload is full until June" })).status,
    ).toBe(200);
    const further = (await tasks()).find(({ taskKind }) => taskKind === "aftercare-hand-off");
    expect(further).toMatchObject({ assignedTo: avery, assignedFunction: "case-manager" });
    expect(further?.words).toContain("says that they cannot");

    // Somebody else is named: nobody is asked any more to find one.
    const again = await world.call(
      avery,
      "POST",
      `/episodes/${episode.episodeId}/aftercare-keeper`,
      {
        keptBy: casey,
        reason: "Casey stays at the site",
      },
    );
    expect(again.status).toBe(200);
    // Casey keeps contact again, and need not read any more that they do not.
    expect(
      (await tasks()).map(({ taskKind, assignedTo }) => [taskKind, assignedTo]).sort(),
    ).toEqual([
      ["aftercare-call", casey],
      ["aftercare-keeper", casey],
      ["aftercare-passed-on", jordan],
    ]);
  });

  it("tells nobody what they did themselves: who takes it over, or passes it on", async () => {
    const { name, tasks } = await keptBy(casey);
    await name(casey, { keptBy: jordan, reason: "Jordan knows them better" });
    expect((await tasks()).map(({ taskKind }) => taskKind).sort()).toEqual([
      "aftercare-call",
      "aftercare-keeper",
    ]);
    const first = await keptBy(undefined);
    await first.name(jordan, { keptBy: jordan, reason: "Knows them from the group" });
    expect((await first.tasks()).map(({ taskKind }) => taskKind)).toEqual(["aftercare-call"]);
  });

  it.each([
    [{ keptBy: jordan, reason: "" }, "Reason: say why, in a few words"],
    [{ keptBy: casey, reason: "Goes on" }, "They keep contact already. Name somebody else."],
    [
      { keptBy: "jordan-mesa", reason: "Moves" },
      "Say who keeps contact: somebody who works at this site.",
    ],
    [{ keptBy: robin, reason: "Knows them" }, "A case manager, clinician, nurse or peer keeps"],
  ])("says what is wrong and changes nothing: %o", async (fields, sentence) => {
    const { world, page, name, tasks } = await keptBy(casey);
    const { status, html } = await name(avery, fields);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(html).toContain(sentence);
    expect((await tasks()).map(({ taskKind }) => taskKind)).toEqual(["aftercare-call"]);
    expect((await world.page(avery, page)).html).toMatch(/Contact kept by<\/dt>\s*<dd[^>]*>Casey/);
  });
});
