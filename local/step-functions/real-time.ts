import type { StepFunctionsEngine } from "./engine.ts";

/** Timers do not take more than some 24 days; looking again every hour costs nothing. */
const LONGEST_TIMER_MS = 3_600_000;

/**
 * Runs an engine as real time passes: at once when something became runnable, and when the next
 * due time has come.
 * @param onFault - told where the engine itself failed, such as a full disk; it then stands still
 * @returns a function that ends it
 */
export function runInRealTime(
  engine: StepFunctionsEngine,
  now: () => number,
  onFault: (error: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const run = async () => {
    clearTimeout(timer);
    try {
      await engine.pump();
    } catch (error) {
      onFault(error);
      return;
    }
    const next = engine.nextDueAt();
    if (isStopped || next === undefined) return;
    clearTimeout(timer);
    const delay = Math.min(Math.max(0, next - now()), LONGEST_TIMER_MS);
    timer = setTimeout(() => void run(), delay);
  };
  const unsubscribe = engine.onRunnable(() => void run());
  // What an earlier process has left may be runnable from the start.
  void run();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    unsubscribe();
  };
}
