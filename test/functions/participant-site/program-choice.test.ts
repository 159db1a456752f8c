import { expect, it } from "vitest";
import { fictionalAnswers, SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

it("asks what somebody wants help with where an office has several programs, in plain words", async () => {
  const world = await SiteWorld.start();
  const visitor = new SiteVisitor(world);
  await visitor.open("/start");
  await visitor.submit();
  await visitor.submit({ siteId: "riverside" });
  expect(visitor.path).toBe("/start/care");
  expect(visitor.main).toContain("Alcohol or drugs, also together with other worries");
  expect((await visitor.submit({ programId: "no-such" })).status).toBe(400);
  expect(visitor.main).toContain("Select what you would like help with most");
  await visitor.fillIn({ ...fictionalAnswers, programId: "sud-iop" });
  expect(visitor.main).toContain("Alcohol or drugs, also together with other worries");
  await visitor.submit();
  const roots = world.store.all("care").filter(({ sk }) => sk === "EPISODE");
  expect(roots).toMatchObject([{ programId: "sud-iop", programVersion: 1 }]);
});

it("asks again what somebody wants help with when the office is another one", async () => {
  const world = await SiteWorld.start();
  const visitor = new SiteVisitor(world);
  await visitor.fillIn({ ...fictionalAnswers, programId: "sud-iop" });
  await visitor.open("/start/place");
  await visitor.submit({ siteId: "mesa" });
  expect(visitor.path).toBe("/start/care");
});
