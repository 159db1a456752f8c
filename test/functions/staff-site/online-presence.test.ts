import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { buildSession } from "../../builders/attendance.ts";
import { episodeId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const as = "casey-riverside";
const session = buildSession({
  place: { onlineAddress: "https://meet.example.org/group" },
  leaderId: "avery-riverside",
});
const path = `/staff/attendance/${session.groupSessionId}`;
const here = { address: "7 Orchard Road, Hoboken", state: "NJ", callback: "+12125550199" };
let world: StaffWorld;

async function enter(fields: Readonly<Record<string, string>>) {
  const own = Object.entries(fields).map(([name, value]) => [`${name}.${episodeId}`, value]);
  const hidden = await world.formFields(as, path, "attendance");
  return await world.page(as, path, { ...hidden, ...Object.fromEntries(own) });
}
const html = async () => (await world.page(as, path)).html;
const entered = async () => (await world.item(episodeId, session.sk))?.attendance;
/** What stands in a field of the person's line. */
const typedIn = (page: string, name: string) =>
  new RegExp(`name="${name}\\.${episodeId}"[^>]*value="([^"]*)"`).exec(page)?.[1];

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  const episode = personAt("riverside", { status: "active", admittedOn: "2027-01-08", week: 1 });
  await world.add({
    episode: { ...episode, facts: { ...episode.facts, homeState: "NY" } },
    items: [session],
  });
  const key = keys.profile(episode.participantId);
  const profile = await world.store.get("identity", key.pk, key.sk);
  if (profile === undefined) throw new Error("Nobody knows who this is");
  await world.put({ ...profile, homeAddress: "40 Elm Street" }, "identity");
});

describe("somebody who comes online, on the page of a session", () => {
  it("stands there with where they live until it is said where they are, and with that from then on", async () => {
    const before = await html();
    expect(typedIn(before, "address")).toBe("40 Elm Street");
    expect(before).toContain('<option value="NY" selected');
    const saved = await enter({ status: "present", ...here, state: "NY" });
    expect([saved.status, saved.location]).toEqual([303, `${path}?saved=1`]);
    const after = await html();
    expect(typedIn(after, "address")).toBe(here.address);
    expect(typedIn(after, "callback")).toBe("(212) 555-0199");
    expect(await entered()).toMatchObject({ online: { state: "NY" } });
    expect(JSON.stringify(await entered())).not.toContain("Orchard");
  });

  it("is asked for by what is missing, and what was typed stays", async () => {
    const refused = await enter({ status: "present", address: "", state: "NY", callback: "x" });
    expect(refused.status).toBe(400);
    expect(refused.html).toContain("who comes online: where they are, the number to call back");
    expect(await entered()).toBeUndefined();
  });

  it("is somewhere else than the leader is licensed: that is said, and entered with a reason", async () => {
    const refused = await enter({ status: "present", ...here });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain(
      "Avery Chen (fictional) is licensed in New York, and the person is in New Jersey at that time.",
    );
    await enter({ status: "present", ...here, reason: "At her sister’s for two days" });
    expect(await entered()).toMatchObject({ online: { state: "NJ", isOutsideLicence: true } });
    expect(await html()).toContain("No licence of the leader is on record there.");
  });

  it("is asked for nothing when they did not come", async () => {
    expect((await enter({ status: "excused" })).status).toBe(303);
  });
});

describe("the same over the API", () => {
  const put = (rows: Readonly<Record<string, unknown>>) =>
    world.call(as, "PUT", `/sessions/${session.groupSessionId}/attendance`, [
      { episodeId, status: "present", ...rows },
    ]);
  const roster = async () =>
    (await world.call(as, "GET", `/sessions/${session.groupSessionId}/roster`)).body;

  it("says what the record knows, takes where the person is, and says it from then on", async () => {
    expect((await roster()).items).toMatchObject([
      { isOnline: true, onRecord: { address: "40 Elm Street", state: "NY" } },
    ]);
    const refused = await put({});
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      409,
      expect.stringContaining("This session is online: say where the person is"),
    ]);
    expect((await put({ presence: { ...here, state: "XX" } })).status).toBe(400);
    const presence = { ...here, state: "NY" };
    for (let time = 0; time < 2; time += 1)
      expect((await put({ presence })).body.results).toMatchObject([{ result: "recorded" }]);
    expect((await roster()).items).toMatchObject([{ presence, corrections: 0 }]);
  });

  it("comes in by a file as it went out, and a line that does not say where the person is, is left out", async () => {
    const head =
      "Day,Begins,Reference,Attendance,Online: where they are,Online: state,Online: callback number";
    const look = async (line: string) =>
      (await world.call(as, "POST", "/imports/attendance", { csv: `${head}\r\n${line}` })).body;
    const [without, wrong] = await Promise.all([
      look("2027-01-11,09:00,TC-0001,Present,,,"),
      look("2027-01-11,09:00,TC-0001,Present,40 Elm Street,Jersey,(212) 555-0199"),
    ]);
    expect(without.lines).toMatchObject([
      { sentence: expect.stringContaining("This session is online") },
    ]);
    expect(wrong.lines).toMatchObject([{ sentence: expect.stringContaining("postal code") }]);
    const csv = `${head}\r\n2027-01-11,09:00,TC-0001,Present,40 Elm Street,ny,(212) 555-0199`;
    const { seen } = (await world.call(as, "POST", "/imports/attendance", { csv })).body;
    await world.call(as, "POST", "/imports/attendance", { csv, seen });
    expect((await roster()).items).toMatchObject([
      { presence: { address: "40 Elm Street", state: "NY", callback: "+12125550199" } },
    ]);
    const table = await world.call(as, "GET", "/exports/attendance?from=2027-01-11&to=2027-01-11");
    expect(JSON.stringify(table.body)).toContain("40 Elm Street");
  });
});
