// read as: shared/care/clock-and-chance.ts
// expect: no-clock-or-chance
import { randomUUID as newId } from "node:crypto";
import { Temporal } from "temporal-polyfill";

// expect: no-clock-or-chance
export const nowMilliseconds = Date.now();
// expect: no-clock-or-chance
export const today = new Date();
// expect: no-clock-or-chance
export const todayAsText = Date();
// expect: no-clock-or-chance
export const dice = Math.random();
// expect: no-clock-or-chance
export const id = globalThis.crypto.randomUUID();
// expect: no-clock-or-chance
export const nowInstant = Temporal.Now.instant();
// expect: no-clock-or-chance
setTimeout(() => newId(), 1000);

export const birthday = new Date("1990-01-01T00:00:00Z");
export const written = "Date.now() in a text is no violation";
