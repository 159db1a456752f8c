import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { tuesdayMorning } from "../builders/state.ts";
import { fictionalAnswers, SiteVisitor } from "../fakes/site-visitor.ts";
import { SiteWorld } from "../fakes/site-world.ts";
import { origin, StaffWorld } from "../fakes/staff-world.ts";
import { tabletCodeFor } from "../fakes/tablet-code.ts";

const form = { "content-type": "application/x-www-form-urlencoded", origin };

/** One cookie as a browser takes it. */
type Cookie = { readonly name: string; readonly value: string; readonly flags: readonly string[] };

function cookiesOf(headers: Headers): readonly Cookie[] {
  return headers.getSetCookie().map((line) => {
    const [pair = "", ...flags] = line.split(/;\s*/);
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), flags };
  });
}

/** What every cookie of ours must be: out of reach of scripts, of other sites' forms and of open lines. */
function faultsOf({ name, flags }: Cookie): readonly string[] {
  const has = (flag: string) => flags.some((one) => one.toLowerCase() === flag.toLowerCase());
  const age = Number(/max-age=(\d+)/i.exec(flags.join(";"))?.[1] ?? Number.NaN);
  const wanted: readonly (readonly [string, boolean])[] = [
    ["can be read by scripts", has("HttpOnly")],
    ["is sent over open lines", has("Secure")],
    ["goes along with other sites' forms", has("SameSite=Lax") || has("SameSite=Strict")],
    ["goes to other hosts of the domain", !flags.some((one) => /^domain=/i.test(one))],
    ["has no end", Number.isFinite(age)],
    // A language and a tablet's site are no secrets; what opens something ends with the visit.
    ["outlives the visit", ["language", "tablet"].includes(name) || age <= 2 * 3600],
  ];
  return wanted.flatMap(([what, isRight]) => (isRight ? [] : [`${name} ${what}`]));
}

let staff: StaffWorld;
let site: SiteWorld;
beforeEach(async () => {
  staff = await StaffWorld.create(tuesdayMorning);
  site = await SiteWorld.start();
});

/** A sign-in up to where the issuer sends the browser back. */
async function beginSignIn() {
  const { headers, location } = await staff.page(undefined, "/staff/sign-in");
  const [cookie] = cookiesOf(headers);
  const asked = new URL(location ?? "").searchParams;
  return {
    cookie: `${cookie?.name}=${cookie?.value}`,
    state: asked.get("state") ?? "",
    asked,
    headers,
  };
}

const comeBack = (state: string, cookie: string, code = "a-code") =>
  staff.page(
    undefined,
    `/staff/signed-in?${new URLSearchParams({ code, state })}`,
    undefined,
    cookie === "" ? {} : { cookie },
  );

let all: Promise<readonly Cookie[]> | undefined;
/** What everything sets that sets a cookie, on both sites; it is done once. */
const allCookies = () => {
  all ??= makeAllCookies();
  return all;
};

async function makeAllCookies(): Promise<readonly Cookie[]> {
  const begun = await beginSignIn();
  const signedIn = await comeBack(begun.state, begun.cookie);
  const signedOut = await staff.page("casey-riverside", "/staff/sign-out", {});
  const colleagues = "/staff/colleagues";
  const late = await staff.page(undefined, colleagues, {
    seal: staff.sealFor("casey-riverside", colleagues),
    words: "typed before the session ended",
  });
  const episodeId = await site.participant();
  const token = await site.openCheckIn(episodeId);
  const ask = async (path: string, fields?: Readonly<Record<string, string>>) =>
    site.site.request(`${origin}${path}`, {
      ...(fields === undefined
        ? {}
        : { method: "POST", body: new URLSearchParams(fields).toString(), headers: form }),
    });
  await site.askForm(episodeId, { instruments: ["gad-7"] });
  const code = await tabletCodeFor(site, episodeId, "form");
  const pages = [
    await ask("/tablet?site=riverside", { code }),
    await ask("/?lang=es"),
    await ask("/start", {}),
    await ask(`/k/${token}`, {}),
    await ask("/leave", {}),
  ];
  return [begun, signedIn, signedOut, late, ...pages, await sentForm()].flatMap(({ headers }) =>
    cookiesOf(headers),
  );
}

/** The thank-you page of somebody who asked for care. */
async function sentForm(): Promise<{ readonly headers: Headers }> {
  const visitor = new SiteVisitor(site);
  await visitor.fillIn(fictionalAnswers);
  const action = /<form\b[^>]*action="([^"]*)"/.exec(visitor.main)?.[1] ?? visitor.path;
  const sent = await visitor.request(action, visitor.form(visitor.hidden));
  expect(sent.status).toBe(303);
  return sent;
}

/** The names that the code gives its cookies, and for how many seconds a browser keeps each at most. */
const cookies: Readonly<Record<string, number>> = {
  language: 365 * 86_400,
  link: 2 * 3600,
  sent: 2 * 3600,
  start: 2 * 3600,
  tablet: 12 * 3600,
  "staff-kept": 1800,
  "staff-renewal": 2 * 3600,
  "staff-session": 2 * 3600,
  "staff-sign-in": 600,
};

/** Every file that makes a cookie, as the code stands. */
function makersOfCookies(): readonly string[] {
  const folder = join(import.meta.dirname, "../../functions");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => /\b(sealedCookie|setCookie)\(/.test(readFileSync(join(folder, file), "utf8")))
    .sort();
}

describe("every cookie of both sites", () => {
  it("is one of those that are tried here", async () => {
    const named = new Set(
      (await allCookies()).map(({ name }) => name.replace(/-[0-9a-f]{12}$/, "")),
    );
    expect([...named].sort()).toEqual(Object.keys(cookies).sort());
    expect(makersOfCookies()).toEqual([
      "participant-site/http/link-session.ts",
      "participant-site/http/view.tsx",
      "participant-site/routes/clinic-tablet.ts",
      "participant-site/start/draft.ts",
      "staff-site/session/kept-forms.ts",
      "staff-site/session/session.ts",
      "staff-site/session/sign-in-routes.tsx",
    ]);
  });

  it("says these things of itself and nothing else, when it is set and when it is taken back", async () => {
    for (const { name, value, flags } of await allCookies()) {
      const kind = name.replace(/-[0-9a-f]{12}$/, "");
      const seconds = value === "" ? 0 : cookies[kind];
      const path = kind.startsWith("staff-") ? "/staff" : "/";
      expect([...flags].sort(), name).toEqual(
        ["HttpOnly", `Max-Age=${seconds}`, `Path=${path}`, "SameSite=Lax", "Secure"].sort(),
      );
    }
  });

  it("travels in plain only where the pages themselves do, on this very machine", async () => {
    const plain = await StaffWorld.create(tuesdayMorning, undefined, "http://localhost:8080");
    const [begun] = cookiesOf((await plain.page(undefined, "/staff/sign-in")).headers);
    expect(begun?.flags).not.toContain("Secure");
    expect(begun?.flags).toContain("HttpOnly");
  });

  it("is out of reach of scripts, open lines and other sites, and ends", async () => {
    const cookies = await allCookies();
    const names = new Set(cookies.map(({ name }) => name.replace(/-[0-9a-f]{12}$/, "")));
    for (const name of ["staff-sign-in", "staff-session", "start", "link"])
      expect([...names]).toContain(name);
    expect(cookies.flatMap(faultsOf)).toEqual([]);
  });

  it("of the staff goes to their pages alone", async () => {
    for (const { name, flags } of await allCookies())
      if (name.startsWith("staff-")) expect(flags, name).toContain("Path=/staff");
  });
});

describe("a sign-in that comes back", () => {
  it("opens a session for the browser that began it", async () => {
    const { state, cookie } = await beginSignIn();
    const back = await comeBack(state, cookie);
    expect(back.location).toBe("/staff");
    const [used, session] = cookiesOf(back.headers);
    // What was asked with cannot be used a second time.
    expect(used).toMatchObject({ name: "staff-sign-in", value: "" });
    expect(session?.name).toBe("staff-session");
    // Sealed: a copy of it is no token for the API, and says nobody's name.
    expect(session?.value).not.toContain("casey");
    const shown = await staff.page(undefined, "/staff", undefined, {
      cookie: `${session?.name}=${session?.value}`,
    });
    expect(shown.html).toContain("Casey Morgan");
  });

  it("carries a challenge by SHA-256, and a state that nobody can guess", async () => {
    const [one, other] = [await beginSignIn(), await beginSignIn()];
    expect(one.asked.get("code_challenge_method")).toBe("S256");
    expect(one.asked.get("response_type")).toBe("code");
    expect(one.asked.get("code_challenge")).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one.state.length).toBeGreaterThanOrEqual(32);
    expect(one.state).not.toBe(other.state);
    expect(one.asked.get("code_challenge")).not.toBe(other.asked.get("code_challenge"));
  });

  it.each<[string, () => Promise<readonly [state: string, cookie: string]>]>([
    ["with another state", async () => ["another", (await beginSignIn()).cookie]],
    ["without a state", async () => ["", (await beginSignIn()).cookie]],
    ["to a browser that began none", async () => [(await beginSignIn()).state, ""]],
    [
      "to a browser that began another",
      async () => [(await beginSignIn()).state, (await beginSignIn()).cookie],
    ],
    ["with a cookie that was written by hand", async () => ["x", "staff-sign-in=x.y"]],
    [
      "with a value that was sealed for another purpose",
      async () => {
        const name = `start:4000000000000:mine`;
        return [name, `staff-sign-in=${staff.deps.secrets.sealValue(`${name}.verifier`)}`];
      },
    ],
    [
      "with a link's token in the place of its cookie",
      async () => ["01JHTESTLINK", `staff-sign-in=${staff.deps.secrets.sealLink("01JHTESTLINK")}`],
    ],
  ])("%s opens no session", async (_what, make) => {
    const [state, cookie] = await make();
    const back = await comeBack(state, cookie);
    expect(back.location).toBe("/staff?problem=sign-in");
    expect(cookiesOf(back.headers).filter(({ name }) => name === "staff-session")).toEqual([]);
  });
});

describe("a sealed cookie of the public pages", () => {
  it("is taken for what it was made for alone", async () => {
    const episodeId = await site.participant();
    const token = await site.openCheckIn(episodeId);
    const opened = await site.site.request(`${origin}/k/${token}`, {
      method: "POST",
      body: "",
      headers: form,
    });
    const [link] = cookiesOf(opened.headers).filter(({ name }) => name.startsWith("link-"));
    const path = opened.headers.get("location") ?? "";
    const asked = async (cookie: string) =>
      (await site.site.request(`${origin}${path}`, { headers: { cookie } })).status;
    expect(await asked(`${link?.name}=${link?.value}`)).toBe(200);
    const begun = await site.site.request(`${origin}/start`, {
      method: "POST",
      body: "",
      headers: form,
    });
    const [draft] = cookiesOf(begun.headers).filter(({ name }) => name === "start");
    for (const other of [draft?.value, site.deps.secrets.sealValue("01JHTESTLINK"), token])
      expect(await asked(`${link?.name}=${other}`)).toBe(401);
    // And another link's session is none of this one's.
    expect(await asked(`link-0123456789ab=${link?.value}`)).toBe(401);
  });
});
