// read as: shared/aws/clock/allowed-clock.ts
export const nowMilliseconds = Date.now();
