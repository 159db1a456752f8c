import { beforeEach, describe, expect, it } from "vitest";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
let episodeId: string;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
  episodeId = await world.participant();
});

async function openForm(options: Parameters<SiteWorld["askForm"]>[1] = {}): Promise<string> {
  const token = await world.askForm(episodeId, options);
  await visitor.open(`/k/${token}`);
  await visitor.submit();
  return token;
}

/** Answers page after page with the value at this place, until the check; item 9 apart. */
async function answerAll(index: number, item9 = 0): Promise<void> {
  for (let page = 0; page < 40 && visitor.path !== "/screen/check"; page += 1) {
    const { offered } = visitor;
    const name = offered[0]?.name;
    const value = offered[name === "phq9-9" ? item9 : index]?.value ?? "";
    await visitor.submit(name === undefined ? {} : { [name]: value });
    if (visitor.status !== 200) throw new Error(visitor.main);
  }
}

describe("an answer of 1 or more to item 9", () => {
  it.each([
    [1, "YELLOW"],
    [2, "ORANGE"],
    [3, "RED"],
  ])("of %i shows help in reply to that very form, with the alert on file", async (value, tier) => {
    await openForm();
    await visitor.open("/screen/9");
    const commits: string[][] = [];
    world.store.onCommit((changes) => commits.push(changes.map((change) => change.keys.sk)));
    const reply = await visitor.request(
      visitor.target("/screen/9").action,
      visitor.form({ ...visitor.hidden, "phq9-9": String(value) }),
    );
    const html = await reply.text();
    expect(reply.status).toBe(200);
    expect(html).toContain('<div class="urgent">');
    expect(html).toContain('href="tel:988"');
    expect(html).toContain('href="tel:+12125550110"');
    const [escalation] = await world.episodeItems(episodeId, "escalation");
    expect(escalation).toMatchObject({ tier, status: "open" });
    expect(commits).toHaveLength(1);
    expect(commits[0]).toContain("FORM#intake");
    expect(commits[0]).toContain(escalation?.sk);
    expect(await world.episodeItems(episodeId, "task")).toContainEqual(
      expect.objectContaining({ taskKind: "safety-follow-up", priority: "safety" }),
    );
  });

  it("shows help again when the same form comes again, and raises nothing new", async () => {
    await openForm();
    await visitor.open("/screen/9");
    const sent = visitor.form({ ...visitor.hidden, "phq9-9": "2" });
    await visitor.request(visitor.target("/screen/9").action, sent);
    const before = world.everything();
    const again = await visitor.request(visitor.target("/screen/9").action, sent);
    expect(await again.text()).toContain('<div class="urgent">');
    expect(world.everything() === before).toBe(true);
  });

  it("goes on from there, and shows help once more at the end", async () => {
    await openForm();
    await visitor.submit();
    await answerAll(1, 2);
    await visitor.submit();
    expect(visitor.path).toBe("/screen/done");
    expect(visitor.main).toContain('href="tel:988"');
    expect(await world.episodeItems(episodeId, "escalation")).toHaveLength(1);
  });

  it("is taken at any hour once the page is open", async () => {
    await leaveOnCall();
    world.setNow("2027-01-12T21:45:00.000Z");
    await openForm();
    await visitor.open("/screen/9");
    world.setNow("2027-01-12T22:30:00.000Z");
    await visitor.submit({ "phq9-9": "3" });
    expect(visitor.main).toContain('<div class="urgent">');
    expect(await world.episodeItems(episodeId, "escalation")).toHaveLength(1);
  });

  it("is heard from a page that was still open when the form was sent", async () => {
    await openForm();
    await visitor.submit();
    await answerAll(1);
    await visitor.submit();
    const sent = await world.episode(episodeId);
    const key = world.deps.ids.next();
    await visitor.post("/screen/9", { "phq9-9": "3", key });
    expect(visitor.main).toContain('<div class="urgent">');
    expect(await world.episodeItems(episodeId, "escalation")).toEqual([
      expect.objectContaining({ tier: "RED", status: "open" }),
    ]);
    expect((await world.episode(episodeId)).scores).toEqual(sent.scores);
    const before = world.everything();
    await visitor.post("/screen/9", { "phq9-9": "3", key });
    expect(visitor.main).toContain('<div class="urgent">');
    expect(world.everything() === before).toBe(true);
    await visitor.submit();
    expect(visitor.path).toBe("/screen/done");
  });

  it("survives a store whose answer is lost on the way", async () => {
    await openForm();
    await visitor.open("/screen/9");
    world.store.failNext("answer-lost");
    await visitor.submit({ "phq9-9": "1" });
    expect(visitor.main).toContain('<div class="urgent">');
    expect(await world.episodeItems(episodeId, "escalation")).toHaveLength(1);
  });
});

/** Takes the standing on-call off the site. */
async function leaveOnCall(): Promise<void> {
  const site = await world.store.get("care", "SITE#riverside", "SITE");
  if (site === undefined) throw new Error("There is no site");
  const { onCall: _onCall, ...rest } = site;
  await world.store.transact([
    { put: { table: "care", item: { ...rest, pk: site.pk, sk: site.sk, schemaVersion: 1 } } },
  ]);
}

describe("A link to an instrument with a safety item opens only while the site is staffed or has a named on-call, and closes 2 h before staffing ends", () => {
  it("opens while somebody is on call, at night too", async () => {
    const token = await world.askForm(episodeId);
    world.setNow("2027-01-13T04:00:00.000Z");
    expect((await visitor.open(`/k/${token}`)).status).toBe(200);
    expect(visitor.main).toContain("<form");
  });

  it("says when it opens and what to do instead where nobody is", async () => {
    await leaveOnCall();
    const token = await world.askForm(episodeId);
    expect((await visitor.open(`/k/${token}`)).status).toBe(200);
    // The staff leave at 19:00.
    world.setNow("2027-01-12T21:59:00.000Z");
    expect((await visitor.open(`/k/${token}`)).status).toBe(200);
    world.setNow("2027-01-12T22:01:00.000Z");
    await visitor.open(`/k/${token}`);
    expect(visitor.status).toBe(409);
    expect(visitor.main).toContain("Wednesday, January 13");
    expect(visitor.main).toContain("8:00");
    expect(visitor.main).toContain("(212) 555-0110");
    const before = world.everything();
    expect((await visitor.post(`/k/${token}`, {})).status).toBe(409);
    expect(world.everything() === before).toBe(true);
    const harmless = await world.askForm(episodeId, { instruments: ["gad-7"], occasion: "w1" });
    expect((await visitor.open(`/k/${harmless}`)).status).toBe(200);
  });
});
