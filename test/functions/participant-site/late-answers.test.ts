import { beforeEach, describe, expect, it } from "vitest";
import type { CheckIn } from "../../../shared/care/episode/check-in.ts";
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

/** Somebody has a page open when the time ends. */
async function untilOver(): Promise<void> {
  world.advanceHours(1);
}

describe("an answer that was on its way when the time ended", () => {
  beforeEach(async () => {
    const endsAt = new Date(Date.parse(world.now()) + 1_800_000).toISOString();
    const token = await world.askForm(episodeId, { endsAt });
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    await visitor.open("/screen/9");
  });

  it("is heard where it speaks of danger, and settles nothing", async () => {
    await untilOver();
    await visitor.submit({ "phq9-9": "3" });
    expect(visitor.status).toBe(200);
    expect(visitor.main).toContain('<div class="urgent">');
    expect(visitor.main).toContain('href="tel:988"');
    const [alert] = await world.episodeItems(episodeId, "escalation");
    expect(alert).toMatchObject({ tier: "RED", status: "open", trigger: { value: 3 } });
    const [form] = await world.episodeItems(episodeId, "form");
    expect(form).toMatchObject({ status: "asked", answers: {} });
    // What follows the crisis page says that the time is over, with the office's number.
    await visitor.submit();
    expect(visitor.status).toBe(410);
    expect(visitor.main).toContain("tel:+12125550110");
  });

  it("is told that the time is over where it is none, and writes nothing", async () => {
    await untilOver();
    const before = world.everything();
    await visitor.submit({ "phq9-9": "0" });
    expect(visitor.status).toBe(410);
    expect(visitor.main).toContain("tel:+12125550110");
    await visitor.post("/screen/9", { ...visitor.hidden, "phq9-9": "horoscope" });
    expect(visitor.status).toBe(410);
    expect(world.everything() === before).toBe(true);
  });
});

describe("words that were on their way when the time ended", () => {
  async function writing(): Promise<CheckIn> {
    const token = await world.openCheckIn(episodeId);
    const [checkIn] = await world.episodeItems(episodeId, "check-in");
    if (checkIn?.endsAt === undefined) throw new Error("There is no check-in");
    world.advanceHours((Date.parse(checkIn.endsAt) - Date.parse(world.now())) / 3_600_000 - 0.5);
    await visitor.open(`/k/${token}`);
    await visitor.submit();
    for (let page = 0; page < 40 && visitor.path !== "/check-in/check"; page += 1) {
      const field = visitor.offered[0];
      const value = field?.value === "yes" ? "no" : "0";
      await visitor.submit(field === undefined ? {} : { [field.name]: value });
    }
    expect(visitor.path).toBe("/check-in/check");
    return checkIn;
  }

  it("are kept, read by a person, and page for danger", async () => {
    await writing();
    await untilOver();
    await visitor.submit({ words: "I want to kill myself, said cedarwood" });
    expect(visitor.main).toContain('<div class="urgent">');
    const [alert] = await world.episodeItems(episodeId, "escalation");
    expect(alert).toMatchObject({ tier: "RED", confirmed: false });
    expect(await world.episodeItems(episodeId, "task")).toContainEqual(
      expect.objectContaining({ taskKind: "inbound-reply", status: "open" }),
    );
    expect(JSON.stringify(world.store.all("identity"))).toContain("cedarwood");
    const [checkIn] = await world.episodeItems(episodeId, "check-in");
    expect(checkIn?.status).toBe("open");
  });

  it("are read by a person where they speak of none, and the page says that the time is over", async () => {
    await writing();
    await untilOver();
    await visitor.submit({ words: "It was a good week, said cedarwood" });
    expect(visitor.status).toBe(410);
    expect(await world.episodeItems(episodeId, "task")).toContainEqual(
      expect.objectContaining({ taskKind: "inbound-reply", status: "open" }),
    );
    expect(await world.episodeItems(episodeId, "escalation")).toEqual([]);
  });
});
