import { describe, expect, it } from "vitest";
import { ClockMove } from "../../../local/world/clock-move.ts";

/** A world that comes an hour further in each stretch of a move, when it is let. */
class SteppedWorld {
  readonly stretches: number[] = [];
  #nowMs = 0;
  readonly #steps: (() => void)[] = [];
  problem: Error | undefined;

  async advanceTo(toMs: number, budgetMs?: number) {
    this.stretches.push(budgetMs ?? Number.POSITIVE_INFINITY);
    await new Promise<void>((resolve) => this.#steps.push(resolve));
    if (this.problem !== undefined) throw this.problem;
    this.#nowMs += 1;
    return {
      more: this.#nowMs < toMs,
      events: [{ at: String(this.#nowMs), what: "reminder due" }],
    };
  }

  async step(): Promise<void> {
    this.#steps.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const started = async () => {
  const world = new SteppedWorld();
  const move = new ClockMove(() => world);
  await move.begin({ fromMs: 0, toMs: 3 }, 1);
  return { world, move };
};

describe("a move of the clock that takes long", () => {
  it("lets the page go on and say how far it is, and tells in the end all that happened", async () => {
    const { world, move } = await started();
    expect(move.underway).toEqual({ fromMs: 0, toMs: 3 });
    expect(move.last).toBeUndefined();
    for (let step = 0; step < 3; step += 1) await world.step();
    expect(move.underway).toBeUndefined();
    expect(move.last?.more).toBe(false);
    expect(move.last?.events.map(({ at }) => at)).toEqual(["1", "2", "3"]);
    // Bit by bit: else nobody could stop it, and every other page would wait for its end.
    expect(Math.max(...world.stretches)).toBeLessThanOrEqual(1_000);
  });

  it("is shown as what it did where it is over at once", async () => {
    const world = new SteppedWorld();
    const move = new ClockMove(() => world);
    const begun = move.begin({ fromMs: 0, toMs: 1 }, 60_000);
    await world.step();
    await begun;
    expect(move.last).toEqual({ more: false, events: [{ at: "1", what: "reminder due" }] });
  });

  it("ends where it is when somebody stops it, and says that there is more", async () => {
    const { world, move } = await started();
    const stopped = move.stop();
    await world.step();
    await stopped;
    expect(move.underway).toBeUndefined();
    expect(move.last).toEqual({ more: true, events: [{ at: "1", what: "reminder due" }] });
    // A later move is not stopped by it.
    await move.begin({ fromMs: 1, toMs: 3 }, 1);
    await world.step();
    await world.step();
    expect(move.last?.more).toBe(false);
  });

  it("is not begun a second time by a second click", async () => {
    const { world, move } = await started();
    await move.begin({ fromMs: 0, toMs: 500 }, 1);
    expect(move.underway).toEqual({ fromMs: 0, toMs: 3 });
    for (let step = 0; step < 3; step += 1) await world.step();
    expect(world.stretches).toHaveLength(3);
    expect(move.underway).toBeUndefined();
  });

  it("says why it came to grief, until the next one", async () => {
    const { world, move } = await started();
    world.problem = new Error("The database is away");
    await world.step();
    expect([move.underway, move.problem]).toEqual([undefined, "The database is away"]);
    world.problem = undefined;
    await move.begin({ fromMs: 0, toMs: 1 }, 1);
    expect(move.problem).toBeUndefined();
    await world.step();
    expect(move.last?.more).toBe(false);
  });
});
