import type { Driver } from "../episode/driver.ts";
import type { OpenState } from "../episode/episode-item.ts";
import type { Escalation } from "../episode/escalation.ts";

/** The alert that a driver is about. */
export function escalationOf(state: OpenState, driver: Driver): Escalation | undefined {
  const item = state.items.get(String(driver.data.escalationSk ?? ""));
  return item?.kind === "escalation" ? item : undefined;
}

export function findEscalation(state: OpenState, escalationSk: string): Escalation | undefined {
  const item = state.items.get(escalationSk);
  return item?.kind === "escalation" ? item : undefined;
}
