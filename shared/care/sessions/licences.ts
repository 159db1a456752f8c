import type { SessionSlot } from "../program/program.ts";
import type { Site } from "../program/site.ts";
import { stateName, stateNames } from "../program/us-states.ts";
import { staffMark } from "../text/staff-mark.ts";
import { addDays } from "../time/zoned-time.ts";
import { type StandingSite, standingOf } from "./standing.ts";

/** What is on record about where a site's staff may treat somebody who is not at the site. */
export type LicensedSite = Pick<Site, "state" | "licences">;

/**
 * The states in which a member of staff is licensed; `undefined` where nobody knows. Of whom nothing is recorded is
 * taken to be licensed where the site is (a default that a clinician signs off, with counsel).
 */
export function licensedIn(
  { state, licences = [] }: LicensedSite,
  staffId: string,
): readonly string[] | undefined {
  return (
    licences.find((one) => one.staffId === staffId)?.states ??
    (state === undefined ? undefined : [state])
  );
}

/**
 * What the licence of a leader says against an online session with somebody who is in a state then. Where nobody knows
 * in which state the person is, nothing is said: it is asked when they come.
 *
 * @param who - of whom it is said: "the person", or "somebody who is expected"
 * @returns two facts as one sentence for staff
 */
export function outsideLicence(
  site: LicensedSite,
  leaderId: string | undefined,
  state: string | undefined,
  who = "the person",
): string | undefined {
  if (leaderId === undefined || state === undefined) return undefined;
  const states = licensedIn(site, leaderId);
  if (states?.includes(state) === true) return undefined;
  const licence =
    states === undefined || states.length === 0
      ? `No licence of ${staffMark(leaderId)} is on record`
      : `${staffMark(leaderId)} is licensed in ${stateNames(states)}`;
  return `${licence}, and ${who} is in ${stateName(state)} at that time.`;
}

/** The ways to go on where a licence stands in the way of an online session that is planned. */
export const waysOn =
  "Choose somebody who is licensed there or a room at the site, or say that it is held online all the same, and why.";

/** Weeks in which the groups that somebody is to come to are looked at: a quarter of a year. */
const lookedAtWeeks = 13;

/**
 * What the licences of leaders say against groups that somebody is to come to, where one is held online: from its first
 * day on, for a quarter of a year.
 *
 * @param groups - each with its first day in the timetable
 * @param state - postal code of where the person lives
 * @returns a sentence for staff about the first of them
 */
export function licenceOfGroups(
  site: LicensedSite & StandingSite,
  programId: string,
  groups: readonly { readonly slot: SessionSlot; readonly plannedOn: string }[],
  state: string | undefined,
): string | undefined {
  if (state === undefined) return undefined;
  for (let week = 0; week < lookedAtWeeks; week += 1)
    for (const { slot, plannedOn } of groups) {
      const standing = standingOf(site, programId, slot, addDays(plannedOn, week * 7));
      const { isHeld, place, leaderId, on } = standing;
      if (!isHeld || place === undefined || !("onlineAddress" in place)) continue;
      const sentence = outsideLicence(site, leaderId, state);
      if (sentence !== undefined) return `“${slot.title}” on ${on} is online. ${sentence}`;
    }
  return undefined;
}
