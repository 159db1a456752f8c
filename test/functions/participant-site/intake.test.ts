import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { fictionalAnswers, SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
});

function roots() {
  return world.store.all("care").filter((item) => item.sk === "EPISODE");
}

describe("asking for care", () => {
  it("goes from the start page to a reference, with the person's own consents", async () => {
    await visitor.open("/");
    expect(visitor.main).toContain('href="/start"');
    await visitor.fillIn(fictionalAnswers);
    expect(visitor.main).toContain("Robin Okafor");
    expect(visitor.main).toContain("March 28, 1990");
    await visitor.submit();
    expect(visitor.path).toBe("/start/sent");
    expect(visitor.main).toMatch(/Your reference is <strong>[0-9A-Z]{4}-[0-9A-Z]{4}</);
    expect(visitor.main).toContain("You hear from us by Wednesday, January 13");
    // The forms go by message, and no task asks a person to call.
    expect(visitor.main).not.toMatch(/person from the office/);
    expect(visitor.main).not.toContain("<form");
    const [root] = roots();
    const episode = await world.episode(String(root?.episodeId));
    expect(episode).toMatchObject({
      source: "self",
      language: "en",
      timeZone: "America/New_York",
      facts: { interpreter: false },
      consents: {
        sms: { grantedAt: world.now() },
        email: { grantedAt: world.now() },
        voicemail: false,
      },
    });
    const profile = keys.profile(episode.participantId);
    expect(await world.store.get("identity", profile.pk, profile.sk)).toMatchObject({
      given: "Robin",
      family: "Okafor",
      preferredName: "Rob",
    });
    expect(world.problems).toEqual([]);
  });

  it("takes a number and an address as address books copy them", async () => {
    await visitor.fillIn({
      ...fictionalAnswers,
      phone: "\u202A+1 (212) 555\u20110195\u202C",
      email: "\u200Brobin@example.org",
    });
    expect(visitor.main).toContain("(212) 555-0195");
    await visitor.submit();
    expect(visitor.path).toBe("/start/sent");
    const kept = world.store.all("identity").map((item) => item.address);
    expect(kept).toEqual(expect.arrayContaining(["+12125550195", "robin@example.org"]));
  });

  it("goes the same way in Spanish", async () => {
    await visitor.open("/?lang=es");
    expect(visitor.html).toContain('<html lang="es"');
    await visitor.fillIn({ ...fictionalAnswers, language: "es" });
    expect(visitor.title).toContain("Revise sus respuestas");
    await visitor.submit();
    expect(visitor.main).toContain("Su referencia es");
    const [root] = roots();
    expect(root).toMatchObject({ language: "es" });
  });

  it("asks whose language is not in the list which it is, and tells whoever calls", async () => {
    const answers = { ...fictionalAnswers, language: "und", interpreter: "yes" };
    await visitor.fillIn({ ...answers, otherLanguage: "አማርኛ (Amharic)" });
    await visitor.open("/start/other-language");
    await visitor.submit({ otherLanguage: " " });
    expect(visitor.main).toContain("Enter the language");
    await visitor.open("/start/check");
    expect(visitor.main).toContain("Another language");
    expect(visitor.main).toContain("አማርኛ (Amharic)");
    await visitor.submit();
    expect(visitor.path).toBe("/start/sent");
    expect(roots()).toMatchObject([{ language: "und", facts: { interpreter: true } }]);
    expect(world.store.all("identity")).toContainEqual(
      expect.objectContaining({ accessNeeds: "Language: አማርኛ (Amharic)" }),
    );
  });

  it("forgets that language when another one is chosen from the list", async () => {
    await visitor.fillIn({ ...fictionalAnswers, language: "und", otherLanguage: "Amharic" });
    await visitor.open("/start/language");
    await visitor.submit({ language: "fr" });
    await visitor.open("/start/check");
    expect(visitor.main).not.toContain("Amharic");
    await visitor.submit();
    expect(JSON.stringify(world.store.all("identity"))).not.toContain("Amharic");
  });

  it("ticks no box beforehand and takes an empty box for a no", async () => {
    const { smsConsent: _s, emailConsent: _e, ...answers } = fictionalAnswers;
    await visitor.open("/start");
    await visitor.submit();
    await visitor.fillIn(answers);
    for (const page of ["/start/texts", "/start/emails", "/start/voicemail"]) {
      await visitor.open(page);
      expect(visitor.main).toContain('type="checkbox"');
      expect(visitor.main).not.toContain("checked");
    }
    await visitor.open("/start/check");
    await visitor.submit();
    const episode = await world.episode(String(roots()[0]?.episodeId));
    expect(episode.consents).toEqual({ sms: {}, email: {}, voicemail: false });
  });

  it("shows the policy's own wording of each consent", async () => {
    await visitor.fillIn(fictionalAnswers);
    await visitor.open("/start/texts");
    expect(visitor.main).toContain("Message and data rates may apply. Reply HELP for help, STOP");
    await visitor.open("/start/emails?lang=es");
    expect(visitor.main).toContain("Acepto recibir correos automáticos");
  });

  it("asks for another way when there is neither phone nor email", async () => {
    const { phone: _p, email: _e, ...answers } = fictionalAnswers;
    await visitor.fillIn({ ...answers, reachBy: "The library, on Mondays" });
    expect(visitor.main).not.toContain("/start/texts");
    await visitor.submit();
    const episode = await world.episode(String(roots()[0]?.episodeId));
    expect(episode.reach).toEqual({ reachBy: true });
  });

  it("asks for consent again when the number is another one", async () => {
    await visitor.fillIn(fictionalAnswers);
    await visitor.open("/start/phone");
    await visitor.submit({ phone: "212 555 0199" });
    expect(visitor.path).toBe("/start/phone-kind");
    await visitor.submit({ phoneKind: "shared" });
    expect(visitor.path).toBe("/start/texts");
    expect(visitor.main).toContain("(212) 555-0199");
    expect(visitor.main).not.toContain("checked");
  });

  it("shows names as text", async () => {
    await visitor.fillIn({
      ...fictionalAnswers,
      given: "<script>alert(1)</script>",
      usedName: '"&',
    });
    expect(visitor.main).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(visitor.html).not.toContain("<script");
    await visitor.open("/start/name");
    expect(visitor.main).toContain('value="&lt;script&gt;');
  });

  it("puts help first when the words ask for it", async () => {
    await visitor.fillIn({ ...fictionalAnswers, reason: "I want to kill myself" });
    await visitor.submit();
    expect(visitor.main).toContain('href="tel:988"');
    const episodeId = String(roots()[0]?.episodeId);
    expect(await world.episodeItems(episodeId, "escalation")).toEqual([
      expect.objectContaining({ tier: "RED", status: "open" }),
    ]);
  });
});

describe("sending twice", () => {
  it("opens one episode for two clicks, one after the other", async () => {
    await visitor.fillIn(fictionalAnswers);
    const { hidden } = visitor;
    await visitor.submit();
    const first = visitor.main;
    await visitor.post("/start/send", hidden);
    expect(visitor.main).toBe(first);
    expect(roots()).toHaveLength(1);
  });

  it("opens one episode for two clicks at once, both with the form's cookie", async () => {
    await visitor.fillIn(fictionalAnswers);
    const form = visitor.form(visitor.hidden);
    const [one, two] = await Promise.all([
      visitor.request("/start/send", form),
      visitor.request("/start/send", form),
    ]);
    expect([one.status, two.status]).toEqual([303, 303]);
    expect(roots()).toHaveLength(1);
  });

  it("says that it was sent before when a changed form comes under the same key", async () => {
    await visitor.fillIn(fictionalAnswers);
    const kept = new Map(visitor.cookies);
    await visitor.submit();
    visitor.cookies.clear();
    for (const [name, value] of kept) visitor.cookies.set(name, value);
    await visitor.open("/start/name");
    await visitor.submit({ given: "Robyn", family: "Okafor" });
    await visitor.submit();
    expect(visitor.status).toBe(422);
    expect(visitor.main).toContain("You sent this form before");
    expect(roots()).toHaveLength(1);
  });
});

describe("what is refused", () => {
  it.each([
    ["name", { given: "", family: "Okafor" }, "Enter your first name"],
    ["name", { given: "\u200B\u3164", family: "Okafor" }, "Enter your first name"],
    ["name", { given: "Robin\u202Enibor", family: "Okafor" }, "Enter your first name"],
    ["birth-date", {}, "Enter your date of birth"],
    ["birth-date", { "birth-month": "3", "birth-day": "28" }, "must include a year"],
    [
      "birth-date",
      { "birth-month": "2", "birth-day": "30", "birth-year": "1990" },
      "must be a real date",
    ],
    [
      "birth-date",
      { "birth-month": "1", "birth-day": "13", "birth-year": "2027" },
      "must be in the past",
    ],
    ["phone", { phone: "12345" }, "Enter a US phone number"],
    ["phone", { phone: "(112) 555-0142" }, "Enter a US phone number"],
    ["phone", { phone: "(911) 555-0142" }, "Check the first 3 digits"],
    ["phone", { phone: "(212) 555-0142 x12" }, "Take the extension (12) off the number"],
    ["phone", { phone: "+999 123 456 789" }, "No country has this one"],
    ["phone", { phone: "(212) 555-0111" }, "This is our own number"],
    ["phone-kind", { phoneKind: "borrowed" }, "Select whose phone it is"],
    ["email", { email: "robin at example" }, "Enter an email address"],
    ["texts", { smsConsent: "maybe" }, "Tick the box"],
    ["language", {}, "Select a language"],
    ["interpreter", { interpreter: "perhaps" }, "Select yes if"],
    ["reason", { reason: "x".repeat(601) }, "Use 600 letters or fewer"],
  ])("on %s: %o", async (page, fields, words) => {
    await visitor.fillIn(fictionalAnswers);
    await visitor.open(`/start/${page}`);
    await visitor.submit(fields);
    expect(visitor.status).toBe(400);
    expect(visitor.title).toMatch(/^Error: /);
    expect(visitor.main).toContain("There is a problem");
    expect(visitor.main).toContain(words);
    const target = /<a href="#([^"]+)">/.exec(visitor.main)?.[1];
    expect(visitor.main).toContain(`id="${target}"`);
  });

  it("keeps nothing of what it refuses", async () => {
    await visitor.fillIn(fictionalAnswers);
    await visitor.open("/start/email");
    await visitor.submit({ email: "wrong" });
    await visitor.open("/start/check");
    expect(visitor.main).toContain("robin@example.org");
  });

  it("a form with fields that no page has, without its key, or with another's", async () => {
    await visitor.fillIn(fictionalAnswers);
    const before = world.everything();
    const { key = "" } = visitor.hidden;
    const name = { given: "Robin", family: "Okafor" };
    expect((await visitor.post("/start/name", { ...name, key, vip: "1" })).status).toBe(400);
    expect((await visitor.post("/start/name", name)).status).toBe(400);
    const other = `${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}`;
    expect((await visitor.post("/start/name", { ...name, key: other })).status).toBe(409);
    expect((await visitor.post("/start/send", { key, vip: "1" })).status).toBe(400);
    expect(world.everything() === before).toBe(true);
  });

  it("sending before everything is answered, or without having begun", async () => {
    const key = world.deps.ids.next();
    const before = world.everything();
    expect((await visitor.post("/start/send", { key })).status).toBe(409);
    expect((await visitor.post("/start/name", { key })).status).toBe(409);
    expect((await visitor.open("/start/name")).status).toBe(409);
    await visitor.open("/start");
    await visitor.submit();
    await visitor.submit({ siteId: "riverside" });
    await visitor.submit({ programId: "adult-iop" });
    await visitor.post("/start/send", visitor.hidden);
    expect(visitor.status).toBe(409);
    expect(visitor.main).toContain('href="/start/name"');
    expect(world.everything() === before).toBe(true);
  });

  it("a cookie that was tampered with, or made for another purpose", async () => {
    await visitor.open("/start");
    await visitor.submit();
    const cookie = visitor.cookies.get("start") ?? "";
    visitor.cookies.set("start", `x${cookie}`);
    expect((await visitor.open("/start/name")).status).toBe(409);
    visitor.cookies.set("start", world.deps.secrets.sealValue('link:["A",{}]'));
    expect((await visitor.open("/start/name")).status).toBe(409);
  });

  it("pages that are not there", async () => {
    expect((await visitor.open("/start/nothing")).status).toBe(404);
    expect((await visitor.post("/start/nothing", {})).status).toBe(404);
    expect((await visitor.open("/start/sent")).path).toBe("/start");
  });

  it("more than fits", async () => {
    await visitor.open("/start");
    await visitor.submit();
    await visitor.submit({ siteId: "x".repeat(33 * 1024) });
    expect(visitor.status).toBe(413);
  });

  it("keeps the form within what a browser keeps, even in long scripts", async () => {
    await visitor.fillIn({
      ...fictionalAnswers,
      given: "名".repeat(100),
      family: "姓".repeat(100),
      usedName: "別".repeat(100),
    });
    await visitor.open("/start/reason");
    await visitor.submit({ reason: "字".repeat(600) });
    expect(visitor.status).toBe(413);
    expect(visitor.main).toContain("shorten");
    for (const value of visitor.cookies.values()) expect(value.length).toBeLessThan(4000);
  });
});
