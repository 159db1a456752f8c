import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { style, styleHash } from "../../../functions/participant-site/style.generated.ts";
import { commonTexts } from "../../../functions/participant-site/texts/common.ts";
import { formTexts } from "../../../functions/participant-site/texts/intake-form.ts";
import { linkTexts } from "../../../functions/participant-site/texts/link.ts";
import { preferenceTexts } from "../../../functions/participant-site/texts/preferences.ts";
import { startTexts } from "../../../functions/participant-site/texts/start.ts";
import { fictionalAnswers, SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld, siteOrigin } from "../../fakes/site-world.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
});

const withoutLink = ["/", "/start", "/preferences", "/screen", "/check-in", "/my-week", "/nowhere"];

describe("every page", () => {
  it.each([...withoutLink, "/k/forged.token", "/u/forged.token"])("%s", async (path) => {
    for (const language of ["en", "es"] as const) {
      await visitor.open(`${path}?lang=${language}`);
      const { headers, html } = visitor;
      for (const part of [
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ])
        expect(headers.get("content-security-policy")).toContain(part);
      expect(headers.get("content-security-policy")).not.toContain("script-src");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-robots-tag")).toBe("noindex, nofollow");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(html).toContain(`<html lang="${language}"`);
      expect(html).toContain('name="robots" content="noindex, nofollow"');
      expect(html).not.toMatch(/<script|onclick|javascript:|style="/i);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain('href="tel:988"');
      expect(html).toContain('href="tel:911"');
      expect(html).toContain(language === "es" ? "oprima 2" : "Call 988");
      expect(html).toContain(commonTexts[language].leave);
    }
  });

  it("keeps the language that was chosen", async () => {
    await visitor.open("/?lang=es");
    await visitor.open("/start");
    expect(visitor.html).toContain('<html lang="es"');
    await visitor.open("/start?lang=klingon");
    expect(visitor.html).toContain('<html lang="es"');
  });

  it("takes the browser's language where none was chosen", async () => {
    await visitor.open("/", { headers: { "accept-language": "es-MX,es;q=0.9,en;q=0.8" } });
    expect(visitor.html).toContain('<html lang="es"');
  });

  it("weighs less than 14 KiB, and the first visit less than 20 KiB with its style", async () => {
    await visitor.open("/");
    const first = gzipSync(visitor.html).length + gzipSync(style).length;
    expect(first).toBeLessThan(20 * 1024);
    await visitor.fillIn(fictionalAnswers);
    expect(visitor.html.length).toBeLessThan(14 * 1024);
    const token = await world.askForm(await world.participant());
    await visitor.post(`/k/${token}`, {});
    for (let number = 1; number <= 17; number += 1) {
      const name = number <= 10 ? `phq9-${number}` : `gad7-${number - 10}`;
      const key = world.deps.ids.next();
      await visitor.post(`/screen/${number}`, { [name]: "0", key });
      expect(visitor.html.length).toBeLessThan(14 * 1024);
    }
    expect(visitor.path).toBe("/screen/check");
  });

  it("loads its style once, for good", async () => {
    const response = await visitor.request(`/style-${styleHash}.css`);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("content-type")).toContain("text/css");
  });
});

describe("pages that anybody may see", () => {
  const tellTale =
    /therap|treatment|depress|anxi|mental|suicid|drug|alcohol|recovery|clinic|patient|outpatient|program\b|diagnos|terapia|tratamiento|depresi|ansiedad|droga|clínica|paciente/i;

  it("hold no word about health", () => {
    const { safety: _en, ...sentEn } = formTexts.en.sent;
    const { safety: _es, ...sentEs } = formTexts.es.sent;
    const texts = [
      startTexts,
      linkTexts,
      preferenceTexts,
      { ...formTexts.en, sent: sentEn },
      { ...formTexts.es, sent: sentEs },
    ];
    expect(JSON.stringify(texts)).not.toMatch(tellTale);
  });

  it("do not name the program on the way through the form", async () => {
    await visitor.fillIn(fictionalAnswers);
    for (const path of ["/", "/start", "/start/place", "/start/reason", "/start/check"]) {
      await visitor.open(path);
      expect(visitor.main).not.toMatch(tellTale);
    }
  });

  it("have the same texts in both languages", () => {
    expect(shape(formTexts.es)).toEqual(shape(formTexts.en));
    expect(shape(commonTexts.es)).toEqual(shape(commonTexts.en));
  });
});

/** The names of all texts, and whether each is there. */
function shape(texts: object): unknown {
  return Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null ? shape(value) : typeof value,
    ]),
  );
}

describe("forms of other sites", () => {
  const post = (headers: Readonly<Record<string, string>>) =>
    world.site.request(`${siteOrigin}/start`, {
      method: "POST",
      body: "",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });

  it.each([
    [{ origin: "https://evil.example" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site", origin: siteOrigin }],
  ])("are refused: %o", async (headers) => {
    const response = await post(headers);
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each([
    [{ origin: siteOrigin }],
    [{ "sec-fetch-site": "same-origin", origin: "null" }],
    [{ origin: "null" }],
    [{}],
  ])("are told from the pages' own: %o", async (headers) => {
    expect((await post(headers)).status).toBe(303);
  });
});

describe("when something is wrong on our side", () => {
  it("says so kindly, with help at the foot, and logs no path", async () => {
    const token = await world.askForm(await world.participant());
    for (let fault = 0; fault < 5; fault += 1) world.store.failNext("read");
    await visitor.open(`/k/${token}`);
    expect(visitor.status).toBe(503);
    expect(visitor.main).toContain("Try again in a few minutes");
    expect(visitor.html).toContain('href="tel:988"');
    expect(world.problems.join()).not.toContain(token);
  });
});

describe("the week's page", () => {
  it.each([
    ["en", "When things get hard again"],
    ["es", "Cuando vuelve a ser difícil"],
  ] as const)("says in %s what the group with topics is about", async (language, topic) => {
    const episodeId = await world.participant(language, {
      given: "Wren",
      phone: "+12125550143",
      email: "wren@example.org",
    });
    const week = await world.beginWeek(episodeId, "2027-01-11");
    await visitor.open(`/k/${week}`);
    await visitor.submit();
    expect(visitor.path).toBe("/my-week");
    expect(visitor.html).toContain(`: ${topic}`);
  });
});
