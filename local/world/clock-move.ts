import type { World, WorldEvent } from "./world.ts";

/** What a move of the clock did, in order. */
export type Moved = { readonly events: readonly WorldEvent[]; readonly more: boolean };

/** A move that is under way; epoch milliseconds. */
export type Underway = { readonly fromMs: number; readonly toMs: number };

/** How much is done before it is looked at again whether somebody wants to stop. */
const stretchMs = 500;

/**
 * Moves the clock while somebody looks on from a page: bit by bit, so that the page can say how far it is, and be told
 * to stop. One move at a time; a second one that is asked for meanwhile is not begun.
 */
export class ClockMove {
  readonly #world: () => Pick<World, "advanceTo">;
  #underway: Underway | undefined;
  #going: Promise<void> = Promise.resolve();
  #isStopped = false;
  #last: Moved | undefined;
  #problem: string | undefined;

  constructor(world: () => Pick<World, "advanceTo">) {
    this.#world = world;
  }

  get underway(): Underway | undefined {
    return this.#underway;
  }

  /** What the last move did; `undefined` before the first, and after one that came to grief. */
  get last(): Moved | undefined {
    return this.#last;
  }

  /** Why the last move came to grief. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Keeps what a move did that was made elsewhere at one go. */
  note(moved: Moved): void {
    this.#last = moved;
    this.#problem = undefined;
  }

  forget(): void {
    this.#last = undefined;
    this.#problem = undefined;
  }

  /** Begins a move unless one is under way. Resolves when it has ended, or after so long; it goes on by itself then. */
  async begin(move: Underway, withinMs: number): Promise<void> {
    if (this.#underway === undefined) {
      this.#underway = move;
      this.#isStopped = false;
      this.forget();
      this.#going = this.#go(move);
    }
    let timer: NodeJS.Timeout | undefined;
    const soon = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#going, soon]);
    clearTimeout(timer);
  }

  /** Ends the move where it is. Resolves when it has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#going;
  }

  async #go({ toMs }: Underway): Promise<void> {
    const events: WorldEvent[] = [];
    try {
      let isThere = false;
      while (!isThere && !this.#isStopped) {
        const part = await this.#world().advanceTo(toMs, stretchMs);
        events.push(...part.events);
        isThere = !part.more;
      }
      this.#last = { events, more: !isThere };
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.#underway = undefined;
    }
  }
}
