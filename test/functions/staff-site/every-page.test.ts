import { beforeAll, describe, expect, it } from "vitest";
import { addressOf, type Ids, somebody } from "../../fakes/one-of-everything.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

/** Tuesday evening at the site in New York; where clocks show UTC it is Wednesday. */
const evening = "2027-01-13T02:37:00.000Z";
const [today, todayInUtc] = ["2027-01-12", "2027-01-13"];
const as = "taylor-riverside";

/** Parts of addresses that are no ids. */
const named: Readonly<Record<string, string>> = {
  planKind: "crisis",
  screenId: "in-the-room",
  medicine: "buprenorphine",
  service: "peer",
  instrumentId: "gad-2",
  number: "1",
  table: "attendance",
  programId: "adult-iop",
  version: "1",
};

let world: StaffWorld;
let ids: Ids;
/** Every page of the staff, as it is asked for. */
let pages: readonly string[];

beforeAll(async () => {
  world = await StaffWorld.create(evening);
  ids = await somebody(world, "37");
  pages = world.routes
    .filter((route) => route.startsWith("GET /staff"))
    .map((route) => route.slice("GET ".length))
    .filter((path) => !path.endsWith(".css"))
    .map((path) => path.replaceAll(/:(\w+)/g, (part, name: string) => named[name] ?? part))
    .map((path) => addressOf(path, ids));
});

describe("every page of the staff", () => {
  it("is kept by no browser, framed by nobody, runs nothing, and tells no other site what was read", async () => {
    expect(pages.length).toBeGreaterThan(30);
    // Whether it is there, is refused or is asked for by nobody.
    for (const path of [...pages, "/staff/nowhere"])
      for (const who of [as, undefined]) {
        const { headers, status } = await world.page(who, path);
        const said = (name: string) => headers.get(name) ?? "";
        const answer = `${path} as ${who}: ${status}`;
        expect(said("cache-control"), answer).toBe("no-store");
        expect(said("x-frame-options"), answer).toBe("DENY");
        expect(said("x-content-type-options"), answer).toBe("nosniff");
        expect(said("referrer-policy"), answer).toBe("same-origin");
        expect(said("x-robots-tag"), answer).toBe("noindex, nofollow");
        const policy = said("content-security-policy");
        for (const part of [
          "default-src 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
        ])
          expect(policy, answer).toContain(part);
        expect(policy, answer).not.toMatch(/script-src|unsafe|\*/);
      }
  });

  it("tells the time of the site, and nowhere that of UTC", async () => {
    // What the person has at these hours in UTC; 3:37 PM is one of them, and the hour of their visit at the site.
    const inUtc = /\b(4|5|6|8):37 PM|\b(16|17|18|20):37\b(?!:)/;
    const atSite = /\b(10|11):37 AM|\b(12|1|3):37 PM|\b(10|11|12|13|15):37\b/;
    const showing: string[] = [];
    for (const path of pages) {
      const text = (await world.page(as, path)).html.replaceAll(/<[^>]+>/g, " ");
      expect(inUtc.exec(text)?.[0], path).toBeUndefined();
      if (atSite.test(text)) showing.push(path);
    }
    // They do tell it.
    expect(showing.length).toBeGreaterThan(7);
  });

  it("begins with the day that it is at the site", async () => {
    const beginning: string[] = [];
    for (const path of pages) {
      const { html, headers } = await world.page(as, path);
      const fields = [...html.matchAll(/<input[^>]*type="date"[^>]*>/g)].map(([field]) => field);
      const file = headers.get("content-disposition") ?? "";
      for (const one of [...fields, file]) {
        expect(one, path).not.toContain(todayInUtc);
        if (one.includes(today)) beginning.push(path);
      }
    }
    expect([...new Set(beginning)].length).toBeGreaterThan(3);
    expect(beginning).toContain("/staff/exports/attendance");
  });

  it("that is about one person names nobody else", async () => {
    const other = await somebody(world, "41");
    const { participantId } = (await world.call(as, "GET", `/episodes/${other.episode}`)).body;
    await world.name(String(participantId), {
      given: "Quincy",
      family: "Zweitname",
      birthDate: "1980-01-01",
    });
    expect((await world.page(as, "/staff/people")).html).toContain("Quincy");
    // With whom they are not to be in one group is chosen from all.
    const own = pages.filter(
      (path) => !path.endsWith("/apart") && Object.values(ids).some((id) => path.includes(id)),
    );
    expect(own.length).toBeGreaterThan(15);
    for (const path of own) expect((await world.page(as, path)).html, path).not.toMatch(/Quincy/);
  });
});

describe("a page that fails", () => {
  it("says so to its reader and in the log, with its route and nothing of the address", async () => {
    const broken = await StaffWorld.create(evening);
    const { episode } = await somebody(broken);
    broken.store.query = () => Promise.reject(new Error("The store is away"));
    const { status, html } = await broken.page(as, `/staff/episodes/${episode}`);
    expect(status).toBeGreaterThanOrEqual(500);
    expect(html).not.toContain("The store is away");
    expect(broken.errors).toEqual([expect.stringContaining("A page failed")]);
    expect(broken.errors.join()).not.toContain(episode);
  });
});
