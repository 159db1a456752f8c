import type { Driver } from "../../shared/care/episode/driver.ts";
import type { OpenState } from "../../shared/care/episode/episode-item.ts";
import type { Outreach } from "../../shared/care/episode/outreach.ts";

/** The ladder that a driver climbs. */
export function outreachOf(state: OpenState, driver: Driver): Outreach | undefined {
  for (const item of state.items.values()) {
    if (item.kind === "outreach" && item.outreachId === driver.subject) return item;
  }
  return undefined;
}
