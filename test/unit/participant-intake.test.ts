import { expect, it } from "vitest";
import { fictionalAnswers, SiteVisitor } from "../fakes/site-visitor.ts";
import { SiteWorld } from "../fakes/site-world.ts";

it("takes somebody from the start page to a reference", async () => {
  const world = await SiteWorld.start();
  const visitor = await new SiteVisitor(world).open("/");
  expect(visitor.status).toBe(200);
  await visitor.fillIn(fictionalAnswers);
  await visitor.submit();
  expect(visitor.path).toBe("/start/sent");
});
