import { beforeEach, describe, expect, it } from "vitest";
import { Draft } from "../../../shared/care/change/draft.ts";
import { itemKeys } from "../../../shared/keys/keys.ts";
import { decideAndCommit } from "../../../shared/store/decide-and-commit.ts";
import { tabletTriesPerHour } from "../../../shared/store/tablet-codes.ts";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld, siteOrigin } from "../../fakes/site-world.ts";
import { tabletCodeFor } from "../../fakes/tablet-code.ts";

const path = "/tablet?site=riverside";
const wrong = "This code does not work";
const ana = { given: "Ana", phone: "+12125550142", email: "ana@example.org" };
const ben = { given: "Ben", phone: "+12125550143", email: "ben@example.org" };

let world: SiteWorld;
let tablet: SiteVisitor;
beforeEach(async () => {
  world = await SiteWorld.start();
  tablet = new SiteVisitor(world);
});

const codeFor = (episodeId: string, kind: "form" | "check-in" = "form") =>
  tabletCodeFor(world, episodeId, kind);

async function person(who = ana, language = "en"): Promise<string> {
  const episodeId = await world.participant(language, who);
  await world.askForm(episodeId, { instruments: ["gad-7"] });
  return episodeId;
}

async function type(code: string, visitor = tablet): Promise<SiteVisitor> {
  await visitor.open(path);
  return visitor.submit({ code });
}

/** Answers every question with the first answer, up to the thanks. */
async function answerAll(visitor = tablet): Promise<void> {
  for (let step = 0; step < 30 && !visitor.path.endsWith("/done"); step += 1) {
    const [first] = visitor.offered;
    await visitor.submit(first === undefined ? {} : { [first.name]: first.value });
  }
}

const formOf = async (episodeId: string) => (await world.episodeItems(episodeId, "form"))[0];

describe("a clinic's tablet", () => {
  it("opens a form by its code as its link would, names nobody, and keeps nothing when it is sent", async () => {
    const episodeId = await person();
    const code = await codeFor(episodeId);
    await type(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`);
    expect(tablet.path).toBe("/screen");
    expect(tablet.main).toContain("To stop, press “Leave this page”");
    expect(tablet.html).not.toMatch(/\bAna\b|Okafor|\b0142\b|example\.org/);
    await answerAll();
    expect(tablet.main).toContain("Nothing of yours is left on it");
    expect(tablet.main).not.toMatch(/preferences|come-back/);
    expect(await formOf(episodeId)).toMatchObject({ status: "answered" });
    expect([...tablet.cookies.keys()]).toEqual(["tablet"]);
    expect(tablet.headers.get("cache-control")).toContain("no-store");
    await tablet.open("/screen/1");
    expect([tablet.status, tablet.title]).toEqual([401, expect.stringContaining("page is closed")]);
  });

  it("opens a check-in", async () => {
    const episodeId = await world.participant();
    await world.openCheckIn(episodeId);
    await type(await codeFor(episodeId, "check-in"));
    expect(tablet.path).toBe("/check-in");
  });

  it("serves two people one after the other, each with their own form and language", async () => {
    const [first, second] = [await person(ana, "es"), await person(ben)];
    await type(await codeFor(first));
    expect(tablet.main).toContain("Empezar");
    await tablet.open(`/screen?of=${tablet.mark}&lang=es`);
    await tablet.submit();
    await tablet.submit({ [tablet.offered[0]?.name ?? ""]: "2" });
    const [left, mark] = [tablet.path, tablet.mark];
    await tablet.open("/leave", { headers: { "sec-fetch-site": "same-origin" } });
    expect(tablet.path).toBe(path);
    await tablet.open(`${left}?of=${mark}`);
    expect(tablet.status).toBe(401);
    await type(await codeFor(second));
    expect(tablet.main).toContain("Start");
    await answerAll();
    expect((await formOf(first))?.answers["gad-7"]).toEqual({ "gad7-1": 2 });
    expect(await formOf(second)).toMatchObject({
      status: "answered",
      answers: { "gad-7": { "gad7-1": 0 } },
    });
  });

  it("ends one person's pages when the next code is typed without leaving them", async () => {
    const [first, second] = [await person(ana), await person(ben)];
    await type(await codeFor(first));
    const { mark } = tablet;
    await tablet.post(path, { code: await codeFor(second) });
    expect(tablet.mark).not.toBe(mark);
    await tablet.open(`/screen?of=${mark}`);
    expect(tablet.status).toBe(401);
  });

  it("opens that one form alone: not how the person is written to, nor their plans", async () => {
    await type(await codeFor(await person()));
    const { mark } = tablet;
    for (const other of ["/preferences", "/my-plans", "/come-back", "/my-week", "/check-in"]) {
      await tablet.open(`${other}?of=${mark}`);
      expect(tablet.status, other).toBe(401);
    }
    await tablet.open(`/screen?of=${mark}`);
    expect(tablet.status).toBe(200);
  });

  it("shows the crisis page in reply to an answer of danger, with its alert on file", async () => {
    const episodeId = await world.participant();
    await world.askForm(episodeId, { instruments: ["phq-9"] });
    await type(await codeFor(episodeId));
    await tablet.open(`/screen/9?of=${tablet.mark}`);
    await tablet.submit({ "phq9-9": "3" });
    expect(tablet.title).toContain("You do not have to be alone");
    expect(tablet.main).toContain("988");
    expect(await world.episodeItems(episodeId, "escalation")).toHaveLength(1);
  });

  it("asks which site's it is where there are several, and speaks Spanish", async () => {
    await tablet.open("/tablet?lang=es");
    expect(tablet.main).toContain("¿Dónde está esta tableta?");
    await tablet.open(path);
    expect(tablet.main).toContain("Escriba su código");
    await tablet.submit({ code: "K7RM02XQ" });
    expect(tablet.main).toContain("Este código no sirve");
  });

  it("is not asked where it is once it took a code there, whoever typed the address without it", async () => {
    await type(await codeFor(await person()));
    await answerAll();
    await tablet.open("/tablet");
    expect(tablet.main).toContain("Enter your code");
    await tablet.submit({ code: await codeFor(await person(ben)) });
    expect(tablet.path).toBe("/screen");
    await tablet.open("/tablet?site=mesa");
    expect(tablet.html).toContain("site=mesa");
  });
});

describe("a code that does not open", () => {
  const refused = async (code: string, visitor = tablet) => {
    await type(code, visitor);
    expect([visitor.status, visitor.path]).toEqual([400, path]);
    expect(visitor.main).toContain(wrong);
    return visitor.main;
  };

  it("is told the same whether it is mistyped, unknown, used, over or of another site", async () => {
    const episodeId = await person();
    const used = await codeFor(episodeId);
    await type(used);
    const other = new SiteVisitor(world);
    const said = [await refused("hello", other), await refused("K7RM02XQ", other)];
    said.push(await refused(used, other));
    const late = await codeFor(episodeId);
    await other.open("/tablet?site=mesa");
    await other.submit({ code: late });
    expect([other.status, other.main.includes(wrong)]).toEqual([400, true]);
    world.advanceHours(0.25);
    said.push(await refused(late, other));
    expect(new Set(said).size).toBe(1);
    expect([...other.cookies.keys()]).toEqual([]);
  });

  it("is taken once of two who type it at the same time", async () => {
    const code = await codeFor(await person());
    const [one, two] = [new SiteVisitor(world), new SiteVisitor(world)];
    await Promise.all([type(code, one), type(code, two)]);
    expect([one.path, two.path].sort()).toEqual(["/screen", path]);
  });

  it("ended with a newer one, and so did the pages it opened", async () => {
    const episodeId = await person();
    const first = await codeFor(episodeId);
    const second = await codeFor(episodeId);
    await refused(first);
    await type(second);
    expect(tablet.path).toBe("/screen");
    await codeFor(episodeId);
    await tablet.open(`/screen?of=${tablet.mark}`);
    expect([tablet.status, tablet.title]).toEqual([410, expect.stringContaining("not open any")]);
  });

  it("says so where the form was sent meanwhile, or taken back", async () => {
    const [sent, over] = [await person(ana), await person(ben)];
    const [ofSent, ofOver] = [await codeFor(sent), await codeFor(over)];
    const end = (episodeId: string, status: "answered" | "ended") =>
      decideAndCommit(world.deps, {
        episodeId,
        commandId: `end-${episodeId}`,
        actor: { kind: "system", part: "test" },
        decide: (state, ctx) => {
          const draft = new Draft(state, ctx);
          const item = state.items.get(itemKeys.form("intake"));
          if (item?.kind === "form") draft.replace(item, { status });
          return { change: draft.finish("ended"), answer: "ended" };
        },
      });
    await end(sent, "answered");
    await end(over, "ended");
    await type(ofSent);
    expect(tablet.main).toContain("This form was sent already");
    await type(ofOver);
    expect([tablet.status, tablet.main]).toEqual([410, expect.stringContaining("not open any")]);
  });

  it("is not taken in the hours in which nobody could answer what it raises", async () => {
    const episodeId = await world.participant();
    await world.askForm(episodeId, { instruments: ["phq-9"] });
    const code = await codeFor(episodeId);
    const site = await world.store.get("care", "SITE#riverside", "SITE");
    if (site === undefined) throw new Error("There is no site");
    const { onCall: _onCall, ...rest } = site;
    const staffedHours = [{ dayOfWeek: 3, from: "09:00", to: "17:00" }];
    await world.store.transact([
      {
        put: { table: "care", item: { ...rest, pk: site.pk, sk: site.sk, rota: [], staffedHours } },
      },
    ]);
    await type(code);
    expect([tablet.status, tablet.title]).toEqual([409, expect.stringContaining("opens later")]);
    expect(tablet.main).toContain("Wednesday");
  });

  it("cannot be guessed: a site's tablets take so many in one hour, right ones too", async () => {
    const episodeId = await person();
    const guess = (number: number) => number.toString().padStart(8, "0");
    for (let number = 0; number < tabletTriesPerHour; number += 1)
      expect((await tablet.post(path, { code: guess(number) })).status).toBe(400);
    const code = await codeFor(episodeId);
    await type(code);
    expect([tablet.status, tablet.title]).toEqual([429, expect.stringContaining("not taken")]);
    // Another site's tablets go on, and so does this one in the next hour.
    await tablet.post("/tablet?site=mesa", { code });
    expect(tablet.status).toBe(400);
    world.advanceHours(1);
    await type(await codeFor(episodeId));
    expect(tablet.path).toBe("/screen");
  });

  it("is refused from another site's form, and is stored nowhere", async () => {
    const code = await codeFor(await person());
    const response = await world.site.request(`${siteOrigin}${path}`, {
      ...tablet.form({ code }),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: "https://elsewhere.example.org",
      },
    });
    expect(response.status).toBe(403);
    await type(code);
    expect(tablet.path).toBe("/screen");
    expect(world.everything()).not.toContain(code);
    expect(world.problems).toEqual([]);
  });
});
