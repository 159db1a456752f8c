const lookEveryMilliseconds = 250;

/**
 * Calls `stop` once when this process is asked to end: by a signal, or because the npm that started it is gone. npm
 * passes some signals on and others not, and cannot pass on that it was killed; a server that went on would hold its
 * port and its data.
 */
export function whenAskedToEnd(stop: () => Promise<void>): void {
  let isStopping = false;
  const end = () => {
    if (isStopping) return;
    isStopping = true;
    void stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  // Outside npm a server may outlive its shell: whoever put it in the background meant it to.
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, lookEveryMilliseconds).unref();
}
