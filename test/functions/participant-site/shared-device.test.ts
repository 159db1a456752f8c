import { beforeEach, describe, expect, it } from "vitest";
import { fictionalAnswers, SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld, siteOrigin } from "../../fakes/site-world.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
});

function roots() {
  return world.store.all("care").filter((item) => item.sk === "EPISODE");
}

describe("a device that several people use", () => {
  const browserLink = { headers: { origin: siteOrigin, "sec-fetch-site": "same-origin" } };

  async function beginAsAda(): Promise<void> {
    await visitor.open("/start");
    await visitor.submit();
    await visitor.submit({ siteId: "riverside" });
    await visitor.submit({ programId: "adult-iop" });
    await visitor.submit({ given: "Ada", family: "Quill" });
    await visitor.submit({ "birth-month": "3", "birth-day": "28", "birth-year": "1990" });
  }

  it("keeps what was entered where nobody can read it", async () => {
    await beginAsAda();
    const cookie = visitor.cookies.get("start") ?? "";
    const readable = ["latin1", "utf8", "utf16le"] as const;
    const texts = readable.map((as) => Buffer.from(cookie.slice(2), "base64url").toString(as));
    expect([cookie, ...texts].join(" ")).not.toMatch(/\bAda\b|Quill|\b1990\b|birth|given/);
  });

  it("asks the next person what shall become of the form that was begun, and names nobody", async () => {
    await beginAsAda();
    await visitor.open("/start");
    expect(visitor.main).toContain("A form was begun on this device");
    expect(visitor.html).not.toMatch(/\bAda\b|Quill|\b1990\b/);
    // A start page from before knows no choice.
    await visitor.post("/start", {});
    expect(visitor.path).toBe("/start");
    expect(visitor.main).toContain("A form was begun on this device");
  });

  it("starts over clean", async () => {
    await beginAsAda();
    await visitor.open("/start");
    await visitor.submit({ choice: "start-over" });
    expect(visitor.path).toBe("/start/place");
    await visitor.open("/start/name");
    expect(visitor.html).not.toMatch(/\bAda\b|Quill/);
  });

  it("goes on when that is chosen", async () => {
    await beginAsAda();
    await visitor.open("/start");
    await visitor.submit({ choice: "go-on" });
    await visitor.open("/start/name");
    expect(visitor.main).toContain('value="Ada"');
  });

  it("takes a second click on Start for the first", async () => {
    await visitor.open("/start");
    await visitor.submit();
    const { key } = visitor.hidden;
    await visitor.post("/start", {});
    expect(visitor.path).toBe("/start/place");
    expect(visitor.hidden.key).toBe(key);
    expect((await visitor.post("/start", { choice: "both" })).status).toBe(400);
  });

  it("clears everything by the way out that stands on every page", async () => {
    await beginAsAda();
    const way = /<a href="([^"]*)"[^>]*>Leave this page/.exec(visitor.html)?.[1] ?? "";
    const left = await visitor.request(way, browserLink);
    expect([left.status, left.headers.get("location")]).toEqual([303, "https://www.weather.gov/"]);
    expect(visitor.cookies.has("start")).toBe(false);
    await visitor.open("/start/name");
    expect(visitor.html).not.toMatch(/\bAda\b|Quill/);
    await visitor.open("/start");
    expect(visitor.main).toContain("Before you start");
  });

  it("is not cleared by a link of another site", async () => {
    await beginAsAda();
    await visitor.request("/leave", { headers: { "sec-fetch-site": "cross-site" } });
    expect(visitor.cookies.has("start")).toBe(true);
  });

  it("forgets a form after two hours, also where the cookie was kept", async () => {
    await beginAsAda();
    world.advanceHours(2.1);
    expect((await visitor.open("/start/name")).status).toBe(409);
    expect(visitor.html).not.toMatch(/\bAda\b|Quill/);
  });
});

describe("a form that was sent or changed elsewhere", () => {
  it("leads back from any of its pages to what says that it was sent", async () => {
    await visitor.fillIn(fictionalAnswers);
    const { hidden } = visitor;
    await visitor.submit();
    for (const path of ["/start/check", "/start/name", "/start/reason"]) {
      await visitor.open(path);
      expect(visitor.path).toBe("/start/sent");
      expect(visitor.main).toContain("We have your form");
    }
    await visitor.post("/start/name", { key: hidden.key ?? "", given: "Robyn", family: "Okafor" });
    expect(visitor.path).toBe("/start/sent");
    expect(roots()).toHaveLength(1);
  });

  it("sends what its reader saw, or shows it again", async () => {
    await visitor.fillIn(fictionalAnswers);
    const shown = visitor.hidden;
    await visitor.open("/start/name");
    await visitor.submit({ given: "Grace", family: "Hall" });
    const before = world.everything();
    await visitor.post("/start/send", shown);
    expect(visitor.status).toBe(409);
    expect(visitor.main).toContain("changed in another window");
    expect(visitor.main).toContain("Grace");
    expect(world.everything() === before).toBe(true);
    await visitor.submit();
    expect(visitor.path).toBe("/start/sent");
    expect(roots()).toHaveLength(1);
  });
});
