import type { Place } from "../../../shared/care/program/group-change.ts";

/** Where a session is held, as staff read it. */
export function placeLabel(place: Place | undefined): string | undefined {
  if (place === undefined) return undefined;
  return "room" in place ? place.room : `Online, ${place.onlineAddress}`;
}
