import type { ItemBase } from "./item-base.ts";

/** A registered wait: the task token is inside and never leaves the store and its adapters. */
export type Hold = ItemBase & {
  readonly kind: "hold";
  readonly driverId: string;
  readonly generation: number;
  readonly token: string;
  readonly holdUntil: string;
  readonly enteredAt: string;
  readonly retryCount: number;
  readonly status: "waiting" | "resolved";
};
