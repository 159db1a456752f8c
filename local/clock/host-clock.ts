/** What the host process shares with the handlers it loads: the instant it is, in epoch milliseconds. */
export interface HostClock {
  nowEpochMs(): number;
}

const HOST_CLOCK = Symbol.for("throughcare.local.clock");

function isHostClock(value: unknown): value is HostClock {
  return (
    typeof value === "object" &&
    value !== null &&
    "nowEpochMs" in value &&
    typeof value.nowEpochMs === "function"
  );
}

/**
 * The clock that bundled handlers get on one machine, in place of the system clock.
 * It follows the host's movable clock, which every bundle of the process shares.
 */
export const systemClock: {
  /** The virtual instant, RFC 3339 in UTC with milliseconds. Throws where no host clock is installed. */
  now(): string;
} = {
  now() {
    const clock: unknown = Reflect.get(globalThis, HOST_CLOCK);
    if (!isHostClock(clock)) {
      throw new Error(
        "No host clock is installed: this bundle was built for the one-machine run and works only inside it.",
      );
    }
    return new Date(clock.nowEpochMs()).toISOString();
  },
};

/** Makes `clock` the time of every handler loaded in this process. Returns a function that takes it away again. */
export function installHostClock(clock: HostClock): () => void {
  Reflect.set(globalThis, HOST_CLOCK, clock);
  return () => {
    if (Reflect.get(globalThis, HOST_CLOCK) === clock) {
      Reflect.deleteProperty(globalThis, HOST_CLOCK);
    }
  };
}
