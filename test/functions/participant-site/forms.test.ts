import { beforeEach, describe, expect, it } from "vitest";
import type { FormRequest } from "../../../shared/care/episode/form-request.ts";
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

async function form(): Promise<FormRequest> {
  const [found] = await world.episodeItems(episodeId, "form");
  if (found === undefined) throw new Error("There is no form");
  return found;
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

describe("a form by link", () => {
  it("asks one question a page in published wording and is scored when it is sent", async () => {
    await openForm();
    expect(visitor.path).toBe("/screen");
    expect(visitor.main).toContain("There are 17 questions");
    await visitor.submit();
    expect(visitor.path).toBe("/screen/1");
    expect(visitor.main).toContain("Question 1 of 17");
    expect(visitor.main).toContain(
      "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    );
    expect(visitor.main).toContain("Little interest or pleasure in doing things");
    for (const words of ["Not at all", "Several days", "More than half the days"])
      expect(visitor.main).toContain(words);
    expect(visitor.main).not.toContain("checked");
    await answerAll(1);
    expect(visitor.main.match(/<dt/g)).toHaveLength(17);
    await visitor.submit();
    expect(visitor.path).toBe("/screen/done");
    expect(visitor.main).not.toContain("<form");
    expect((await form()).status).toBe("answered");
    const { scores } = await world.episode(episodeId);
    expect(scores).toEqual([
      expect.objectContaining({ instrumentId: "phq-9", total: 8 }),
      expect.objectContaining({ instrumentId: "gad-7", total: 7 }),
    ]);
    expect(world.problems).toEqual([]);
  });

  it("keeps each answer at once, so that the same link goes on later", async () => {
    const token = await openForm();
    await visitor.submit();
    await visitor.submit({ "phq9-1": "2" });
    await visitor.submit({ "phq9-2": "3" });
    expect((await form()).answers).toEqual({ "phq-9": { "phq9-1": 2, "phq9-2": 3 } });
    const other = new SiteVisitor(world);
    await other.open(`/k/${token}`);
    await other.submit();
    await other.submit();
    expect(other.path).toBe("/screen/3");
  });

  it("goes back and changes an answer, then on to the next open question", async () => {
    await openForm();
    await visitor.submit();
    await visitor.submit({ "phq9-1": "2" });
    await visitor.submit({ "phq9-2": "3" });
    await visitor.open("/screen/1");
    expect(visitor.main).toMatch(/value="2" checked/);
    await visitor.submit({ "phq9-1": "0" });
    expect(visitor.path).toBe("/screen/3");
    expect((await form()).answers).toEqual({ "phq-9": { "phq9-1": 0, "phq9-2": 3 } });
  });

  it("lets the question without a score be left out", async () => {
    await openForm({ instruments: ["phq-9"] });
    for (let number = 1; number <= 9; number += 1) {
      await visitor.open(`/screen/${number}`);
      await visitor.submit({ [`phq9-${number}`]: "0" });
    }
    expect(visitor.path).toBe("/screen/10");
    expect(visitor.main).toContain("You can leave this one out");
    expect(visitor.main).not.toContain("Over the last 2 weeks");
    await visitor.submit();
    expect(visitor.path).toBe("/screen/check");
    await visitor.submit();
    expect((await form()).status).toBe("answered");
  });

  it("asks a Spanish reader in the published Spanish, and leaves out what is not published in it", async () => {
    episodeId = await world.participant("es");
    await openForm();
    expect(visitor.html).toContain('<html lang="es"');
    await visitor.submit();
    expect(visitor.main).toContain("Pregunta 1 de 16");
    expect(visitor.main).toContain("Poco interés o placer en hacer cosas");
    expect(visitor.main).toContain("Casi todos los días");
    expect(visitor.main).not.toContain('lang="en"');
    await visitor.open("/screen/9");
    expect(visitor.main).toContain(
      "Pensamientos de que estaría mejor muerto(a) o de lastimarse de alguna manera",
    );
    await visitor.open("/screen/10");
    expect(visitor.main).toContain("Se ha sentido nervioso(a)");
    await visitor.open("/screen");
    await visitor.submit();
    await answerAll(1);
    await visitor.submit();
    expect((await form()).status).toBe("answered");
    const { scores } = await world.episode(episodeId);
    expect(scores.map(({ instrumentId, total }) => [instrumentId, total])).toEqual([
      ["phq-9", 8],
      ["gad-7", 7],
    ]);
  });
});

describe("what is refused", () => {
  it("asks for an answer where one is needed", async () => {
    await openForm();
    await visitor.submit();
    await visitor.submit();
    expect(visitor.status).toBe(400);
    expect(visitor.title).toMatch(/^Error: /);
    expect(visitor.main).toContain('<a href="#phq9-1">Select one answer</a>');
  });

  it.each([
    ["a value that is not offered", { "phq9-1": "4" }],
    ["a value of another kind", { "phq9-1": "yes" }],
    ["another question's answer", { "phq9-2": "1" }],
    ["a field that no page has", { "phq9-1": "1", vip: "1" }],
  ])("%s", async (_what, fields) => {
    await openForm();
    await visitor.submit();
    const before = world.everything();
    await visitor.submit(fields);
    expect(visitor.status).toBe(400);
    expect(world.everything() === before).toBe(true);
  });

  it("a form without its key, too long, or of another type", async () => {
    await openForm();
    const before = world.everything();
    expect((await visitor.post("/screen/1", { "phq9-1": "1" })).status).toBe(400);
    const long = { "phq9-1": "1".repeat(33 * 1024), key: world.deps.ids.next() };
    expect((await visitor.post("/screen/1", long)).status).toBe(413);
    await visitor.open(visitor.target("/screen/1").action, {
      method: "POST",
      body: '{"phq9-1":1}',
      headers: { "content-type": "application/json" },
    });
    expect(visitor.status).toBe(415);
    expect(world.everything() === before).toBe(true);
  });

  it("sending before all is answered", async () => {
    await openForm();
    await visitor.submit();
    await visitor.submit({ "phq9-1": "1" });
    const before = world.everything();
    await visitor.post("/screen/send", { key: world.deps.ids.next() });
    expect(visitor.status).toBe(409);
    expect(visitor.main).toContain(`href="/screen/2?of=${visitor.mark}"`);
    expect(world.everything() === before).toBe(true);
  });

  it("questions that the form does not have", async () => {
    await openForm();
    expect((await visitor.open("/screen/18")).status).toBe(404);
    expect((await visitor.post("/screen/99", {})).status).toBe(404);
    expect((await visitor.open("/screen/0")).status).toBe(404);
  });

  it("everything without a link, or with another purpose's", async () => {
    expect((await visitor.open("/screen")).status).toBe(401);
    expect((await visitor.post("/screen/1", { "phq9-1": "1" })).status).toBe(401);
    const token = await world.openCheckIn(episodeId);
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    expect((await visitor.open("/screen/1")).status).toBe(401);
  });

  it("a second sending, kindly", async () => {
    const token = await openForm();
    await visitor.submit();
    await answerAll(0);
    const { hidden } = visitor;
    await visitor.submit();
    const before = world.everything();
    await visitor.post("/screen/send", hidden);
    expect(visitor.path).toBe("/screen/done");
    expect(visitor.status).toBe(200);
    await visitor.post("/screen/1", { "phq9-1": "3", key: world.deps.ids.next() });
    expect(visitor.path).toBe("/screen/done");
    await visitor.open(`/k/${token}`);
    expect(visitor.status).toBe(200);
    expect(visitor.main).toContain("You already sent this");
    expect(visitor.main).toContain("Tuesday, January 12");
    expect(world.everything() === before).toBe(true);
  });

  it("answers after the end of the form", async () => {
    const token = await openForm({ endsAt: "2027-01-12T17:00:00.000Z" });
    await visitor.open("/screen/1");
    world.advanceHours(1.5);
    const before = world.everything();
    await visitor.submit({ "phq9-1": "1" });
    expect(visitor.status).toBe(410);
    expect(visitor.main).toContain("(212) 555-0110");
    expect((await visitor.open(`/k/${token}`)).status).toBe(410);
    expect(world.everything() === before).toBe(true);
  });
});
