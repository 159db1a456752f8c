import { beforeAll, describe, expect, it } from "vitest";
import { pagesOnDemand } from "../../../functions/staff-site/pages-on-demand.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

describe("a page that is loaded when it is asked for", () => {
  let world: StaffWorld;
  beforeAll(async () => {
    world = await StaffWorld.create(tuesdayMorning);
  });

  it("is listed with every route that it answers, and no other", async () => {
    for (const { routes, load } of pagesOnDemand) {
      const listed = Object.entries(routes).flatMap(([path, methods]) =>
        methods.map((method) => `${method} ${path}`),
      );
      const page = (await load())(world.siteDeps);
      const answered = page.routes.map(({ method, path }) => `${method} ${path}`);
      expect(answered.sort()).toEqual(listed.sort());
    }
  });
});
