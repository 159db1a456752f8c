import { beforeEach, describe, expect, it } from "vitest";
import { createStaffSite } from "../../../functions/staff-site/staff-site.ts";
import { buildTask, episodeId, tuesdayMorning } from "../../builders/state.ts";
import { EndingSignIn } from "../../fakes/ending-sign-in.ts";
import { origin, personAt, StaffWorld } from "../../fakes/staff-world.ts";

const casey = "casey-riverside";
const call = buildTask({ sk: "TASK#first-contact-call#intake" });
const path = `/staff/tasks/${call.taskId}`;
const words = "Left work at noon. Café by the river — “call after 5”.";

/** A browser at a desk: it keeps the cookies that pages set, and sends them. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly #site: ReturnType<typeof createStaffSite>;
  constructor(site: ReturnType<typeof createStaffSite>) {
    this.#site = site;
  }

  async open(target: string, fields?: Readonly<Record<string, string>>) {
    const response = await this.#site.request(`${origin}${target}`, {
      method: fields === undefined ? "GET" : "POST",
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(fields === undefined
          ? {}
          : { "content-type": "application/x-www-form-urlencoded", origin }),
      },
      ...(fields === undefined ? {} : { body: new URLSearchParams(fields).toString() }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, decodeURIComponent(value));
    }
    return {
      status: response.status,
      html: await response.text(),
      location: response.headers.get("location") ?? "",
    };
  }

  /** Signs in by way of the issuer of the test, who lets in whom the code names. */
  async signIn(as: string, to = "/staff"): Promise<string> {
    await this.open(`/staff/sign-in?to=${encodeURIComponent(to)}`);
    return (await this.open(`/staff/signed-in?code=${as}&state=s`)).location;
  }
}

let world: StaffWorld;
let issuer: EndingSignIn;

function site() {
  return createStaffSite({
    ...world.siteDeps,
    signIn: issuer,
    verifyToken: issuer.verifyToken,
  });
}

function later(minutes: number): void {
  world.clock.advanceMinutes(minutes);
}

function fieldsOf(html: string, form: string): Record<string, string> {
  const found = [...html.matchAll(/<form method="post"[\s\S]*?<\/form>/g)]
    .map(([whole]) => whole)
    .find((whole) => whole.includes(`name="form" value="${form}"`));
  const hidden = (found ?? "").matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
  return Object.fromEntries([...hidden].map(([, name = "", value = ""]) => [name, value]));
}

beforeEach(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  issuer = new EndingSignIn(world.clock);
  await world.add({ episode: personAt("riverside", { status: "assessed" }), items: [call] });
});

describe("a session of the staff pages", () => {
  it("goes on, and renews its token, while somebody works", async () => {
    const browser = new Browser(site());
    await browser.signIn(casey);
    for (let minute = 0; minute < 180; minute += 10) {
      expect([minute, (await browser.open("/staff")).status]).toEqual([minute, 200]);
      later(10);
    }
    // An hour's token is renewed before it ends, not with every page.
    expect(issuer.renewals).toEqual(Array(2).fill(`renews-${casey}`));
  });

  it("ends when nobody works for 15 minutes, and the issuer asks again who it is", async () => {
    const browser = new Browser(site());
    await browser.signIn(casey);
    later(14);
    expect((await browser.open("/staff")).status).toBe(200);
    later(16);
    const page = await browser.open("/staff");
    expect(page.status).toBe(401);
    expect(page.html).toContain("Your session has ended");
    expect(issuer.renewals).toEqual([]);
    await browser.signIn(casey);
    expect(issuer.asked).toEqual([false, true]);
    expect((await browser.open("/staff")).status).toBe(200);
  });

  it("is renewed by what it began with alone: the renewal of another session of theirs is none of it", async () => {
    const browser = new Browser(site());
    await browser.signIn(casey);
    const ofAnother = browser.cookies.get("staff-renewal") ?? "";
    await browser.open("/staff/sign-out", {});
    await browser.signIn(casey);
    browser.cookies.set("staff-renewal", ofAnother);
    for (let minutes = 0; minutes < 57; minutes += 10) {
      later(10);
      await browser.open("/staff");
    }
    expect(ofAnother).not.toBe("");
    expect(issuer.renewals).toEqual([]);
  });

  it("ends after a working day, however busy", async () => {
    const browser = new Browser(site());
    await browser.signIn(casey);
    for (let minute = 0; minute <= 12 * 60; minute += 10) {
      expect([minute, (await browser.open("/staff")).status]).toEqual([minute, 200]);
      later(10);
    }
    expect((await browser.open("/staff")).status).toBe(401);
  });

  it("is over for a copy of its cookies, too, when its person signs out, and cannot be renewed", async () => {
    const shop = site();
    const browser = new Browser(shop);
    await browser.signIn(casey);
    const copy = new Browser(shop);
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    expect((await copy.open("/staff")).status).toBe(200);
    await browser.open("/staff/sign-out", {});
    expect((await copy.open("/staff")).status).toBe(401);
    expect(issuer.renewals).toEqual([]);
  });

  it("leads on to the page that was asked for, and to no other site's", async () => {
    const browser = new Browser(site());
    expect(await browser.signIn(casey, path)).toBe(path);
    for (const to of [
      "https://evil.example.org/",
      "//evil.example.org",
      "/staffing",
      "/staff/../x",
    ])
      expect([to, await browser.signIn(casey, to)]).toEqual([to, "/staff"]);
  });

  it("holds nothing readable in the browser", async () => {
    const browser = new Browser(site());
    await browser.signIn(casey);
    const held = [...browser.cookies.values()].join(" ");
    expect(held).not.toContain("casey");
    expect(Math.max(...[...browser.cookies.values()].map(({ length }) => length))).toBeLessThan(
      4096,
    );
  });
});

describe("a form that is sent after its session has ended", () => {
  async function sentTooLate(browser: Browser) {
    await browser.signIn(casey);
    const page = await browser.open(path);
    const fields: Record<string, string> = {
      ...fieldsOf(page.html, "outcome"),
      outcome: "reached",
      reason: words,
      safetyConcern: "no",
    };
    later(20);
    const answer = await browser.open(path, fields);
    expect(answer.status).toBe(401);
    expect(answer.html).toContain("nothing is saved yet");
    return fields;
  }
  const task = () => world.item(episodeId, call.sk);

  it("comes back filled after signing in, and is saved once", async () => {
    const browser = new Browser(site());
    const sent = await sentTooLate(browser);
    expect((await task())?.status).toBe("open");
    expect(await browser.signIn(casey, path)).toBe(path);
    const page = await browser.open(path);
    expect(page.html).toContain("not saved yet");
    expect(page.html).toContain(words);
    expect(page.html).toMatch(/value="reached" checked/);
    const again = fieldsOf(page.html, "outcome");
    expect(again).toMatchObject({ key: sent.key ?? "none" });
    const back = { ...again, outcome: "reached", reason: words, safetyConcern: "no" };
    expect((await browser.open(path, back)).status).toBe(303);
    const version = (await task())?.version;
    expect((await browser.open(path, back)).status).toBe(303);
    expect(await task()).toMatchObject({ status: "done", version });
    expect((await browser.open(path)).html).not.toContain("not saved yet");
  });

  it("comes back to its sender only, and on its page only", async () => {
    const shop = site();
    const browser = new Browser(shop);
    await sentTooLate(browser);
    await browser.signIn("jordan-riverside", path);
    expect((await browser.open(path)).html).not.toContain(words);
    await browser.open("/staff/sign-out", {});
    await browser.signIn(casey);
    expect((await browser.open(`/staff/episodes/${episodeId}`)).html).not.toContain(words);
    expect((await browser.open(path)).html).toContain(words);
  });

  it("is kept sealed, for half an hour, and leaves nothing readable behind", async () => {
    const browser = new Browser(site());
    await sentTooLate(browser);
    const kept = world.store.all("care").find(({ kind }) => kind === "kept-form");
    const now = Date.parse(world.clock.now()) / 1000;
    expect(kept?.expiresAtEpochSeconds).toBe(now + 1800);
    const everything = JSON.stringify([world.store.all("care"), ...browser.cookies]);
    expect(everything).not.toContain("Left work at noon");
    later(31);
    await browser.signIn(casey, path);
    expect((await browser.open(path)).html).not.toContain(words);
  });

  it("is kept for nobody who did not get it from these pages", async () => {
    const browser = new Browser(site());
    await browser.open(path, {
      form: "outcome",
      outcome: "reached",
      reason: words,
      seal: "made-up",
    });
    expect(world.store.all("care").filter(({ kind }) => kind === "kept-form")).toEqual([]);
  });

  it("is not carried out on another page than its own, nor when it stood open for more than a day", async () => {
    const fields = {
      ...(await world.formFields(casey, path, "outcome")),
      outcome: "reached",
      reason: words,
      safetyConcern: "no",
    };
    const elsewhere = world.sealFor(casey, `/staff/episodes/${episodeId}`);
    expect((await world.page(casey, path, { ...fields, seal: elsewhere })).status).not.toBe(303);
    expect((await task())?.status).toBe("open");
    later(24 * 60 + 1);
    expect((await world.page(casey, path, fields)).status).not.toBe(303);
    expect((await task())?.status).toBe("open");
    world.clock.advanceMinutes(-2);
    expect((await world.page(casey, path, fields)).status).toBe(303);
    expect((await task())?.status).toBe("done");
  });

  it("is not carried out under another person's name", async () => {
    const shop = site();
    const browser = new Browser(shop);
    await browser.signIn(casey);
    const page = await browser.open(path);
    const fields = { ...fieldsOf(page.html, "outcome"), outcome: "reached", reason: words };
    await browser.open("/staff/sign-out", {});
    await browser.signIn("jordan-riverside");
    const answer = await browser.open(path, fields);
    expect(answer.status).toBe(409);
    expect(answer.html).toContain("Somebody else opened this form");
    expect((await task())?.status).toBe("open");
  });
});
