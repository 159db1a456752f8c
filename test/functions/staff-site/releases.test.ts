import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { episodeId } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const person = `/staff/episodes/${episodeId}`;
const page = `${person}/releases`;
const path = `/episodes/${episodeId}/releases`;
const ana = {
  name: "Ana Marrow",
  relation: "sister",
  about: "How the program goes",
  purpose: "Family sessions",
  from: "2027-01-04",
  until: "2027-01-20",
};

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create("2027-01-12T15:00:00.000Z");
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
  });
});

const text = (html: string) =>
  html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
const shown = async (where: string) => text((await world.page(as, where)).html);
async function send(where: string, form: string, fields: Readonly<Record<string, string>>) {
  const hidden = await world.formFields(as, where, form);
  return world.page(as, where, { ...hidden, ...fields });
}
const listed = async () => itemsOf((await world.call(as, "GET", path)).body);

describe("who may be told what", () => {
  it("is recorded on a page, read by the API, and taken back for the reason that is given", async () => {
    expect(await shown(person)).toContain("Who may be told what");
    expect(await shown(page)).toContain("no release is recorded");
    const unwitnessed = await send(page, "release", { ...ana, how: "in-person" });
    expect(unwitnessed.status).toBe(400);
    expect(text(unwitnessed.html)).toContain("Say who was there when it was said.");
    expect(await listed()).toEqual([]);
    const saved = await send(page, "release", { ...ana, how: "in-person", witness: "Avery Chen" });
    expect([saved.status, saved.location]).toEqual([303, `${page}?saved`]);
    const card = await shown(page);
    expect(card).toContain("Ana Marrow, sister How it stands Counts today");
    expect(card).toContain("said in person, before a witness: Avery Chen");
    expect(await listed()).toMatchObject([
      { number: 1, ...ana, how: "in-person", standing: "valid", by: as },
    ]);
    expect((await send(page, "take-back.1", { reason: "" })).status).toBe(400);
    expect((await send(page, "take-back.1", { reason: "Said so on the phone" })).status).toBe(303);
    const after = await shown(page);
    expect(after).toContain("Was taken back");
    expect(after).toMatch(/Recorded [^@]+, by Casey Morgan \(fictional\)/);
    expect(after).toMatch(/Taken back [^@]+, recorded by Casey Morgan \(fictional\)/);
    expect(await listed()).toMatchObject([{ standing: "revoked", revokedBy: as }]);
    const { items } = await world.store.query("audit", keys.episode(episodeId).pk);
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["release-recorded", "release-taken-back"]),
    );
    expect(JSON.stringify(items)).not.toContain("Marrow");
  });

  it("is refused where somebody else has recorded one meanwhile", async () => {
    const body = { ...ana, how: "paper", version: 0 };
    expect((await world.call(as, "POST", path, body)).status).toBe(200);
    const again = await world.call(as, "POST", path, body);
    expect(JSON.stringify(again.body)).toContain("Somebody else has recorded a release");
    expect((await listed()).length).toBe(1);
  });
});

describe("a family session", () => {
  const family = `${person}/services/family`;
  const held = { state: "done", with: "Her sister Ana", on: "2027-01-11", wasThere: "yes" };

  it("without a release is recorded, and says that nothing may be told", async () => {
    expect(await shown(family)).toContain(
      "No release is recorded: nothing that needs one may be told.",
    );
    expect((await send(family, "service", held)).status).toBe(303);
    expect(await shown(family)).toContain(
      "No release is named for whoever comes: nothing that needs one may be told.",
    );
  });

  it("names the releases of those who come, and says which counted on its day", async () => {
    const releases = [
      ana,
      { ...ana, name: "Bo Marrow", relation: "brother", from: "2027-01-12", until: "2027-06-12" },
    ];
    for (const [version, one] of releases.entries())
      expect((await world.call(as, "POST", path, { ...one, how: "paper", version })).status).toBe(
        200,
      );
    expect(await shown(family)).toContain(
      "Ana Marrow, sister: counts today, until Wednesday, January 20, 2027",
    );
    const saved = await send(family, "service", {
      ...held,
      "release.1": "yes",
      "release.2": "yes",
    });
    expect(saved.status).toBe(303);
    const after = await shown(family);
    expect(after).toContain("Ana Marrow, sister: the release counted on Jan 11, 2027.");
    expect(after).toContain("Bo Marrow, brother: the release did not count yet on Jan 11, 2027.");
    const { body } = await world.call(as, "GET", `/episodes/${episodeId}/services`);
    expect(itemsOf(body)).toMatchObject([{ service: "family", releases: [1, 2] }]);
  });
});
