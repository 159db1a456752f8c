import { describe, expect, it } from "vitest";
import { Draft } from "../../shared/care/change/draft.ts";
import { recordNote } from "../../shared/care/safety/record-note.ts";
import { Life } from "./life.ts";

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
    await life.command((state, ctx) => {
      const draft = new Draft(state, ctx);
      recordNote(draft, ctx, { note: "Very low today.", safetyConcern: true }, "contact-1");
      return draft.finish("raised");
    });
    await life.world.advanceHours(6);
    const gaps = tries.map((at, index) => Date.parse(tries[index + 1] ?? at) - Date.parse(at));
    expect(tries.length).toBeGreaterThan(6 * 6);
    expect(Math.max(...gaps) / 60_000).toBeLessThanOrEqual(10);
  });
});
