import { describe, expect, it } from "vitest";
import { Life } from "./life.ts";
import { casey } from "./staff-calls.ts";

describe("an alert whose pages nobody can be given", () => {
  it("is paged again within minutes, however often it failed, and never rests for hours", async () => {
    const life = new Life("2027-01-11 08:30");
    await life.start();
    await life.refer();
    const { pager } = life.world.deps;
    const refused = { outcome: "refused", code: "no-line", isOptedOut: false } as const;
    const tries: string[] = [];
    pager.call = async () => {
      tries.push(life.world.now());
      return refused;
    };
    pager.text = async () => refused;
    await life.staff.onEpisode(casey, "contacts", {
      channel: "phone",
      outcome: "reached",
      note: "Very low today.",
      safetyConcern: true,
    });
    await life.world.advanceHours(6);
    const gaps = tries.map((at, index) => Date.parse(tries[index + 1] ?? at) - Date.parse(at));
    expect(tries.length).toBeGreaterThan(6 * 6);
    expect(Math.max(...gaps) / 60_000).toBeLessThanOrEqual(10);
  });
});
