import { beforeEach, describe, expect, it } from "vitest";
import { sweepStalledWork } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { readEpisode, storedEpisode } from "../../../shared/store/episode-forms.ts";
import { eveningGroup, inEveningProgram, publishEvenings } from "../../builders/evening-groups.ts";
import { buildRun, buildTask } from "../../builders/state.ts";
import { itemsOf, StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday morning in New York. */
const now = "2027-01-12T16:00:00.000Z";
const casey = "casey-riverside";
const taylor = "taylor-riverside";
const pat = "pat-riverside";
const ana = "01JHEP000000000000000000E1";
const ben = "01JHEP000000000000000000E2";
const cleo = "01JHEP000000000000000000E3";
const why = "Divorced, and afraid of each other";
const apartWords = "somebody who comes to it and this person are not to be in one group";
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

let world: StaffWorld;
/** Ana is in the evenings, Ben and Cleo in the days. */
beforeEach(async () => {
  world = await StaffWorld.create(now);
  await publishEvenings(world.deps, { places: 2 });
  await world.add({ episode: inEveningProgram(ana), given: "Ana" });
  await world.add({ episode: inEveningProgram(ben), given: "Ben" });
  await world.add({ episode: inEveningProgram(cleo), given: "Cleo" });
  await world.put({
    ...keys.staff(pat),
    schemaVersion: 1,
    kind: "staff",
    staffId: pat,
    name: "Pat",
    functions: ["front-desk", "group-leader"],
    siteIds: ["riverside"],
  });
  expect((await move(ana)).status).toBe(200);
});

const post = (episodeId: string, path: string, body: object, by = casey) =>
  world.call(by, "POST", `/episodes/${episodeId}/${path}`, body);
const apart = (more: object = { reason: why }, by = casey) =>
  post(ben, "apart", { otherEpisodeId: ana, ...more }, by);
const move = (episodeId: string, more: object = {}) =>
  post(episodeId, "group-track", {
    track: "evening",
    from: "2027-01-12",
    reason: "Works in the morning",
    ...more,
  });
const makeUp = (episodeId: string) =>
  post(episodeId, "make-ups", { sessionId: eveningGroup, reason: "Missed Monday" });
const said = async (call: ReturnType<typeof post>) => {
  const { status, body } = await call;
  return `${status} ${String(body.title)}`;
};
const sweep = async (minutes: number) => {
  world.clock.advanceMinutes(minutes);
  const counts = await sweepStalledWork({
    ...world.deps,
    functions: new MemoryFunctionRunner(),
    runner: new MemoryWorkflowRunner(),
    logger: quiet,
  });
  expect(counts.failures).toBe(0);
};
const listed = async (episodeId: string, by = casey) =>
  itemsOf((await world.call(by, "GET", `/episodes/${episodeId}/apart`)).body);
/** Puts facts of a person as another part of the product would leave them. */
async function set(episodeId: string, facts: object): Promise<void> {
  const { pk, sk } = keys.episode(episodeId);
  const root = await world.store.get("care", pk, sk);
  if (root === undefined) throw new Error("There is no such person");
  await world.put(storedEpisode({ ...readEpisode(root), ...facts }));
}

describe("two people who are not to be in one group", () => {
  it("come into no group of the other by a move, a make-up place or a waiting list, whichever of them it was recorded with", async () => {
    expect(await said(makeUp(cleo))).toContain("200");
    expect((await apart()).status).toBe(200);
    for (const call of [move(ben), makeUp(ben)]) expect(await said(call)).toContain(apartWords);
    // No reason puts them together: it is taken back, or they go elsewhere.
    const over = await said(move(ben, { isOverCapacity: true }));
    expect(over).toContain(apartWords);
    expect(over).not.toContain(why);
    expect(over).not.toContain("Ana");
    const wait = await said(
      post(ben, "group-waits", { track: "evening", reason: "Works in the morning" }),
    );
    expect(wait).toContain(apartWords);
    await sweep(5);
    expect(await said(move(ana, { track: "day", from: "2027-01-14" }))).toContain(apartWords);
    expect((await apart({ isTakenBack: true })).status).toBe(200);
    await sweep(5);
    expect((await move(ana, { track: "day", from: "2027-01-14" })).status).toBe(200);
    expect(await listed(ana)).toEqual([]);
  });

  it("are not admitted to it, by whatever way, and the decision says so before it is made", async () => {
    const dov = "01JHEP000000000000000000E4";
    const taskId = "01JHTASK00000000000000000E";
    await world.add({
      episode: inEveningProgram(dov, { status: "assessed", weeks: [] }),
      items: [
        buildRun("intake", "intake"),
        buildTask({
          sk: "TASK#admission-approval#intake",
          taskKind: "admission-approval",
          taskId,
          isApproval: true,
          evidence: {},
        }),
      ],
    });
    expect((await post(dov, "apart", { otherEpisodeId: ben, reason: why })).status).toBe(200);
    expect((await world.page(taylor, `/staff/tasks/${taskId}`)).html).toContain(apartWords);
    const decision = { decision: "approved", choice: "admit", reason: "Suits", version: 1 };
    const decide = () => world.call(taylor, "POST", `/tasks/${taskId}/decision`, decision);
    expect(await said(decide())).toContain(apartWords);
    const plain = { to: "admit", reason: "Suits" };
    expect(await said(post(dov, "transition", plain, taylor))).toContain(apartWords);
    // In the evenings they are not together.
    expect((await move(dov)).status).toBe(200);
    expect((await decide()).status).toBe(200);
  });

  it("are not offered the other's group by its waiting list; whoever waits behind them is", async () => {
    expect((await move(cleo)).status).toBe(200);
    const dov = "01JHEP000000000000000000E4";
    await world.add({ episode: inEveningProgram(dov), given: "Dov" });
    for (const episodeId of [ben, dov]) {
      const wait = { track: "evening", reason: "Works in the morning" };
      expect((await post(episodeId, "group-waits", wait)).status).toBe(200);
      world.clock.advanceMinutes(1);
    }
    expect((await apart()).status).toBe(200);
    expect((await move(cleo, { track: "day" })).status).toBe(200);
    await sweep(1);
    const offers = async (episodeId: string) =>
      itemsOf((await world.call(casey, "GET", `/episodes/${episodeId}/tasks`)).body).filter(
        ({ taskKind, status }) => taskKind === "group-place" && status === "open",
      );
    expect([await offers(ben), await offers(dov)].map((list) => list.length)).toEqual([0, 1]);
  });

  it("do not come back from leave, or by another version, into a group in which the other sits by then", async () => {
    await set(ana, {
      status: "onhold",
      hold: { kind: "medical", since: now, contactKeptBy: casey },
    });
    expect((await makeUp(ben)).status).toBe(200);
    expect((await apart()).status).toBe(200);
    await sweep(5);
    expect(await said(post(ana, "resume", { reason: "Well again" }))).toContain(apartWords);
    // The version after this one has a group for everybody.
    await publishEvenings(world.deps, {
      places: 2,
      more: `  - slot: wed-all
    dayOfWeek: 3
    startTime: "14:00"
    durationMinutes: 60
    modality: group
    title: Everybody
    everyWeeks: 1
`,
    });
    await set(ana, { status: "active", programVersion: 3 });
    const version = { version: 3, reason: "The new timetable" };
    expect(await said(post(ben, "program-version", version, taylor))).toContain(apartWords);
    expect((await post(cleo, "program-version", version, taylor)).status).toBe(200);
  });

  it("are named to whoever may read why; others see only that it is so", async () => {
    expect((await apart({ reason: why }, pat)).status).toBe(404);
    expect(await said(apart({}))).toContain("400 Write down why");
    expect((await apart()).status).toBe(200);
    expect(await said(apart())).toBe("409 That is recorded already.");
    await sweep(5);
    expect(await listed(ana)).toMatchObject([
      { otherEpisodeId: ben, participant: "Ben T.", reason: why, shared: [] },
    ]);
    expect(await listed(ben)).toMatchObject([{ otherEpisodeId: ana, reason: why }]);
    const [seen] = await listed(ben, pat);
    expect(seen).toMatchObject({ participant: "Ana T." });
    expect(JSON.stringify(seen)).not.toContain(why);
    for (const path of [`/staff/episodes/${ben}`, `/staff/episodes/${ben}/apart`]) {
      const { html } = await world.page(pat, path);
      expect(html, path).toContain("Ana T.");
      expect(html, path).not.toContain(why);
    }
    expect(await said(apart({ otherEpisodeId: ben, reason: why }))).toContain("the same person");
  });

  it("are named to nobody where the other has moved to another site", async () => {
    expect((await apart()).status).toBe(200);
    await sweep(5);
    await set(ana, { siteId: "mesa" });
    expect(await listed(ben)).toMatchObject([{ participant: "Somebody at another site" }]);
    for (const path of [`/staff/episodes/${ben}`, `/staff/episodes/${ben}/apart`]) {
      const { html } = await world.page(casey, path);
      expect(html, path).toContain("Somebody at another site");
      expect(html, path).not.toContain("Ana T.");
    }
  });

  it("have a clinician read a reason in which there are words of danger", async () => {
    const danger = "He said he will kill himself if he sees her";
    expect((await apart({ reason: danger })).status).toBe(200);
    const { body } = await world.call(casey, "GET", `/episodes/${ben}/tasks`);
    expect(itemsOf(body).map(({ taskKind }) => taskKind)).toContain("clinician-review");
  });

  it("are recorded and taken back on their page, which says what both come to now", async () => {
    const path = `/staff/episodes/${ben}/apart`;
    const send = async (form: string, fields: Readonly<Record<string, string>> = {}) =>
      world.page(casey, path, { ...(await world.formFields(casey, path, form)), ...fields });
    expect((await send("apart", { other: cleo, why: "" })).status).toBe(400);
    expect((await send("apart", { other: cleo, why })).status).toBe(303);
    await sweep(5);
    const other = (await world.page(casey, `/staff/episodes/${cleo}`)).html;
    expect(other).toContain("Not to be in one group with");
    expect(other).toContain("Both come to “Process group”");
    expect((await world.page(casey, path)).html).toContain(why);
    expect((await send(`together.${ben}.${cleo}`)).status).toBe(303);
    await sweep(5);
    for (const episodeId of [ben, cleo])
      expect((await world.page(casey, `/staff/episodes/${episodeId}`)).html).not.toContain(
        "Not to be in one group with",
      );
  });
});
