import { beforeAll, expect, it } from "vitest";
import { apiRoutes } from "../../../shared/contracts/routes/table.ts";
import { tuesdayMorning } from "../../builders/state.ts";
import { addressOf, type Ids, somebody } from "../../fakes/one-of-everything.ts";
import { StaffWorld } from "../../fakes/staff-world.ts";

let world: StaffWorld;
let ids: Ids;
beforeAll(async () => {
  world = await StaffWorld.create(tuesdayMorning);
  ids = await somebody(world);
});

it("every answer of the staff's API is kept and framed by nobody and runs nothing, whoever asked and however it ended", async () => {
  const statuses = new Set<number>();
  for (const { method, path } of apiRoutes.filter(({ who }) => who !== "senders"))
    for (const who of ["taylor-riverside", undefined]) {
      // Of what changes something, the refusal of a body that is none.
      const body = method === "GET" ? undefined : "x";
      const { headers, status } = await world.call(who, method, addressOf(path, ids), body);
      statuses.add(status);
      const said = (name: string) => headers.get(name) ?? "";
      const answer = `${method} ${path} as ${who}: ${status}`;
      expect(said("cache-control"), answer).toBe("no-store");
      expect(said("x-frame-options"), answer).toBe("DENY");
      expect(said("x-content-type-options"), answer).toBe("nosniff");
      expect(said("referrer-policy"), answer).toBe("same-origin");
      expect(said("strict-transport-security"), answer).toMatch(/^max-age=\d{8}/);
      expect(said("content-security-policy"), answer).toMatch(
        /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'.*base-uri 'none'/,
      );
    }
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 400, 401]));
});
