import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { buildMessage } from "../../builders/message.ts";
import { episodeId, participantId, tuesdayMorning } from "../../builders/state.ts";
import { itemsOf, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";
const reason = "Said so on the phone";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [buildMessage({ step: "weekly-text", contactPointId: "cp-sms" })],
  });
});

const correct = (body: object, as = casey) =>
  world.call(as, "POST", `/episodes/${episodeId}/corrections`, { reason, ...body });
const profile = async () => {
  const key = keys.profile(participantId);
  return world.store.get("identity", key.pk, key.sk);
};
const audit = async () => (await world.store.query("audit", keys.episode(episodeId).pk)).items;

/** Each fact with a value that it is corrected to, and where that is read afterwards. */
const facts: readonly (readonly [string, object, object])[] = [
  ["name", { name: { given: "Robyn", family: "Tester" } }, { given: "Robyn", family: "Tester" }],
  ["preferredName", { preferredName: "Rob" }, { preferredName: "Rob" }],
  ["pronouns", { pronouns: "they/them" }, { pronouns: "they/them" }],
  ["birthDate", { birthDate: "1990-03-02" }, { birthDate: "1990-03-02" }],
  ["reachBy", { reachBy: "Leave word at the shelter" }, { reachBy: "Leave word at the shelter" }],
  ["safeTimes", { safeTimes: "Mornings, say Sam" }, { safeTimes: "Mornings, say Sam" }],
  ["accessNeeds", { accessNeeds: "Step-free" }, { accessNeeds: "Step-free" }],
  ["recordNumber", { recordNumber: "MRN-7" }, { recordNumber: "MRN-7" }],
  [
    "emergencyContact",
    { emergencyContact: { name: "Sam", relationship: "sister", phone: "+12125550144" } },
    { emergencyContact: { name: "Sam", relationship: "sister", phone: "+12125550144" } },
  ],
];

describe("a fact about a person", () => {
  it.each(facts)("%s is put right, with who said so and when", async (fact, body, kept) => {
    expect((await correct(body)).status).toBe(200);
    expect(await profile()).toMatchObject({
      ...kept,
      said: { [fact]: { at: tuesdayMorning, by: casey } },
    });
    const entries = await audit();
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ action: "person-corrected", facts: { facts: fact } });
    // Names, numbers and words stand in `identity`; the trail says which facts.
    for (const value of Object.values(kept).flatMap((one) =>
      typeof one === "string" ? [one] : Object.values(one as object),
    ))
      expect(JSON.stringify(entries)).not.toContain(value);
  });

  it("is what the person is found by from then on, in every list", async () => {
    const found = async (search: string) =>
      itemsOf((await world.call(casey, "GET", `/participants?search=${search}`)).body).length;
    expect(await found("testperson")).toBe(1);
    await correct({ name: { given: "Robyn", family: "Abernathy" } });
    await correct({ recordNumber: "MRN-7" });
    await correct({ birthDate: "1990-03-02" });
    for (const search of ["abernathy+robyn", "mrn-7", "1990-03-02"])
      expect([search, await found(search)]).toEqual([search, 1]);
    for (const search of ["testperson", "1990-02-03"])
      expect([search, await found(search)]).toEqual([search, 0]);
  });

  it("is taken away where somebody has none", async () => {
    await correct({ recordNumber: "MRN-7" });
    expect((await correct({ recordNumber: null })).status).toBe(200);
    expect(await profile()).not.toHaveProperty("recordNumber");
    expect((await correct({ phone: null })).status).toBe(200);
    const { body } = await world.call(casey, "GET", `/episodes/${episodeId}`);
    expect(body.contact).not.toHaveProperty("phone");
  });

  it("needs a reason, and is refused in words that say what is wrong, with nothing written", async () => {
    const refused: readonly (readonly [object, string])[] = [
      [{ pronouns: "she", reason: "" }, "reason"],
      [{}, "name at least one fact"],
      [{ birthDate: "1990-02-30" }, "must be a date that exists"],
      [{ birthDate: "2030-01-01" }, "The birth date is in the future."],
      [{ timeZone: "Mars/Base" }, "must be a time zone"],
      [{ language: "english" }, "must be a language tag"],
      [{ phone: { number: "12", kind: "own", givenBy: "participant" } }, "phone number"],
      [
        { phone: { number: "+18885550177", kind: "own", givenBy: "participant" } },
        "toll-free or premium number",
      ],
      [{ phone: { number: "+12125550177", kind: "own" } }, "who gave it"],
      [{ pronouns: null }, "This is on record already."],
      [{ shoeSize: 9 }, "shoeSize"],
    ];
    for (const [body, words] of refused) {
      const answer = await correct(body);
      expect(answer.status, words).toBeGreaterThanOrEqual(400);
      expect(answer.status, words).toBeLessThan(500);
      expect(JSON.stringify(answer.body)).toContain(words);
    }
    expect(await audit()).toEqual([]);
    expect((await correct({ pronouns: "she" }, "casey-mesa")).status).toBe(404);
  });
});

describe("what was planned", () => {
  const planned = async () =>
    itemsOf((await world.call(casey, "GET", `/episodes/${episodeId}/messages`)).body);
  const phone = { number: "+12125550177", kind: "own", givenBy: "participant" };

  it("goes to the new number, which nobody has vouched for yet", async () => {
    const answer = await correct({ phone });
    expect(answer.body, world.errors.join()).toMatchObject({ episodeId });
    expect(answer.status).toBe(200);
    const contactPointId = world.deps.secrets.contactPointId("+12125550177");
    expect(await planned()).toMatchObject([{ status: "PLANNED", contactPointId }]);
    const { body } = await world.call(casey, "GET", `/episodes/${episodeId}`);
    expect(body.contact).toMatchObject({
      phone: { address: "+12125550177", hasConsent: true, isConfirmed: false },
    });
  });

  it("does not go to a number that somebody else gave: nobody agreed to that", async () => {
    await correct({ phone: { ...phone, givenBy: "someone-else" }, email: null });
    expect(await planned()).toMatchObject([{ status: "SUPPRESSED", reason: "contact-changed" }]);
    const tasks = itemsOf((await world.call(casey, "GET", `/episodes/${episodeId}/tasks`)).body);
    expect(tasks.map(({ taskKind }) => taskKind)).toContain("channel-needed");
  });

  it("goes nowhere for somebody who turns out to be under 18", async () => {
    await correct({ birthDate: "2011-01-01" });
    expect(await planned()).toMatchObject([{ status: "SUPPRESSED", reason: "no-consent" }]);
    const { body } = await world.call(casey, "GET", `/episodes/${episodeId}`);
    expect(body).toMatchObject({ facts: { under18: true } });
  });
});
