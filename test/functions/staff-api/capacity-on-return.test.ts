import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { readEpisode, storedEpisode } from "../../../shared/store/episode-forms.ts";
import { eveningGroup, inEveningProgram, publishEvenings } from "../../builders/evening-groups.ts";
import { itemsOf, StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday morning in New York. */
const now = "2027-01-12T16:00:00.000Z";
const casey = "casey-riverside";
const taylor = "taylor-riverside";
const one = "01JHEP000000000000000000E1";
const two = "01JHEP000000000000000000E2";
const full = "“Evening group” is full on 2027-01-14: 1 are expected, and it has 1 places.";

let world: StaffWorld;
/** The first person has the only place of the evenings; the second is in the days. */
beforeEach(async () => {
  world = await StaffWorld.create(now);
  await publishEvenings(world.deps, { places: 1 });
  for (const episodeId of [one, two]) await world.add({ episode: inEveningProgram(episodeId) });
  expect((await move(one)).status).toBe(200);
});

const post = (episodeId: string, path: string, body: object, by = casey) =>
  world.call(by, "POST", `/episodes/${episodeId}/${path}`, body);
const move = (episodeId: string, track = "evening") =>
  post(episodeId, "group-track", { track, from: "2027-01-12", reason: "Works in the morning" });
const said = async (call: ReturnType<typeof post>) => {
  const { status, body } = await call;
  return `${status} ${String(body.title)}`;
};
async function set(episodeId: string, facts: object): Promise<void> {
  const { pk, sk } = keys.episode(episodeId);
  const root = await world.store.get("care", pk, sk);
  if (root === undefined) throw new Error("There is no such person");
  await world.put(storedEpisode({ ...readEpisode(root), ...facts }));
}
const audited = async (episodeId: string) =>
  JSON.stringify((await world.store.query("audit", keys.episode(episodeId).pk)).items);

describe("a group that is full", () => {
  it("is said at the return from leave, and whoever is taken back all the same is audited", async () => {
    // Somebody came to it for one evening while the first person was away.
    await set(one, {
      status: "onhold",
      hold: { kind: "medical", since: now, contactKeptBy: casey },
    });
    const makeUp = { sessionId: eveningGroup, reason: "Missed Monday", isOverCapacity: true };
    expect((await post(two, "make-ups", makeUp)).status).toBe(200);
    expect(await said(post(one, "resume", { reason: "Well again" }))).toContain(full);
    const path = `/staff/episodes/${one}`;
    const send = async (more: Readonly<Record<string, string>>) =>
      world.page(casey, path, {
        ...(await world.formFields(casey, path, "resume")),
        reason: "Well again",
        ...more,
      });
    const refused = await send({});
    expect([refused.status, refused.html.includes("is full on")]).toEqual([409, true]);
    expect((await send({ overCapacity: "yes" })).status).toBe(303);
    expect(await audited(one)).toContain('"overCapacity":true');
  });

  it("keeps the place of whoever was away and meets no one else in it", async () => {
    await set(one, {
      status: "onhold",
      hold: { kind: "medical", since: now, contactKeptBy: casey },
    });
    expect((await post(one, "resume", { reason: "Well again" })).status).toBe(200);
  });

  it("is said to the site that takes somebody over, and taken over all the same with a note", async () => {
    await set(two, { siteId: "mesa" });
    await set(two, { groupTracks: [{ track: "evening", from: "2027-01-12" }] });
    const asked = { toSiteId: "riverside", reason: "Moves there" };
    expect((await post(two, "site-transfer", asked, "casey-mesa")).status).toBe(200);
    const [task] = itemsOf((await world.call(casey, "GET", "/queue?tab=work")).body).filter(
      ({ taskKind }) => taskKind === "site-transfer",
    );
    const path = `/staff/tasks/${String(task?.taskId)}`;
    const page = (await world.page(casey, path)).html;
    expect(page).toContain("is full on");
    expect(page).toContain("Take the person over although a group is full");
    const answer = (more: object) =>
      world.call(casey, "POST", `/tasks/${String(task?.taskId)}/outcome`, {
        outcome: "accepted",
        version: task?.version,
        ...more,
      });
    expect(await said(answer({}))).toContain(full);
    expect(await said(answer({ isOverCapacity: true }))).toContain("400 Write down why");
    expect((await answer({ isOverCapacity: true, note: "Nobody else has evenings" })).status).toBe(
      200,
    );
    expect(await audited(two)).toContain('"overCapacity":true');
  });

  it("is said at the move to a version that has it, and counts only who comes to it by theirs", async () => {
    await publishEvenings(world.deps, {
      places: 1,
      more: `  - slot: wed-art
    track: day
    capacity: 1
    dayOfWeek: 3
    startTime: "14:00"
    durationMinutes: 60
    modality: group
    title: Art
    everyWeeks: 1
`,
    });
    expect((await move(one, "day")).status).toBe(200);
    const version = (more: object = {}) => ({ version: 3, reason: "The new timetable", ...more });
    const go = (episodeId: string, more = {}) =>
      post(episodeId, "program-version", version(more), taylor);
    expect((await go(one)).status).toBe(200);
    const looked = await world.call(taylor, "GET", `/episodes/${two}/program-version?to=3`);
    expect(JSON.stringify(looked.body)).toContain("“Art” is full on 2027-01-13");
    expect(await said(go(two))).toContain("“Art” is full on 2027-01-13");
    expect((await go(two, { isOverCapacity: true })).status).toBe(200);
    // Back again: whoever has the place already is in nobody's way.
    expect((await go(one, { version: 2 })).status).toBe(200);
  });
});
