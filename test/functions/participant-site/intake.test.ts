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
