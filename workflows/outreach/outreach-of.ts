import type { Driver, OpenState, Outreach } from "../../shared/care/episode/episode.ts";

/** The ladder that a driver climbs. */
export function outreachOf(state: OpenState, driver: Driver): Outreach | undefined {
  for (const item of state.items.values()) {
    if (item.kind === "outreach" && item.outreachId === driver.subject) return item;
  }
  return undefined;
}
