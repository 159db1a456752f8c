import { beforeEach, describe, expect, it } from "vitest";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const [casey, jordan, taylor] = ["casey-riverside", "jordan-riverside", "taylor-riverside"];
const call = buildTask({
  sk: "TASK#first-contact-call#one",
  taskKind: "first-contact-call",
  assignedTo: casey,
  words: "Call Robin.",
});

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [call],
  });
});

const page = async (as: string, path: string) => (await world.page(as, path)).html;
const mine = async (as: string) =>
  (await page(as, "/staff?tab=work&whose=mine")).includes("Call Robin.");
/** Fills a form of a page in and sends it. */
async function send(as: string, path: string, fields: Readonly<Record<string, string>>) {
  const hidden = await world.formFields(as, path, fields.form ?? "");
  return world.page(as, path, { ...hidden, ...fields });
}
const away = (fields: Readonly<Record<string, string>>) =>
  send(taylor, "/staff/closures", {
    form: "away",
    staffId: casey,
    from: "2027-01-12",
    lastDay: "2027-01-14",
    why: "Ill",
    ...fields,
  });

describe("a colleague who is away", () => {
  it("has work that shows with the cover until they are back, and is theirs again then", async () => {
    expect([await mine(casey), await mine(jordan)]).toEqual([true, false]);
    expect((await away({ coverId: jordan })).status).toBe(303);
    expect(await mine(jordan)).toBe(true);
    expect(await page(taylor, "/staff?tab=work&whose=all")).toContain(
      "away: Jordan Reyes (fictional) covers",
    );
    world.clock.advanceMinutes(3 * 24 * 60);
    expect([await mine(casey), await mine(jordan)]).toEqual([true, false]);
  });

  it("whom nobody covers has work that shows to the supervisors", async () => {
    await away({ coverId: "" });
    expect([await mine(taylor), await mine(jordan)]).toEqual([true, false]);
    expect(await page(taylor, "/staff/colleagues")).toContain("nobody covers");
  });

  it("whose cover is away later has work that shows with the cover of that one", async () => {
    await away({ coverId: jordan });
    await away({ staffId: jordan, coverId: taylor });
    expect([await mine(taylor), await mine(jordan)]).toEqual([true, false]);
  });
});

describe("whoever is chosen", () => {
  it("is on a list by name and by what they do, of this site alone", async () => {
    const html = await page(taylor, `/staff/episodes/${episodeId}/schedule`);
    expect(html).toContain(">Avery Chen (fictional): clinician, nurse, prescriber, group leader<");
    expect(html).not.toContain("mesa");
    expect(html).not.toMatch(/staff id/i);
  });

  it("gets a task from a colleague", async () => {
    const path = `/staff/tasks/${call.taskId}`;
    await send(taylor, path, { form: "give", staffId: jordan, version: "1" });
    expect([await mine(casey), await mine(jordan)]).toEqual([false, true]);
  });

  it("works at the site, else is listed no more", async () => {
    const { store } = world;
    const key = { pk: `STAFF#${jordan}`, sk: "STAFF" };
    const item = await store.get("care", key.pk, key.sk);
    if (item === undefined) throw new Error("Jordan is not on the staff");
    await world.put({ ...item, siteIds: ["mesa"] });
    expect(await page(taylor, "/staff/colleagues")).not.toContain("Jordan Reyes");
  });
});

describe("where a colleague is licensed", () => {
  const license = (states: string) =>
    send(taylor, "/staff/colleagues", { form: "licences.riverside", staffId: jordan, states });

  it("is said by those who lead the site, and stands on the list; of others it is taken to be where the site is", async () => {
    expect((await license("ny, nj")).status).toBe(303);
    const html = await page(taylor, "/staff/colleagues");
    expect(html).toContain("<td>New Jersey and New York</td>");
    expect(html).toContain("<td>Not recorded: taken to be New York</td>");
    await license("");
    expect(await page(casey, "/staff/colleagues")).toContain("<td>Nowhere</td>");
    expect(await page(casey, "/staff/colleagues")).not.toContain("Say where somebody is licensed");
  });

  it("is no place that is no state", async () => {
    const refused = await license("NY, Jersey");
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("must be the postal code of a state, such as NY");
  });
});
