import { beforeEach, describe, expect, it } from "vitest";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
let episodeId: string;
let token: string;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
  episodeId = await world.participant();
  token = await world.openCheckIn(episodeId);
  await visitor.open(`/k/${token}`);
  await visitor.submit();
});

async function checkIn(): Promise<CheckIn> {
  const [found] = await world.episodeItems(episodeId, "check-in");
  if (found === undefined) throw new Error("There is no check-in");
  return found;
}

const well: Readonly<Record<string, string>> = {
  confidence: "4",
  "follow-up-attended": "yes",
  "opioid-use": "no",
  "key-medication-stopped": "no",
  "other-medication-stopped": "no",
  "nowhere-to-sleep": "no",
  "housing-or-work-lost": "no",
  "wants-call": "no",
};

/** Answers every page as somebody who is well, apart from what is given. */
async function answerAll(other: Readonly<Record<string, string>> = {}): Promise<void> {
  for (let page = 0; page < 40 && visitor.path !== "/check-in/check"; page += 1) {
    const name = visitor.offered[0]?.name;
    const answers = { ...well, ...other };
    await visitor.submit(name === undefined ? {} : { [name]: answers[name] ?? "0" });
    if (visitor.status !== 200) throw new Error(visitor.main);
  }
}

describe("a check-in by link", () => {
  it("asks the program's questions one a page and records them together", async () => {
    expect(visitor.path).toBe("/check-in");
    expect(visitor.main).toContain("There are 14 questions");
    await answerAll();
    await visitor.submit();
    expect(visitor.path).toBe("/check-in/done");
    expect(visitor.main).not.toContain("<form");
    expect(await checkIn()).toMatchObject({
      status: "answered",
      action: "none",
      reasons: [],
      answers: { "use-days": 0, "opioid-use": false, confidence: 4, "phq2-1": 0 },
    });
    expect(world.problems).toEqual([]);
  });

  it("opens a call for an answer that asks for one", async () => {
    await answerAll({ "wants-call": "yes", craving: "3" });
    await visitor.submit();
    expect(await checkIn()).toMatchObject({ status: "answered", action: "same-day-call" });
    expect(await world.episodeItems(episodeId, "task")).toContainEqual(
      expect.objectContaining({ taskKind: "check-in-call", status: "open" }),
    );
  });

  it("keeps each answer at once and goes on where it was left", async () => {
    await visitor.submit();
    await visitor.submit({ "phq2-1": "1" });
    expect(await checkIn()).toMatchObject({ status: "open", answers: { "phq2-1": 1 } });
    const other = new SiteVisitor(world);
    await other.open(`/k/${token}`);
    await other.submit();
    await other.submit();
    expect(other.path).toBe("/check-in/2");
  });

  it("reads what is written with it, pages for words of danger, and shows help at once", async () => {
    await answerAll();
    await visitor.submit({ words: "I want to kill myself, said cedarwood" });
    expect(visitor.status).toBe(200);
    expect(visitor.main).toContain('<div class="urgent">');
    expect(visitor.main).toContain('href="tel:988"');
    const [escalation] = await world.episodeItems(episodeId, "escalation");
    expect(escalation).toMatchObject({ tier: "RED", confirmed: false });
    expect(JSON.stringify(world.store.all("care"))).not.toContain("cedarwood");
    expect(JSON.stringify(world.store.all("audit"))).not.toContain("cedarwood");
    expect(JSON.stringify(world.store.all("identity"))).toContain("cedarwood");
    await visitor.submit();
    expect(visitor.path).toBe("/check-in/done");
    expect(visitor.status).toBe(200);
  });

  it("counts a repeated sending once, and says so kindly afterwards", async () => {
    await answerAll();
    const { hidden } = visitor;
    await visitor.submit();
    const before = world.everything();
    await visitor.post("/check-in/send", hidden);
    expect(visitor.path).toBe("/check-in/done");
    await visitor.post("/check-in/1", { "phq2-1": "3", key: world.deps.ids.next() });
    expect(visitor.path).toBe("/check-in/done");
    expect(world.everything() === before).toBe(true);
    expect((await visitor.open(`/k/${token}`)).main).toContain("You already sent this");
  });

  it("speaks Spanish", async () => {
    await visitor.open("/check-in?lang=es");
    expect(visitor.html).toContain('<html lang="es"');
    await visitor.open("/check-in/5");
    expect(visitor.main).toContain("En los últimos 7 días");
    await visitor.open("/check-in/6");
    expect(visitor.main).toContain(">Sí</label>");
  });
});

describe("what a check-in refuses", () => {
  it.each([
    ["no answer", {}, 400],
    ["a value that is not offered", { "phq2-1": "7" }, 400],
    ["a value of another kind", { "phq2-1": "no" }, 400],
    ["another question's answer", { "phq2-2": "1" }, 400],
    ["a field that no page has", { "phq2-1": "1", vip: "1" }, 400],
  ])("%s", async (_what, fields, status) => {
    await visitor.submit();
    const before = world.everything();
    await visitor.submit(fields);
    expect(visitor.status).toBe(status);
    expect(world.everything() === before).toBe(true);
  });

  it("sending before all is answered", async () => {
    await visitor.submit();
    await visitor.submit({ "phq2-1": "1" });
    const before = world.everything();
    await visitor.post("/check-in/send", { key: world.deps.ids.next() });
    expect(visitor.status).toBe(409);
    expect(visitor.main).toContain(`href="/check-in/2?of=${visitor.mark}"`);
    expect(world.everything() === before).toBe(true);
  });

  it("more words than fit, or words that cannot be shown", async () => {
    await answerAll();
    const key = world.deps.ids.next();
    const before = world.everything();
    const words = "x".repeat(1001);
    expect((await visitor.post("/check-in/send", { key, words })).status).toBe(413);
    expect((await visitor.post("/check-in/send", { key, words: "a\u0007b" })).status).toBe(400);
    expect((await visitor.post("/check-in/send", { key, vip: "1" })).status).toBe(400);
    expect((await visitor.post("/check-in/send", {})).status).toBe(400);
    expect(world.everything() === before).toBe(true);
  });

  it("answers after its window, and everybody without a link", async () => {
    await visitor.open("/check-in/1");
    const stranger = new SiteVisitor(world);
    const fields = { "phq2-1": "1", key: world.deps.ids.next() };
    expect((await stranger.post("/check-in/1", fields)).status).toBe(401);
    expect((await stranger.open("/check-in")).status).toBe(401);
    world.advanceHours(24 * 8);
    await visitor.open(`/k/${token}`);
    expect(visitor.status).toBe(410);
    expect((await visitor.post("/check-in/1", fields)).status).toBe(401);
    expect((await checkIn()).answers).toEqual({});
  });
});
