import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { buildTask, episodeId } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const now = "2027-01-12T16:00:00.000Z";
const path = `/staff/episodes/${episodeId}/plans/crisis`;
const who = "avery-riverside";
const tick = buildTask({
  sk: "TASK#discharge-checklist#one-crisis-plan",
  taskKind: "discharge-checklist",
  words: "Crisis plan reviewed with the person and given to them.",
  about: { type: "checklist-item", id: "crisis-plan" },
  assignedFunction: "clinician",
  driverId: "01JHTEST0000000000000000D9",
});

let world: StaffWorld;
async function open(language = "en"): Promise<void> {
  world = await StaffWorld.create(now);
  await world.add({
    episode: personAt("riverside", { status: "active", week: 1, language }),
    items: [tick],
  });
}
beforeEach(() => open());

async function write(words: Readonly<Record<string, string>>) {
  const fields = await world.formFields(who, path, "plan");
  return world.page(who, path, { ...fields, safetyConcern: "no", ...words });
}

const tickIt = () =>
  world.call(who, "POST", `/tasks/${tick.taskId}/outcome`, {
    outcome: "done",
    answers: { "crisis-plan": true },
  });

describe("the page of a crisis plan", () => {
  it("keeps each writing, shows the last one and still prints the first", async () => {
    expect((await world.page(who, path)).html).toContain("Nothing is written yet");
    expect((await write({ "own-ways": "Walk by the lake" })).status).toBe(303);
    expect((await write({ "own-ways": "Walk, then call Kim" })).status).toBe(303);
    const { html } = await world.page(who, path);
    expect(html).toContain("Version 2, written down by Avery");
    expect(html).toContain("Walk, then call Kim");
    expect((await world.page(who, `${path}/print?version=1`)).html).toContain("Walk by the lake");
    expect((await world.page(who, `${path}/print`)).html).toContain("Walk, then call Kim");
    const person = await world.page(who, `/staff/episodes/${episodeId}`);
    expect(person.html).toMatch(/Crisis plan<\/a>[\s\S]{0,60}version 2/);
    expect(person.html).toContain("Plan written: crisis, version 2");
    const { body } = await world.call(who, "GET", `/episodes/${episodeId}/plans`);
    expect(itemsOf(body)).toMatchObject([
      { planKind: "crisis", version: 2, sections: { "own-ways": "Walk, then call Kim" } },
    ]);
  });

  it.each([
    ["active", true],
    ["onhold", true],
    ["discharge-planning", true],
    ["aftercare", false],
    ["closed", false],
  ] as const)(
    "says when a plan is gone through again while somebody is in the program: %s",
    async (status, isSaid) => {
      const treatment = {
        version: 1,
        writtenAt: now,
        reviewOn: "2027-01-20",
        isShown: false,
      };
      await world.add({
        episode: personAt("riverside", { status, week: 1, plans: { treatment }, version: 1 }),
      });
      const { html } = await world.page(who, `/staff/episodes/${episodeId}`);
      expect(html).toContain("Treatment plan</a>");
      expect(html.includes(", again by ")).toBe(isSaid);
    },
  );

  it("prints under Spanish headings for a Spanish reader, with where help is at any hour", async () => {
    await open("es-MX");
    await write({ reasons: "Mi hija" });
    const { html } = await world.page(who, `${path}/print`);
    expect(html).toContain('<html lang="es"');
    expect(html).toContain("Lo que me da fuerzas para seguir");
    expect(html).toContain("988");
    expect(html).not.toContain("<form");
  });

  it("asks where the naloxone is with whoever takes medicine for opioid use, and prints it", async () => {
    expect((await world.page(who, path)).html).not.toContain("naloxone");
    const taken = await world.call(who, "POST", `/episodes/${episodeId}/medicines`, {
      medicine: "buprenorphine",
      isTaken: true,
      prescriber: "Dr. Noor Haddad (fictional)",
      supplyThrough: "2027-02-12",
      version: 0,
    });
    expect(taken.status).toBe(200);
    expect((await world.page(who, path)).html).toContain("Where my naloxone is");
    expect((await write({ naloxone: "Kitchen drawer; Kim knows how" })).status).toBe(303);
    const { html } = await world.page(who, `${path}/print`);
    expect(html).toContain("Where my naloxone is, and who can give it");
    expect(html).toContain("Kitchen drawer; Kim knows how");
  });

  it("keeps whether the person sees it, until somebody unticks it", async () => {
    const box = async () =>
      /<input[^>]*name="isShown"[^>]*>/.exec((await world.page(who, path)).html)?.[0];
    expect(await box()).not.toContain("checked");
    await write({ reasons: "My daughter", isShown: "yes" });
    expect(await box()).toContain("checked");
    await write({ reasons: "My daughter" });
    expect(await box()).not.toContain("checked");
  });

  it("refuses what was written over somebody else's, and keeps the words on the page", async () => {
    const stale = await world.formFields(who, path, "plan");
    await write({ "own-ways": "Walk by the lake" });
    const refused = await world.page(who, path, {
      ...stale,
      safetyConcern: "no",
      "own-ways": "Read",
    });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain("Somebody else has written this plan");
    expect(refused.html).toContain("Read");
  });

  it("says which part is too long for one printed page", async () => {
    const refused = await write({ reasons: Array.from({ length: 9 }, () => "a").join("\n") });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("What I hold on for: has more than 8 lines");
  });

  it("is what the tick before a discharge rests on", async () => {
    const early = await tickIt();
    expect(early.status).toBe(409);
    expect(JSON.stringify(early.body)).toContain("There is no crisis plan yet");
    await write({ "own-ways": "Walk by the lake" });
    expect((await tickIt()).status).toBe(200);
  });

  it("keeps its words among those that are erased with the person", async () => {
    await write({ "own-ways": "Walk by the lake" });
    const key = keys.plan(episodeId, "crisis", 1);
    expect(await world.store.get("identity", key.pk, key.sk)).toMatchObject({
      sections: { "own-ways": "Walk by the lake" },
    });
    const care = await world.store.query("care", keys.episode(episodeId).pk, { limit: 200 });
    expect(JSON.stringify(care.items)).not.toContain("lake");
  });
});
