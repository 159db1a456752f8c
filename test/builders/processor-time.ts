/**
 * Milliseconds of processor that this thread has used. What a computation takes is told by its difference: a clock
 * would show the work of everything else on the machine too.
 */
export function threadMilliseconds(): number {
  const { system, user } = process.threadCpuUsage();
  return (user + system) / 1000;
}
