import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { filesWith } from "../../builders/program-files.ts";
import { buildRun, buildTask } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday morning in New York. */
const now = "2027-01-12T16:00:00.000Z";
const casey = "casey-riverside";
const taylor = "taylor-riverside";
const evening = "riverside:adult-iop:2027-01-14:thu-evening";
const ids = [
  "01JHEP000000000000000000E1",
  "01JHEP000000000000000000E2",
  "01JHEP000000000000000000E3",
];
const [one = "", two = "", three = ""] = ids;
const week = {
  week: 1,
  startsOn: "2027-01-11",
  expectedMinutes: 0,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};

/** A program with mornings, and an evening group on Thursday with two places. */
async function worldWith(capacity: number): Promise<StaffWorld> {
  const created = await StaffWorld.create(now);
  const { files } = filesWith(
    "adult-iop/program.yaml",
    "sessions:\n",
    "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n",
  );
  const slot = `  - slot: thu-evening
    track: evening
    capacity: ${capacity}
    dayOfWeek: 4
    startTime: "17:30"
    durationMinutes: 180
    modality: group
    title: Evening group
    everyWeeks: 1
  - slot: thu-individual
`;
  const published = await publishFiles(created.deps, {
    ...files,
    "adult-iop/program.yaml": (files["adult-iop/program.yaml"] ?? "")
      .replace("slot: thu-group\n", `slot: thu-group\n    track: day\n    capacity: ${capacity}\n`)
      .replace("  - slot: thu-individual\n", slot),
  });
  expect(published).toMatchObject({ ok: true });
  return created;
}

const person = (episodeId: string, more: Parameters<typeof personAt>[1] = {}) =>
  personAt("riverside", {
    episodeId,
    participantId: episodeId.replace("E", "P"),
    status: "active",
    programVersion: 2,
    admittedOn: "2027-01-08",
    week: 1,
    weeks: [week],
    ...more,
  });

let world: StaffWorld;
beforeEach(async () => {
  world = await worldWith(1);
  for (const episodeId of [one, two, three]) await world.add({ episode: person(episodeId) });
});

const makeUp = (episodeId: string, more = {}, by = world) =>
  by.call(casey, "POST", `/episodes/${episodeId}/make-ups`, {
    sessionId: evening,
    reason: "Missed Monday",
    ...more,
  });
const move = (episodeId: string, more = {}) =>
  world.call(casey, "POST", `/episodes/${episodeId}/group-track`, {
    track: "evening",
    from: "2027-01-13",
    reason: "Works in the morning now",
    ...more,
  });
const sentenceOf = (answer: { readonly body: unknown }) => JSON.stringify(answer.body);

describe("a group with a number of places", () => {
  it("gives the last place once, also to two who ask at the same moment", async () => {
    const answers = await Promise.all(ids.map((episodeId) => makeUp(episodeId)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(sentenceOf(refused ?? { body: "" })).toContain("1 is expected, and it has 1 place");
  });

  it("is full for who moves to its track as well, whoever comes to it by a make-up or later", async () => {
    expect((await makeUp(one)).status).toBe(200);
    expect(sentenceOf(await move(two))).toContain("“Evening group” is full on");
    expect((await makeUp(one, { isGivenUp: true })).status).toBe(200);
    expect((await move(two, { from: "2027-02-01" })).status).toBe(200);
    expect((await move(three)).status).toBe(409);
    expect((await makeUp(three)).status).toBe(200);
  });

  it("takes somebody over it in with a reason, which is audited", async () => {
    expect((await move(two)).status).toBe(200);
    expect((await makeUp(one)).status).toBe(409);
    expect((await makeUp(one, { isOverCapacity: true })).status).toBe(200);
    const { items } = await world.store.query("audit", keys.episode(one).pk);
    expect(JSON.stringify(items)).toContain('"overCapacity":true');
    expect((await move(three, { isOverCapacity: true })).status).toBe(200);
  });

  it("says on the person's page that it is full, and takes them with the box ticked", async () => {
    expect((await move(two)).status).toBe(200);
    const schedule = `/staff/episodes/${one}/schedule`;
    const { html } = await world.page(casey, schedule);
    expect(html).toContain("full: 1 of 1");
    const send = async (more: Readonly<Record<string, string>>) =>
      world.page(casey, schedule, {
        ...(await world.formFields(casey, schedule, "make-up")),
        sessionId: evening,
        why: "Missed Monday",
        ...more,
      });
    const refused = await send({});
    expect(refused.status).toBe(409);
    expect(refused.html).toContain("is full on");
    expect((await send({ overCapacity: "yes" })).status).toBe(303);
    expect((await world.page(casey, `/staff/schedule/${evening}`)).html).toContain("of 1 places");
  });
});

describe("an admission to a group that is full", () => {
  const task = buildTask({
    sk: "TASK#admission-approval#intake",
    taskKind: "admission-approval",
    taskId: "01JHTASK00000000000000000A",
    isApproval: true,
    evidence: {},
  });
  const body = { decision: "approved", choice: "admit", reason: "Suits", version: 1 };

  async function propose(episodeId: string, taskId: string): Promise<string> {
    await world.add({
      episode: person(episodeId, { status: "assessed", weeks: [] }),
      items: [buildRun("intake", "intake"), { ...task, taskId }],
    });
    return taskId;
  }

  it("is said before it is decided, and waiting or a reason goes on", async () => {
    const taskId = await propose("01JHEP000000000000000000E4", "01JHTASK00000000000000000B");
    const decide = (more = {}) =>
      world.call(taylor, "POST", `/tasks/${taskId}/decision`, { ...body, ...more });
    expect(sentenceOf(await decide())).toContain("3 are expected, and it has 1 place");
    const { html } = await world.page(taylor, `/staff/tasks/${taskId}`);
    expect(html).toContain("is full on");
    expect(html).toContain("Admit although a group is full");
    expect((await decide({ isOverCapacity: true })).status).toBe(200);
  });

  it("counts whoever was admitted a moment ago", async () => {
    world = await worldWith(1);
    const asked = [
      await propose("01JHEP000000000000000000E5", "01JHTASK00000000000000000C"),
      await propose("01JHEP000000000000000000E6", "01JHTASK00000000000000000D"),
    ];
    const answers = await Promise.all(
      asked.map((taskId) => world.call(taylor, "POST", `/tasks/${taskId}/decision`, body)),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const waits = await world.call(
      taylor,
      "POST",
      `/tasks/${asked[answers.findIndex(({ status }) => status === 409)]}/decision`,
      {
        ...body,
        choice: "wait",
      },
    );
    expect(waits.status).toBe(200);
  });
});
