import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../../../shared/keys/keys.ts";
import { SiteVisitor } from "../../fakes/site-visitor.ts";
import { SiteWorld } from "../../fakes/site-world.ts";

let world: SiteWorld;
let visitor: SiteVisitor;
let episodeId: string;
beforeEach(async () => {
  world = await SiteWorld.start();
  visitor = new SiteVisitor(world);
});

const openTasks = async () =>
  (await world.episodeItems(episodeId, "task")).filter(
    ({ taskKind }) => taskKind === "inbound-reply",
  );

describe("“I need to come back”", () => {
  it("is one button behind any link of somebody in aftercare, and a call the same day", async () => {
    episodeId = await world.participant();
    const key = keys.episode(episodeId);
    const stored = await world.store.get("care", key.pk, key.sk);
    if (stored === undefined) throw new Error("There is no such episode");
    const item = {
      ...stored,
      status: "aftercare",
      dischargedAt: "2027-01-05T15:00:00.000Z",
      lastContact: { at: "2027-01-11T15:00:00.000Z", how: "spoke", by: "casey-riverside" },
    };
    await world.store.transact([{ put: { table: "care", item } }]);
    const token = await world.openCheckIn(episodeId);
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    expect(visitor.path).toBe("/check-in");
    expect(visitor.main).toContain("I need to come back to the program");
    await visitor.open("/preferences");
    expect(visitor.main).toContain("I need to come back to the program");
    await visitor.open("/come-back");
    await visitor.submit();
    expect(visitor.status).toBe(200);
    expect(visitor.main).toContain("Thank you for telling us");
    expect(visitor.main).toContain('href="tel:988"');
    expect(await openTasks()).toMatchObject([
      {
        assignedFunction: "case-manager",
        // Whoever spoke with them last.
        assignedTo: "casey-riverside",
        priority: "urgent",
        words: expect.stringContaining("I need to come back"),
        dueAt: expect.stringMatching(/^2027-01-12T/),
      },
    ]);
    // Once more the same day asks for nothing more.
    await visitor.open("/come-back");
    await visitor.submit();
    expect(await openTasks()).toHaveLength(1);
  });

  it("is not there for somebody who is in the program", async () => {
    episodeId = await world.participant();
    const token = await world.askForm(episodeId);
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    await visitor.open("/preferences");
    expect(visitor.main).not.toContain("come back");
    await visitor.open("/come-back");
    expect(visitor.main).not.toContain("<form");
    const before = world.everything();
    expect(
      (await visitor.post("/come-back", { key: "a-key-of-a-test" })).status,
    ).toBeGreaterThanOrEqual(400);
    expect(world.everything() === before).toBe(true);
  });
});
