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
const full = "“Evening group” is full on 2027-01-14: 1 is expected, and it has 1 place.";

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

describe("whoever comes back because a record was a mistake", () => {
  const avery = "avery-riverside";
  const conflict = "TASK#group-conflict#";
  const die = (episodeId: string) =>
    post(episodeId, "transition", {
      to: "discharge",
      disposition: "deceased",
      reason: "The family rang",
    });
  const putRight = (episodeId: string) =>
    post(episodeId, "death-correction", { reason: "Another person of that name" }, avery);
  const tasksOf = async (episodeId: string) =>
    (await world.store.query("care", keys.episode(episodeId).pk, { skPrefix: conflict })).items;
  const eveningOf = async (episodeId: string) =>
    (await world.item(episodeId, "SESSION#2027-01-14#thu-evening"))?.status;

  it("is back at once, and a full group is a task for the case manager that says so", async () => {
    expect((await die(one)).status).toBe(200);
    expect((await move(two)).status).toBe(200);
    expect((await putRight(one)).status).toBe(200);
    const [task] = await tasksOf(one);
    expect(task).toMatchObject({ status: "open", assignedFunction: "case-manager" });
    expect(task?.words).toContain(
      "“Evening group” on 2027-01-14 is full without them: 1 other is expected, and it has 1 place.",
    );
    expect(await audited(one)).toContain('"overCapacity":true');
    const page = (await world.page(casey, `/staff/tasks/${String(task?.taskId)}`)).html;
    expect(page).toContain("Sort out who is in a group");
  });

  it("has nothing sorted out where the place is still free", async () => {
    await die(one);
    expect((await putRight(one)).status).toBe(200);
    expect(await tasksOf(one)).toEqual([]);
    expect(await audited(one)).not.toContain("overCapacity");
  });

  it("is not expected in a group in which somebody sits by now with whom they are not to be, and in all others", async () => {
    await move(one, "day");
    const makeUp = { sessionId: eveningGroup, reason: "Missed Monday" };
    expect((await post(one, "make-ups", makeUp)).status).toBe(200);
    expect((await post(one, "apart", { otherEpisodeId: two, reason: "Afraid" })).status).toBe(200);
    expect(await eveningOf(one)).toBe("planned");
    await die(one);
    expect(await eveningOf(one)).toBe("cancelled");
    expect((await move(two)).status).toBe(200);
    expect((await putRight(one)).status).toBe(200);
    expect(await eveningOf(one)).toBe("cancelled");
    const [task] = await tasksOf(one);
    expect(task?.words).toContain("They are not expected in it; move one of the two");
    expect(task?.words).not.toContain("Afraid");
    expect(await audited(one)).toContain('"apart":true');
  });

  it("was taken for another person: the same is looked at when the two records are taken apart", async () => {
    await die(one);
    const root = await world.store.get("care", keys.episode(one).pk, keys.episode(one).sk);
    if (root === undefined) throw new Error("There is no such person");
    const { death, disposition: _disposition, ...ended } = readEpisode(root);
    // As it stands when two records were taken for one, and care went on in the other.
    await world.put(
      storedEpisode({
        ...ended,
        status: "withdrawn",
        closingReason: "same-person",
        others: [
          {
            episodeId: two,
            how: "goes-on-in",
            at: now,
            took: {},
            ...(death === undefined ? {} : { stood: death }),
          },
        ],
      }),
    );
    expect((await move(two)).status).toBe(200);
    const taken = await post(one, "same-person-taken-back", {
      otherEpisodeId: two,
      reason: "Two sisters",
    });
    expect(taken.status).toBe(200);
    const [task] = await tasksOf(one);
    expect(task?.words).toContain("is full without them");
  });
});
