// Long because it holds the table of every fact about a person: the form that corrects it, and what follows.
import { beforeEach, describe, expect, it } from "vitest";
import { MemoryFunctionRunner } from "../../../local/in-memory/memory-function-runner.ts";
import { MemoryWorkflowRunner } from "../../../local/in-memory/memory-workflow-runner.ts";
import { episodeSchema } from "../../../shared/care/episode/episode.ts";
import { keys } from "../../../shared/keys/keys.ts";
import { profileForm } from "../../../shared/store/person-items.ts";
import { carryOutOutboxEntry } from "../../../workflows/run/carry-out-outbox-entry.ts";
import { buildMessage } from "../../builders/message.ts";
import { episodeId, participantId, tuesdayMorning } from "../../builders/state.ts";
import { personAt, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";
const path = `/staff/episodes/${episodeId}/about`;
const reason = "Said so on the phone";

let world: StaffWorld;
beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  await world.add({
    episode: personAt("riverside", { status: "active", admittedOn: "2027-01-04", week: 2 }),
    items: [
      buildMessage({
        step: "weekly-text",
        contactPointId: "cp-sms",
        sendAt: "2027-01-13T14:10:00.000Z",
        anchorAt: "2027-01-13T13:00:00.000Z",
      }),
    ],
  });
});

const text = (html: string) =>
  html
    .replaceAll(/<(style|option)[\s\S]*?<\/\1>|<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll("&#39;", "’");

/** Sends one form of the page with these fields, the rest as the page holds it. */
async function send(form: string, fields: Readonly<Record<string, string>>) {
  const hidden = await world.formFields(casey, path, form);
  expect(hidden.form).toBe(form);
  const unchanged = Object.fromEntries(
    Object.entries(hidden)
      .filter(([name]) => name.startsWith("was."))
      .map(([name, value]) => [name.slice("was.".length), value]),
  );
  // What a select of the page holds where nobody touches it.
  const selected = form === "phone" || form === "email" ? { givenBy: "participant" } : {};
  return world.page(casey, path, { ...selected, ...unchanged, ...hidden, reason, ...fields });
}

/** Saves it, and reads the page that follows. */
async function save(form: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const saved = await send(form, fields);
  expect([saved.status, text(saved.html)]).toEqual([303, expect.anything()]);
  expect(world.errors).toEqual([]);
  return text((await world.page(casey, saved.location ?? "")).html);
}

/** Carries out what the last commands owe, as the outbox does within a second. */
async function carryOut(): Promise<void> {
  const deps = {
    ...world.deps,
    runner: new MemoryWorkflowRunner(),
    functions: new MemoryFunctionRunner(),
  };
  for (const entry of world.store.all("care").filter(({ kind }) => kind === "effect"))
    await carryOutOutboxEntry(deps, entry);
}

const profile = () => {
  const key = keys.profile(participantId);
  return world.store.get("identity", key.pk, key.sk);
};

/** Each group of facts, what is typed, and what the page says afterwards. */
const groups: readonly (readonly [
  fact: string,
  form: string,
  fields: Readonly<Record<string, string>>,
  words: readonly string[],
])[] = [
  ["name", "names", { given: "Robyn", family: "Tester" }, ["Name Robyn Tester"]],
  ["preferred name", "names", { preferredName: "Rob" }, ["Preferred name Rob", "About Rob T."]],
  ["pronouns", "names", { pronouns: "they/them" }, ["Pronouns they/them"]],
  ["birth date", "birth", { birthDate: "1990-03-02" }, ["Born Mar 2, 1990"]],
  ["record number", "birth", { recordNumber: "MRN-7" }, ["Record number MRN-7"]],
  [
    "phone",
    "phone",
    { phone: "(212) 555-0177" },
    ["Phone (212) 555-0177", "1 planned text now goes to (212) 555-0177."],
  ],
  [
    "whose phone",
    "phone",
    { phone: "212 555 0177", phoneKind: "shared" },
    ["shared phone: say nothing to others"],
  ],
  ["email", "email", { email: "rob@example.org" }, ["Email rob@example.org"]],
  ["safe times", "reach", { safeTimes: "Mornings, say Sam" }, ["Safe times Mornings, say Sam"]],
  ["reach by", "reach", { reachBy: "Word at the shelter" }, ["Reach by Word at the shelter"]],
  [
    "language",
    "language",
    { language: "es" },
    ["Language Spanish", "1 planned message now goes out in the new language."],
  ],
  [
    "a language that is not in the list",
    "language",
    { language: "other", otherLanguage: "uk" },
    ["Language Ukrainian", "1 planned message does not go any more.", "1 task was opened"],
  ],
  ["interpreter", "language", { interpreter: "yes" }, ["Interpreter needed"]],
  [
    "time zone",
    "language",
    { timeZone: "America/Los_Angeles" },
    [
      "Time zone Pacific Time (Los Angeles)",
      "1 planned message now goes at another hour. The first moves from Wed, Jan 13, 2027, 6:10 AM to Wed, Jan 13, 2027,",
    ],
  ],
  [
    "home",
    "home",
    { homeAddress: "7 Orchard Road, Hoboken", homeState: "NJ" },
    ["Home 7 Orchard Road, Hoboken, New Jersey"],
  ],
  ["access needs", "access", { accessNeeds: "Step-free" }, ["Access needs Step-free"]],
  [
    "emergency contact",
    "emergency",
    { contactName: "Sam", contactRelationship: "sister", contactPhone: "212 555 0144" },
    ["Emergency contact Sam, sister, (212) 555-0144"],
  ],
  ["pregnancy", "referral", { pregnant: "yes" }, ["Pregnant yes", "1 task was opened"]],
  ["injecting", "referral", { injects: "yes" }, ["Injects drugs yes", "1 task was opened"]],
  [
    "last day of higher care",
    "referral",
    { recentHigherCareOn: "2027-01-08" },
    ["Higher care until Jan 8, 2027"],
  ],
];

/** Which form of the page corrects each stored fact about a person; `undefined` where it is no fact of theirs. */
const formOfFact: Readonly<Record<string, string | undefined>> = {
  "profile.participantId": undefined,
  "profile.given": "names",
  "profile.family": "names",
  "profile.preferredName": "names",
  "profile.pronouns": "names",
  "profile.birthDate": "birth",
  "profile.recordNumber": "birth",
  "profile.reachBy": "reach",
  "profile.safeTimes": "reach",
  "profile.phoneId": "phone",
  "profile.emailId": "email",
  "profile.accessNeeds": "access",
  "profile.emergencyContact": "emergency",
  "profile.homeAddress": "home",
  "facts.homeState": "home",
  // Who put what right, which the page tells below the facts.
  "profile.said": undefined,
  "facts.interpreter": "language",
  "facts.under18": "birth",
  "facts.birthDateUnknown": "birth",
  "facts.pregnant": "referral",
  "facts.injects": "referral",
  "facts.recentHigherCareOn": "referral",
  // What they have answered, which is put right by answering.
  "facts.answeredInstruments": undefined,
  "reach.sms": "phone",
  "reach.email": "email",
  "reach.reachBy": "reach",
  "consents.sms": "consent",
  "consents.email": "consent",
  "consents.voicemail": "consent",
  "consents.aftercare": "consent",
  siteId: "transfer",
  language: "language",
  timeZone: "language",
};

it("every stored fact about who a person is, how they are reached, what they agreed to and where has its form", async () => {
  const { shape } = episodeSchema;
  const stored = [
    ...Object.keys(profileForm.schema.shape).map((name) => `profile.${name}`),
    ...Object.keys(shape.facts.shape).map((name) => `facts.${name}`),
    ...Object.keys(shape.reach.shape).map((name) => `reach.${name}`),
    ...Object.keys(shape.consents.shape).map((name) => `consents.${name}`),
    ...Object.keys(shape).filter((name) => ["siteId", "language", "timeZone"].includes(name)),
  ];
  expect(stored.sort()).toEqual(Object.keys(formOfFact).sort());
  const { html } = await world.page(casey, path);
  for (const [fact, form] of Object.entries(formOfFact))
    if (form !== undefined) expect(html, fact).toContain(`name="form" value="${form}"`);
});

describe("the page about a person", () => {
  it.each(groups)("corrects the %s, and says in words what followed", async (...row) => {
    const [, form, fields, words] = row;
    const page = await save(form, fields);
    expect(page).toContain("Saved.");
    for (const one of words) expect(page).toContain(one);
    // Who did it and why stands there for whoever looks next.
    expect(page).toContain(reason);
    expect(page).toContain("What was put right");
  });

  it("says that nothing had to change where nothing had to", async () => {
    expect(await save("names", { pronouns: "she/her" })).toContain(
      "Nothing that was planned had to change.",
    );
  });

  it("shows a number in its form as people write it, and takes it for no change", async () => {
    await save("phone", { phone: "+12125550177" });
    const fields = await world.formFields(casey, path, "phone");
    expect(fields["was.phone"]).toBe("(212) 555-0177");
    const { status, html } = await send("phone", { phone: "(212) 555-0177" });
    expect([status, text(html)]).toEqual([
      400,
      expect.stringContaining("Nothing here differs from what is on record."),
    ]);
  });

  it("takes away what somebody has not", async () => {
    await save("birth", { recordNumber: "MRN-7" });
    expect(await save("birth", { recordNumber: "" })).toContain("Record number not on record");
    expect(await save("phone", { phone: "" })).toContain("Phone not on record");
    expect(await save("email", { email: "" })).toContain("Email not on record");
  });

  it("closes a number as staff are told, and opens it again where no carrier heard the stop", async () => {
    const point = async () => {
      const key = keys.contactPoint("cp-email");
      return world.store.get("care", key.pk, key.sk);
    };
    const closed = await save("reach-state", { channel: "email", what: "asked-for-no-more" });
    expect(closed).toContain("Number or address closed: email, asked for no more.");
    await carryOut();
    expect(await point()).toMatchObject({ state: "opted-out", optOut: { how: "staff" } });
    expect(text((await world.page(casey, path)).html)).toContain("Where they say that they want");
    await save("reach-state", { channel: "email", what: "confirm" });
    await carryOut();
    expect(await point()).toMatchObject({ state: "open" });
    const lost = await save("reach-state", { channel: "sms", what: "somebody-elses" });
    expect(lost).toContain("1 planned message does not go any more.");
    expect(lost).toContain("1 task was opened");
  });

  it("writes down what the person agrees to, and says what followed", async () => {
    const taken = await save("consent", { "consent.sms": "takenBack", how: "phone" });
    expect(taken).toContain("What the person agrees to written down: took back texts.");
    expect(taken).toContain("1 planned message does not go any more.");
    const given = await save("consent", {
      "consent.sms": "given",
      how: "in-person",
      witness: "Sam Reyes",
    });
    expect(given).toContain("agreed to texts");
    expect(given).toMatch(/messages? (is|are) planned anew/);
    const refused = await send("consent", { "consent.sms": "given", how: "paper", witness: "" });
    expect([refused.status, text(refused.html)]).toEqual([
      400,
      expect.stringContaining("Name who else was there"),
    ]);
  });

  it("puts a death right that was recorded by mistake, where a clinician says so", async () => {
    const avery = "avery-riverside";
    const own = `/staff/episodes/${episodeId}`;
    expect((await world.page(avery, path)).html).not.toContain("recorded by mistake");
    const recorded = await world.page(casey, own, {
      ...(await world.formFields(casey, own, "discharge")),
      disposition: "deceased",
      reason: "The family rang",
    });
    expect([recorded.status, text(recorded.html)]).toEqual([303, expect.anything()]);
    const theirs = text((await world.page(casey, path)).html);
    expect(theirs).toContain("a clinician or a supervisor puts it right here");
    const sent = await world.page(avery, path, {
      ...(await world.formFields(avery, path, "death")),
      reason: "Somebody of the same name",
    });
    expect([sent.status, text(sent.html)]).toEqual([303, expect.anything()]);
    const saved = text((await world.page(avery, sent.location ?? "")).html);
    expect(saved).toContain("Saved. Death recorded by mistake, put right");
    expect(saved).toContain("Somebody of the same name");
    expect(saved).toContain("In the program");
  });

  it("is led to from the person's own page", async () => {
    const { html } = await world.page(casey, `/staff/episodes/${episodeId}`);
    expect(html).toContain(`href="${path}"`);
  });

  it("leaves alone what somebody else corrected while the form stood open", async () => {
    const hidden = await world.formFields(casey, path, "names");
    await save("names", { family: "Tester" });
    const later = await world.page(casey, path, {
      ...hidden,
      given: "Robin",
      family: "Testperson",
      preferredName: "Rob",
      pronouns: "",
      reason,
    });
    expect(later.status).toBe(303);
    expect(await profile()).toMatchObject({ family: "Tester", preferredName: "Rob" });
  });

  it("refuses in words beside the field, keeps every word in its box, and writes nothing", async () => {
    const refused: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
      ["names", { given: "" }, "Given name:"],
      ["names", { pronouns: "she", reason: "" }, "Reason:"],
      ["names", {}, "Nothing here differs from what is on record."],
      ["birth", { birthDate: "1990-02-30" }, "Birth date: must be a date that exists"],
      ["birth", { birthDate: "2030-01-01" }, "The birth date is in the future."],
      ["phone", { phone: "555 01" }, "Phone number: must be a phone number"],
      ["phone", { phone: "2125550177", givenBy: "" }, "Who gave it:"],
      ["email", { email: "rob at example" }, "Email address: must be an email address"],
      ["language", { language: "other", otherLanguage: "Ukrainian!" }, "Language: must be a lang"],
      ["emergency", { contactName: "Sam", contactPhone: "" }, "Their phone: must be a phone"],
    ];
    for (const [form, fields, words] of refused) {
      const { html, status } = await send(form, fields);
      expect([status, text(html)]).toEqual([400, expect.stringContaining(words)]);
      for (const value of Object.values(fields).filter((one) => one !== ""))
        expect(html).toContain(`value="${value}"`);
      if (fields.reason === undefined) expect(html).toContain(`>${reason}</textarea>`);
    }
    const audit = await world.store.query("audit", keys.episode(episodeId).pk);
    expect(audit.items).toEqual([]);
    expect(world.errors).toEqual([]);
  });
});

describe("the program", () => {
  it("is shown, and put right before the admission, with what followed", async () => {
    await world.add({ episode: personAt("riverside", { status: "screening" }) });
    expect(text((await world.page(casey, path)).html)).toContain(
      "Program Adult intensive outpatient program",
    );
    const saved = await save("program", { programId: "sud-iop", reason: "Came for alcohol" });
    expect(saved).toContain("Program put right");
    expect(saved).toContain("Came for alcohol");
  });

  it("of somebody who is in it cannot be changed there", async () => {
    const page = text((await world.page(casey, path)).html);
    expect(page).toContain("Program Adult intensive outpatient program");
    expect(page).not.toContain("Which program");
  });
});
