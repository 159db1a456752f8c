// Long because it plays one waiting list through from every side: the line, its offers, pages and admissions.
import { beforeEach, describe, expect, it } from "vitest";
import { sweepStalledWork } from "../../../functions/sweep-stalled-work/sweep-stalled-work.ts";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { publishFiles } from "../../../shared/publishing/publish-files.ts";
import { readEpisode, storedEpisode } from "../../../shared/store/episode-forms.ts";
import { filesWith } from "../../builders/program-files.ts";
import { buildRun, buildTask } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday morning in New York. */
const now = "2027-01-12T16:00:00.000Z";
const casey = "casey-riverside";
const taylor = "taylor-riverside";
const evening = "riverside:adult-iop:2027-01-14:thu-evening";
const ids = [
  "01JHEP000000000000000000E1",
  "01JHEP000000000000000000E2",
  "01JHEP000000000000000000E3",
  "01JHEP000000000000000000E4",
];
const [one = "", two = "", three = "", four = ""] = ids;
const week = {
  week: 1,
  startsOn: "2027-01-11",
  expectedMinutes: 0,
  attendedMinutes: 0,
  isFullWeek: true,
  byDay: {},
};
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
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let world: StaffWorld;
/** Publishes a program with mornings, and an evening group on Thursday with so many places. */
async function publishEvenings(places: number): Promise<void> {
  const { files } = filesWith(
    "adult-iop/program.yaml",
    "sessions:\n",
    "groupTracks: [{ track: day, title: Days }, { track: evening, title: Evenings }]\nsessions:\n",
  );
  const slot = `  - slot: thu-evening
    track: evening
    capacity: ${places}
    dayOfWeek: 4
    startTime: "17:30"
    durationMinutes: 180
    modality: group
    title: Evening group
    everyWeeks: 1
  - slot: thu-individual
`;
  const published = await publishFiles(world.deps, {
    ...files,
    "adult-iop/program.yaml": (files["adult-iop/program.yaml"] ?? "")
      .replace("slot: thu-group\n", "slot: thu-group\n    track: day\n    capacity: 4\n")
      .replace("  - slot: thu-individual\n", slot),
  });
  expect(published).toMatchObject({ ok: true });
}

/** The evening group has one place, and the first person has it. */
beforeEach(async () => {
  world = await StaffWorld.create(now);
  await publishEvenings(1);
  for (const [index, episodeId] of ids.entries())
    await world.add({
      episode: person(episodeId),
      given: ["Ana", "Ben", "Cleo", "Dov"][index] ?? "",
    });
  expect((await move(one)).status).toBe(200);
});

const post = (episodeId: string, path: string, body: object) =>
  world.call(casey, "POST", `/episodes/${episodeId}/${path}`, body);
const move = (episodeId: string, track = "evening") =>
  post(episodeId, "group-track", { track, from: "2027-01-13", reason: "Works in the morning" });
const wait = (episodeId: string, more: object = { track: "evening" }) =>
  post(episodeId, "group-waits", { reason: "Works in the morning", ...more });
const waits = async () =>
  itemsOf((await world.call(casey, "GET", "/group-waits")).body).map(
    ({ episodeId, offeredAt }) => [episodeId, offeredAt !== undefined] as const,
  );
/** One look of the sweep, after so many minutes. */
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
const offers = async (episodeId: string) =>
  itemsOf((await world.call(casey, "GET", `/episodes/${episodeId}/tasks`)).body).filter(
    ({ taskKind }) => taskKind === "group-place",
  );
const openOffers = async (episodeId: string) =>
  (await offers(episodeId)).filter(({ status }) => status === "open");
const answer = async (episodeId: string, outcome: string) => {
  const [task] = await openOffers(episodeId);
  return world.call(casey, "POST", `/tasks/${String(task?.taskId)}/outcome`, {
    outcome,
    version: task?.version,
  });
};

describe("a group at capacity with people waiting", () => {
  it("offers its place to who has waited longest, once, when somebody leaves it; taking it ends the task", async () => {
    expect((await wait(two)).status).toBe(200);
    world.clock.advanceMinutes(5);
    expect((await wait(three)).status).toBe(200);
    await sweep(1);
    expect(await waits()).toEqual([
      [two, false],
      [three, false],
    ]);
    expect((await move(one, "day")).status).toBe(200);
    await sweep(1);
    expect(await openOffers(two)).toMatchObject([
      {
        assignedFunction: "case-manager",
        words: "A place in “Evenings” is free: offer it to this person, who has waited longest.",
      },
    ]);
    for (let look = 0; look < 3; look += 1) await sweep(20);
    expect(await offers(two)).toHaveLength(1);
    expect(await offers(three)).toEqual([]);
    // The place is kept for who is asked: nobody else gets it without a reason.
    expect((await move(four)).status).toBe(409);
    const early = await answer(two, "taken");
    expect(early.status).toBe(409);
    expect(JSON.stringify(early.body)).toContain("Give it on the person's schedule");
    expect((await move(two)).status).toBe(200);
    expect(await offers(two)).toMatchObject([{ status: "done", outcome: { code: "taken" } }]);
    await sweep(20);
    expect(await waits()).toEqual([[three, false]]);
    expect(await offers(three)).toEqual([]);
  });

  it("asks the next one, once, where the first declines, and whoever was not reached stays behind them", async () => {
    for (const episodeId of [two, three, four]) {
      expect((await wait(episodeId)).status).toBe(200);
      world.clock.advanceMinutes(1);
    }
    expect((await move(one, "day")).status).toBe(200);
    await sweep(1);
    expect((await answer(two, "declined")).status).toBe(200);
    await sweep(1);
    await sweep(1);
    expect(await waits()).toEqual([
      [three, true],
      [four, false],
    ]);
    expect((await answer(three, "not-reached")).status).toBe(200);
    await sweep(1);
    await sweep(1);
    expect(await waits()).toEqual([
      [four, true],
      [three, false],
    ]);
    expect([await offers(three), await offers(four)].map((list) => list.length)).toEqual([1, 1]);
  });

  it("hears within a quarter of an hour of a place that a discharge, a withdrawal or a leave made free", async () => {
    expect((await wait(two, { sessionId: evening })).status).toBe(200);
    await sweep(1);
    expect(await openOffers(two)).toEqual([]);
    const left = await post(one, "withdraw", { reason: "Moved away" });
    expect(left.status).toBe(200);
    await sweep(16);
    expect(await openOffers(two)).toHaveLength(1);
    const taken = await post(two, "make-ups", { sessionId: evening, reason: "Missed Monday" });
    expect(taken.status).toBe(200);
    expect(await offers(two)).toMatchObject([{ status: "done", outcome: { code: "taken" } }]);
    expect(await waits()).toEqual([]);
  });

  it("takes an offer back whose place a person gave away, and whoever has left off the list", async () => {
    expect((await wait(two)).status).toBe(200);
    world.clock.advanceMinutes(1);
    expect((await wait(three)).status).toBe(200);
    expect((await move(one, "day")).status).toBe(200);
    await sweep(1);
    const over = await post(four, "group-track", {
      track: "evening",
      from: "2027-01-13",
      reason: "Her shift begins tomorrow",
      isOverCapacity: true,
    });
    expect(over.status).toBe(200);
    await sweep(1);
    expect(await offers(two)).toMatchObject([{ status: "cancelled" }]);
    expect(await waits()).toEqual([
      [two, false],
      [three, false],
    ]);
    expect((await post(two, "withdraw", { reason: "Moved away" })).status).toBe(200);
    expect((await wait(three, { track: "evening", isGivenUp: true })).status).toBe(200);
    await sweep(16);
    expect(await waits()).toEqual([]);
  });

  it("hears of a raised capacity from the version that the person is on", async () => {
    expect((await wait(two)).status).toBe(200);
    await sweep(1);
    await publishEvenings(2);
    const root = await world.store.get("care", ...pair(keys.episode(two)));
    if (root === undefined) throw new Error("There is no such person");
    await world.put(storedEpisode({ ...readEpisode(root), programVersion: 3 }));
    await sweep(16);
    expect(await openOffers(two)).toHaveLength(1);
  });
});

const pair = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => [pk, sk] as const;
describe("the waiting list of a group", () => {
  it("takes nobody who could have a place, has one, or is on it", async () => {
    const sentence = async (call: ReturnType<typeof wait>) => {
      const { status, body } = await call;
      return `${status} ${String(body.title)}`;
    };
    expect(await sentence(wait(one, { track: "day" }))).toBe(
      "409 A place is free there: give it now instead of letting the person wait.",
    );
    expect(await sentence(wait(one))).toBe("409 The person has a place there already.");
    expect(await sentence(wait(two, { track: "night" }))).toContain(
      "Choose one of: Days, Evenings",
    );
    expect(await sentence(wait(two, {}))).toContain("400 Say what the person waits for");
    const otherwhere = { sessionId: "mesa:adult-iop:2027-01-14:thu-evening" };
    expect(await sentence(wait(two, otherwhere))).toContain("404 There is no such group");
    const unlimited = { sessionId: "riverside:adult-iop:2027-01-15:fri-holistic" };
    expect(await sentence(wait(two, unlimited))).toContain(
      "409 That group has no number of places",
    );
    expect(await sentence(wait(two, { track: "evening", isGivenUp: true }))).toBe(
      "409 The person is not on the waiting list of that group.",
    );
    expect((await wait(two)).status).toBe(200);
    expect(await sentence(wait(two))).toBe(
      "409 The person is on the waiting list of that group already.",
    );
    expect(await waits()).toEqual([[two, false]]);
  });

  it("is filled and emptied from the person's schedule, and shown there, on their page and on the site's schedule", async () => {
    const schedule = `/staff/episodes/${two}/schedule`;
    const send = async (form: string, fields: Readonly<Record<string, string>>) =>
      world.page(casey, schedule, {
        ...(await world.formFields(casey, schedule, form)),
        ...fields,
      });
    const { html } = await world.page(casey, schedule);
    expect(html).toContain("A place in “Evenings”");
    expect(html).toContain("A make-up place in Evening group");
    const refused = await send("wait", { group: "track:evening", why: "" });
    expect(refused.status).toBe(400);
    const why = "Works in the morning";
    expect((await send("wait", { group: "track:evening", why })).status).toBe(303);
    for (const path of [schedule, `/staff/episodes/${two}`, "/staff/schedule"]) {
      const page = await world.page(casey, path);
      expect(page.html, path).toContain("“Evenings”");
      expect(page.html, path).toContain("On the list since");
    }
    expect((await world.page(casey, "/staff/schedule")).html).toContain("Ben T.");
    // On nobody else's page.
    for (const path of [`/staff/episodes/${one}`, `/staff/episodes/${one}/schedule`])
      expect((await world.page(casey, path)).html, path).not.toContain("On the list since");
    expect((await world.page(casey, `/staff/episodes/${two}`)).html).toContain(
      "Put on the waiting list of a group: evening",
    );
    expect((await send("wait-off.track:evening", { why: "Found a morning job" })).status).toBe(303);
    expect(await waits()).toEqual([]);
  });

  it("holds who is to wait for the admission, and offers them the place of who leaves", async () => {
    const waiting = "01JHEP000000000000000000E5";
    const taskId = "01JHTASK00000000000000000E";
    await world.add({
      episode: person(waiting, { status: "assessed", weeks: [] }),
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
    // Days have four places; the first person is back in them.
    expect((await move(one, "day")).status).toBe(200);
    const decide = (choice: string) =>
      world.call(taylor, "POST", `/tasks/${taskId}/decision`, {
        decision: "approved",
        choice,
        reason: "Suits",
        version: 1,
      });
    expect((await decide("admit")).status).toBe(409);
    expect((await decide("wait")).status).toBe(200);
    expect(await waits()).toEqual([[waiting, false]]);
    expect((await move(three)).status).toBe(200);
    await sweep(1);
    const [task] = await openOffers(waiting);
    expect(task?.words).toContain("A place in “Days” is free");
    const early = await answer(waiting, "taken");
    expect(JSON.stringify(early.body)).toContain("Admit the person");
    expect((await world.page(casey, `/staff/tasks/${String(task?.taskId)}`)).html).toContain(
      "That ends this task",
    );
    const root = await world.store.get("care", ...pair(keys.episode(waiting)));
    if (root === undefined) throw new Error("There is no such person");
    await world.put(storedEpisode({ ...readEpisode(root), status: "active" }));
    await sweep(16);
    expect(await waits()).toEqual([]);
    expect(await openOffers(waiting)).toEqual([]);
  });
});
