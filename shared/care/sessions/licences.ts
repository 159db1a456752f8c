import type { Site } from "../program/site.ts";
import { stateName, stateNames } from "../program/us-states.ts";
import { staffMark } from "../text/staff-mark.ts";

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
