/**
 * Makes every `Date` of this process tell an instant of the virtual clock where it would tell the present:
 * a bundle that is deployed reads the clock through nothing else.
 * @param nowEpochMs - the virtual instant, epoch milliseconds
 */
export function installVirtualDate(nowEpochMs: () => number): void {
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, input, newTarget) =>
      Reflect.construct(target, input.length === 0 ? [nowEpochMs()] : input, newTarget),
    apply: () => new RealDate(nowEpochMs()).toString(),
    get: (target, key) => (key === "now" ? nowEpochMs : Reflect.get(target, key)),
  });
}
