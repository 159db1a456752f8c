import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { listRoster } from "../../../shared/store/list-sites.ts";
import { readProfile } from "../../../shared/store/person-items.ts";
import { readReferral } from "../../../shared/store/read-referral.ts";
import { itemsOf, StaffWorld } from "../../fakes/staff-world.ts";

const taylor = "taylor-riverside";
const path = "/staff/referral";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create("2027-01-12T15:00:00.000Z");
});

const text = (html: string) =>
  html.replaceAll(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

/** A hospital rings about somebody whose birth date is known and who has a phone. */
const fromTheWard = {
  caller: "service",
  callerName: "Nurse Odile Marsh (fictional)",
  callerFrom: "Lakeside Hospital, ward 4",
  callerPhone: "(212) 555-0177",
  place: "riverside/adult-iop",
  given: "Noemi",
  family: "Ostrander",
  birthDate: "1988-04-02",
  phone: "212 555 0164",
  phoneKind: "own",
  language: "en",
  interpreter: "no",
  reason: "Leaves the ward on Friday and wants day care.",
  safetyAsked: "nothing",
  how: "phone",
};
/** The person rings themself. */
const herself = {
  ...fromTheWard,
  caller: "person",
  callerName: "",
  callerFrom: "",
  callerPhone: "",
};

type Fields = Readonly<Record<string, string>>;
const blank = () => world.formFields(taylor, path, "referral");
async function send(fields: Fields, hidden?: Fields) {
  return world.page(taylor, path, { ...(hidden ?? (await blank())), ...fields });
}
const idOf = (location: string | null) =>
  /episodes\/([0-9A-Z]{26})/.exec(location ?? "")?.[1] ?? "";
async function opened(fields: Fields): Promise<string> {
  const { status, location, html } = await send(fields);
  expect([status, text(html)]).toEqual([303, ""]);
  return idOf(location);
}
async function of(episodeId: string, what: "tasks" | "escalations") {
  return itemsOf((await world.call(taylor, "GET", `/episodes/${episodeId}/${what}`)).body);
}
async function everybody(): Promise<number> {
  const rosters = await Promise.all(
    ["riverside", "mesa"].map((one) => listRoster(world.store, one)),
  );
  return rosters.flat().length;
}
const root = async (episodeId: string) => {
  const { pk, sk } = keys.episode(episodeId);
  return world.store.get("care", pk, sk);
};

describe("a referral by phone", () => {
  it("is taken on one page: who rang, why now, what was heard about safety, and whom it is about", async () => {
    const { status, location } = await send(fromTheWard);
    expect(status).toBe(303);
    const { html } = await world.page(taylor, location ?? "");
    expect(text(html)).toMatch(
      /The referral is taken: [0-9A-Z]{4}-[0-9A-Z]{4}\. The first call is a task/,
    );
    for (const words of [
      "Nurse Odile Marsh (fictional)",
      "Lakeside Hospital, ward 4",
      "(212) 555-0177",
      "Leaves the ward on Friday and wants day care.",
      "Asked in this call: nothing was said.",
    ])
      expect(text(html)).toContain(words);
    expect(await of(idOf(location), "escalations")).toEqual([]);
    // Nothing is agreed to: whoever was referred by others hears from a person first.
    expect(await root(idOf(location))).toMatchObject({
      source: "staff",
      consents: { sms: {}, email: {}, voicemail: false },
    });
  });

  it("needs no birth date and no phone, and says so to whoever makes the first call", async () => {
    const episodeId = await opened({
      ...fromTheWard,
      birthDate: "",
      phone: "",
      reachBy: "Through ward 4, until Friday",
    });
    expect(await root(episodeId)).toMatchObject({
      facts: { under18: false, birthDateUnknown: true },
      reach: { reachBy: true },
    });
    const { html } = await world.page(taylor, `/staff/episodes/${episodeId}`);
    expect(text(html)).toContain("Birth date not known yet");
    // With the birth date comes what was waiting for it.
    const correction = { birthDate: "1988-04-02", reason: "Said so on the call" };
    const { status } = await world.call(
      taylor,
      "POST",
      `/episodes/${episodeId}/corrections`,
      correction,
    );
    expect(status).toBe(200);
    expect((await root(episodeId))?.facts).not.toHaveProperty("birthDateUnknown");
  });

  it("reads words of danger, whoever says them, and alerts for whoever is worried", async () => {
    const said = await opened({
      ...fromTheWard,
      safetyAsked: "said",
      safety: "Wants to kill himself, has a plan for tonight",
    });
    expect(await of(said, "escalations")).toMatchObject([{ tier: "RED" }]);
    const worried = await opened({
      ...herself,
      given: "Odell",
      phone: "212 555 0165",
      safetyAsked: "concern",
    });
    expect(await of(worried, "escalations")).toMatchObject([{ tier: "ORANGE", status: "open" }]);
    const denied = await opened({
      ...fromTheWard,
      given: "Perrin",
      phone: "212 555 0166",
      safetyAsked: "said",
      safety: "Denies SI and HI.",
    });
    expect(await of(denied, "escalations")).toEqual([]);
  });

  it("writes down what the person agrees to aloud, with the words and who heard it", async () => {
    const episodeId = await opened({
      ...herself,
      "consent.sms": "given",
      "consent.voicemail": "takenBack",
      witness: "Ines Vale, interpreter (fictional)",
    });
    expect(await root(episodeId)).toMatchObject({
      consents: { sms: { how: "phone", recordedBy: taylor }, voicemail: false },
    });
    const { html } = await world.page(taylor, `/staff/episodes/${episodeId}`);
    expect(text(html)).toContain("Texts: agreed, said on the phone. Wording read out:");
    expect(text(html)).toContain("Witness: Ines Vale, interpreter (fictional).");
  });

  it.each<[string, Fields, string]>([
    [
      "what others say the person agrees to",
      { ...fromTheWard, "consent.sms": "given" },
      "Only what the person says themself counts as agreed.",
    ],
    [
      "agreement of somebody under 18",
      { ...herself, birthDate: "2010-04-02", "consent.sms": "given" },
      "Under 18: what a minor agrees to starts no messages.",
    ],
    [
      "agreement where nobody knows how old they are",
      { ...herself, birthDate: "", "consent.sms": "given" },
      "The birth date is not known yet: write that down first.",
    ],
    [
      "agreement to texts without a phone",
      { ...herself, phone: "", reachBy: "At the shelter", "consent.sms": "given" },
      "There is no phone number to text: write that down first.",
    ],
    [
      "agreement on paper that nobody saw",
      { ...herself, how: "paper", "consent.sms": "given" },
      "Name who else was there when it was signed or said.",
    ],
    [
      "nobody to reach",
      { ...fromTheWard, phone: "" },
      "Write down a phone number, an email, or how else to reach the person.",
    ],
    ["a number that cannot be", { ...fromTheWard, phone: "911 555 0100" }, "Phone number: "],
    [
      "a birth date to come",
      { ...fromTheWard, birthDate: "2031-01-01" },
      "Birth date: is in the future",
    ],
    [
      "no word about safety",
      { ...fromTheWard, safetyAsked: "" },
      "Say what was heard about safety",
    ],
    ["no caller", { ...fromTheWard, caller: "" }, "Say who is calling or writing."],
    [
      "no name of a caller",
      { ...fromTheWard, callerName: " " },
      "Write down the name of who is calling or writing.",
    ],
    [
      "a site of somebody else's",
      { ...fromTheWard, place: "mesa/adult-iop" },
      "Site and program: ",
    ],
  ])(
    "refuses %s, in words, keeps every word and writes nothing",
    async (_what, fields, sentence) => {
      const { status, html } = await send(fields);
      expect(status).toBe(400);
      expect(text(html)).toContain(sentence);
      expect(html).toContain("Leaves the ward on Friday and wants day care.");
      expect(html).toContain('value="Ostrander"');
      expect(await everybody()).toBe(0);
    },
  );

  it("is taken once, however often the button is pressed", async () => {
    const hidden = await blank();
    const fields = { ...herself, "consent.sms": "given" };
    const both = await Promise.all([send(fields, hidden), send(fields, hidden)]);
    const again = await send(fields, hidden);
    expect([...both, again].map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set([...both, again].map(({ location }) => location)).size).toBe(1);
    expect(await everybody()).toBe(1);
  });
});

describe("a referral by phone of somebody who is perhaps on record already", () => {
  it.each<[string, Fields, string]>([
    ["name and birth date", { phone: "", reachBy: "At the ward" }, "name and birth date"],
    ["phone", { given: "Mimi", family: "O.", birthDate: "1990-01-01" }, "phone number"],
    [
      "name alone, where the birth date is not known",
      { birthDate: "", phone: "", reachBy: "At the ward" },
      "name",
    ],
  ])("asks first, by %s", async (_by, differing, same) => {
    await opened(fromTheWard);
    const { status, html } = await send({ ...fromTheWard, ...differing });
    expect(status).toBe(409);
    expect(text(html)).toContain("Noemi Ostrander is perhaps the same person");
    expect(text(html)).toContain(`The same ${same} `);
    expect(html).toContain("Leaves the ward on Friday and wants day care.");
    expect(await everybody()).toBe(1);
  });

  it("asks about nobody of the same name who was born on another day", async () => {
    await opened(fromTheWard);
    await opened({ ...fromTheWard, birthDate: "1961-11-30", phone: "212 555 0168" });
    expect(await everybody()).toBe(2);
  });

  it("adds it to the record of the same person, or keeps the two apart, as staff say", async () => {
    const first = await opened(fromTheWard);
    const same = await send({ ...fromTheWard, [`same.${first}`]: "same-person" });
    expect([same.status, same.location]).toEqual([303, `/staff/episodes/${first}?referral=added`]);
    expect(text((await world.page(taylor, same.location ?? "")).html)).toContain(
      "What it says is being added to this record.",
    );
    const other = { ...fromTheWard, family: "Ostrander-Vale" };
    const apart = await send({ ...other, [`same.${first}`]: "not-the-same" });
    // The second referral of the same person is asked about as well.
    expect([apart.status, text(apart.html)]).toEqual([
      409,
      expect.stringContaining("is perhaps the same person"),
    ]);
    const open = [...apart.html.matchAll(/name="same\.([0-9A-Z]{26})"/g)].map(([, id = ""]) => id);
    const all = Object.fromEntries(open.map((id) => [`same.${id}`, "not-the-same"]));
    const episodeId = await opened({ ...other, ...all, [`same.${first}`]: "not-the-same" });
    const asked = (await of(episodeId, "tasks")).filter(
      ({ taskKind }) => taskKind === "same-person",
    );
    expect(asked.map(({ status, outcome }) => [status, outcome])).toEqual(
      asked.map(() => ["done", expect.objectContaining({ code: "not-the-same" })]),
    );
    expect(asked.length).toBeGreaterThan(0);
  });

  it("keeps what was said in who somebody is, and in the words of the referral", async () => {
    const episodeId = await opened({ ...fromTheWard, caller: "family", callerFrom: "Her sister" });
    const participantId = String((await root(episodeId))?.participantId);
    expect(await readProfile(world.store, participantId)).toMatchObject({
      given: "Noemi",
      birthDate: "1988-04-02",
    });
    expect(await readReferral(world.store, participantId, episodeId)).toMatchObject({
      referrer: { name: "Nurse Odile Marsh (fictional)", relationship: "Her sister" },
      safety: "Asked in this call: nothing was said.",
    });
  });
});
