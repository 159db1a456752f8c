import { beforeEach, describe, expect, it } from "vitest";
import { loadContactPoint } from "../../../shared/store/contact-point-items.ts";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld, siteOrigin } from "../../fakes/site-world.ts";

let world: SiteWorld;
/** One browser: two windows with the cookies of both. */
let ana: SiteVisitor;
let ben: SiteVisitor;
let anas: string;
let bens: string;
beforeEach(async () => {
  world = await SiteWorld.start();
  ana = new SiteVisitor(world);
  ben = new SiteVisitor(world, ana.cookies);
  anas = await world.participant("en", person("Ana", "+12125550142"));
  bens = await world.participant("en", person("Ben", "+12125550143"));
});

const person = (given: string, phone: string) => ({ given, phone, email: `${given}@example.org` });

async function press(window: SiteVisitor, token: string): Promise<void> {
  await window.open(`/k/${token}`);
  await window.submit();
}

/** Answers the question that stands on the page; everything with the first choice but item 9. */
async function answer(window: SiteVisitor, item9 = "0"): Promise<void> {
  const [first] = window.offered;
  if (first === undefined) await window.submit();
  else await window.submit({ [first.name]: first.name === "phq9-9" ? item9 : first.value });
  expect(window.status, window.main).toBe(200);
}

async function formOf(episodeId: string) {
  const [form] = await world.episodeItems(episodeId, "form");
  return form;
}

describe("two people's links in one browser", () => {
  it("answer each their own, though the other link was opened last", async () => {
    await press(ana, await world.askForm(anas));
    await ana.open(`/screen/9?of=${ana.mark}`);
    await press(ben, await world.askForm(bens));
    await ana.submit({ "phq9-9": "3" });
    expect(ana.main).toContain('href="tel:988"');
    expect((await formOf(anas))?.answers).toEqual({ "phq-9": { "phq9-9": 3 } });
    expect((await formOf(bens))?.answers).toEqual({});
    expect(await world.episodeItems(anas, "escalation")).toEqual([
      expect.objectContaining({ tier: "RED" }),
    ]);
    expect(await world.episodeItems(bens, "escalation")).toEqual([]);
  });

  it("can both be filled in, page by page in turns, up to their thanks", async () => {
    await press(ana, await world.askForm(anas));
    await press(ben, await world.askForm(bens));
    for (let page = 0; page < 40 && !/done/.test(ana.path + ben.path); page += 1) {
      if (page % 3 !== 2) await answer(ana, "0");
      await answer(ben, "1");
    }
    for (let page = 0; page < 40 && ana.path !== "/screen/done"; page += 1) await answer(ana, "0");
    for (let page = 0; page < 40 && ben.path !== "/screen/done"; page += 1) await answer(ben, "1");
    expect((await formOf(anas))?.status).toBe("answered");
    expect((await formOf(bens))?.status).toBe("answered");
    expect((await formOf(anas))?.answers["phq-9"]?.["phq9-9"]).toBe(0);
    expect((await formOf(bens))?.answers["phq-9"]?.["phq9-9"]).toBe(1);
    expect(ana.main).not.toContain('class="urgent"');
    expect(ben.main).toContain('class="urgent"');
    await ana.open(`/screen/done?of=${ana.mark}`);
    expect(ana.main).not.toContain('class="urgent"');
  });

  it("stop each their own texts", async () => {
    await press(ana, await world.beginWeek(anas, "2027-01-11"));
    await ana.open(`/preferences?of=${ana.mark}`);
    await press(ben, await world.askForm(bens));
    await ben.open(`/preferences?of=${ben.mark}`);
    await ana.submit({ texts: "off" });
    const optOut = async (episodeId: string) => {
      const id = (await world.episode(episodeId)).reach.sms?.contactPointId ?? "";
      return (await loadContactPoint(world.store, id))?.optOut;
    };
    expect(await optOut(anas)).toBeDefined();
    expect(await optOut(bens)).toBeUndefined();
  });

  it("answer each their own check-in, and see each their own week", async () => {
    await press(ana, await world.openCheckIn(anas));
    await ana.submit();
    await press(ben, await world.openCheckIn(bens));
    await ana.submit({ [ana.offered[0]?.name ?? ""]: ana.offered[0]?.value ?? "" });
    const answersOf = async (episodeId: string) =>
      (await world.episodeItems(episodeId, "check-in"))[0]?.answers;
    expect(Object.keys((await answersOf(anas)) ?? {})).toHaveLength(1);
    expect(await answersOf(bens)).toEqual({});
    await press(ana, await world.beginWeek(anas, "2027-01-11"));
    await press(ben, await world.askForm(bens));
    await ana.open(`/my-week?of=${ana.mark}`);
    expect(ana.status).toBe(200);
    expect((await ben.open(`/my-week?of=${ben.mark}`)).status).toBe(401);
  });

  it("stay apart when the page is shown in another language", async () => {
    await press(ana, await world.askForm(anas));
    await press(ben, await world.askForm(bens));
    await ana.open(`/screen/9?of=${ana.mark}`);
    const href = /<a href="([^"]*)" lang="es"/.exec(ana.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(href).toContain(`of=${ana.mark}`);
    await ana.open(`/screen/9${href}`);
    await ana.submit({ "phq9-9": "1" });
    expect((await formOf(anas))?.answers).toEqual({ "phq-9": { "phq9-9": 1 } });
  });
});

describe("a form that was made for another link", () => {
  it("writes nothing and says so, whichever way it is bent", async () => {
    await press(ana, await world.askForm(anas));
    await press(ben, await world.askForm(bens));
    await ana.open(`/screen/9?of=${ana.mark}`);
    const { hidden } = ana;
    const before = world.everything();
    const send = async (path: string, fields: Readonly<Record<string, string>>) => {
      const response = await ana.request(path, ana.form({ "phq9-9": "3", ...fields }));
      return { status: response.status, html: await response.text() };
    };
    const { seal: _, ...unsealed } = hidden;
    await ben.open(`/screen/8?of=${ben.mark}`);
    for (const [path, fields] of [
      [`/screen/9?of=${ben.mark}`, hidden],
      [`/screen/9?of=${ana.mark}`, unsealed],
      [`/screen/9?of=${ana.mark}`, { ...hidden, seal: "forged" }],
      // Made for another step.
      [`/screen/9?of=${ben.mark}`, { ...hidden, seal: ben.hidden.seal ?? "" }],
      [`/screen/1?of=${ana.mark}`, hidden],
    ] as const) {
      const { status, html } = await send(path, fields);
      expect(status).toBe(409);
      expect(html).toContain("This page belongs to another link");
    }
    for (const path of ["/screen/9", "/screen/9?of=0123456789ab", "/screen/9?of=../k"])
      expect((await send(path, hidden)).status).toBe(401);
    expect(world.everything() === before).toBe(true);
    expect((await send(`/screen/9?of=${ana.mark}`, hidden)).status).toBe(200);
  });

  it("is refused on every page that a link opens", async () => {
    await press(ana, await world.askForm(anas));
    await press(ben, await world.openCheckIn(bens));
    const before = world.everything();
    for (const path of [
      "/screen",
      "/screen/1",
      "/screen/send",
      "/screen/1/continue",
      "/check-in",
      "/check-in/1",
      "/check-in/send",
      "/check-in/done",
      "/check-in/1/continue",
      "/preferences",
    ])
      for (const window of [ana, ben]) {
        const response = await window.request(
          `${path}?of=${window.mark}`,
          window.form({ key: world.deps.ids.next() }),
        );
        expect([401, 409], path).toContain(response.status);
      }
    expect(world.everything() === before).toBe(true);
  });
});

describe("the marks of links", () => {
  it("open nothing in another browser, and tell nothing", async () => {
    const token = await world.askForm(anas);
    await press(ana, token);
    const stranger = new SiteVisitor(world);
    expect((await stranger.open(`/screen/1?of=${ana.mark}`)).status).toBe(401);
    expect(`${ana.mark} ${ana.html}`).not.toContain(token.slice(0, 26));
    const cookie = Buffer.from((ana.cookies.get(`link-${ana.mark}`) ?? "").slice(2), "base64url");
    expect(cookie.toString("latin1")).not.toContain(token.slice(0, 26));
  });

  it("are kept for the eight links that were opened last", async () => {
    const windows: SiteVisitor[] = [];
    for (let number = 0; number < 11; number += 1) {
      world.advanceHours(0.01);
      const window = new SiteVisitor(world, ana.cookies);
      await press(window, await world.askForm(anas, { occasion: `intake-${number}` }));
      expect(window.status).toBe(200);
      windows.push(window);
    }
    expect([...ana.cookies.keys()].filter((name) => name.startsWith("link-"))).toHaveLength(8);
    const statuses: number[] = [];
    for (const window of windows)
      statuses.push((await window.open(`/screen?of=${window.mark}`)).status);
    expect(statuses).toEqual([401, 401, 401, ...Array.from({ length: 8 }, () => 200)]);
  });

  it("lead from a page without one to the only link that is open, and to none of several", async () => {
    await press(ana, await world.askForm(anas));
    const one = await ana.request("/screen/2");
    expect(one.headers.get("location")).toBe(`/screen/2?of=${ana.mark}`);
    await press(ben, await world.askForm(bens));
    expect((await ana.request("/screen/2")).status).toBe(401);
  });

  it("end with the way out, for both", async () => {
    await press(ana, await world.askForm(anas));
    await press(ben, await world.askForm(bens));
    const left = await ana.request("/leave", {
      headers: { origin: siteOrigin, "sec-fetch-site": "same-origin" },
    });
    expect(left.headers.get("location")).toBe("https://www.weather.gov/");
    expect([...ana.cookies.keys()]).toEqual([]);
    for (const window of [ana, ben])
      expect((await window.open(`/screen?of=${window.mark}`)).status).toBe(401);
  });
});
