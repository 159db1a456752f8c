import { beforeEach, describe, expect, it } from "vitest";
import { fictionalAnswers, SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
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
    ["phone", { phone: "1-800-555-0142" }, "belongs to a company or a service"],
    ["phone", { phone: "(900) 555-0142" }, "belongs to a company or a service"],
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
