import type { Ids } from "../../shared/ports/ids.ts";

/**
 * Ids that count up from one: as long as a ULID and of the same letters, the same in every run.
 * @param seed - two counters of different seeds never give the same id; below 32,768
 */
export function createCountingIds(seed = 0): Ids {
  let count = 0;
  const prefix = `0${seed.toString(32).toUpperCase().padStart(5, "0")}`;
  return {
    next() {
      count += 1;
      // Base 32 of JavaScript ends at V, which is within a ULID's alphabet but for I, L, O and U.
      const digits = count
        .toString(32)
        .toUpperCase()
        .replace(/[ILOU]/g, replaceLetter);
      return `${prefix}${digits.padStart(20, "0")}`;
    },
  };
}

const letters: Readonly<Record<string, string>> = { I: "W", L: "X", O: "Y", U: "Z" };

function replaceLetter(letter: string): string {
  return letters[letter] ?? letter;
}
