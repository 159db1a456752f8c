import type { Pause } from "../../ports/pause.ts";

/** Waits in real time, with half of it at random so that two who collided do not meet again. */
export const realPause: Pause = {
  milliseconds: (count) =>
    new Promise((resolve) => setTimeout(resolve, count / 2 + Math.random() * (count / 2))),
};
