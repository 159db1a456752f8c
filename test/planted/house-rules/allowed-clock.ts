// read as: shared/adapters/clock/allowed-clock.ts
export const nowMilliseconds = Date.now();
