import * as z from "zod";
import { ConditionFailedError } from "../errors/condition-failed-error.ts";
import { keys } from "../keys/keys.ts";
import type { WriteOperation } from "../ports/store.ts";
import type { CareDeps } from "./care-deps.ts";
import { transactWithRetry } from "./commit-change.ts";
import { countOfHour } from "./contact-point-items.ts";
import { findLink, type Link } from "./find-link.ts";
import { currentVersion, readStored, storedForm } from "./read-stored.ts";

/** A code for a clinic's tablet, under its keyed hash: which link it opens. Whether it still does, the form says. */
export const tabletCodeForm = storedForm(
  "care",
  "tablet-code",
  z.object({ linkId: z.string(), siteId: z.string() }),
);

export const tabletTriesForm = storedForm("care", "tablet-tries", z.object({ count: z.int() }));

/**
 * Codes that may be tried on the tablets of one site in one hour, right and wrong ones. A code has 40 bits: whoever
 * tries as many in every hour of a year, with ten codes out at any time, finds one with a chance of one in 100,000.
 */
export const tabletTriesPerHour = 120;
const keptHours = 3;

/** Keeps a code's hash with the link that it opens. The code follows from the link's id and is stored nowhere. */
export function tabletCodePut(
  { secrets }: Pick<CareDeps, "secrets">,
  code: { readonly siteId: string; readonly linkId: string; readonly until: string },
): WriteOperation {
  const { siteId, linkId, until } = code;
  return {
    put: {
      table: "care",
      item: {
        ...keys.tabletCode(secrets.tabletCodeHash(siteId, secrets.tabletCode(linkId))),
        schemaVersion: currentVersion(tabletCodeForm),
        kind: "tablet-code",
        linkId,
        siteId,
        expiresAtEpochSeconds: Math.floor(Date.parse(until) / 1000) + keptHours * 3600,
      },
    },
  };
}

/**
 * The link behind a code that was typed at a site. The try is counted before anything is looked up, so that however
 * many are sent at once, no more than the hour's are answered.
 *
 * @returns `too-many` when the hour is full; `undefined` where there is no such code at this site
 */
export async function findLinkByTabletCode(
  deps: CareDeps,
  siteId: string,
  code: string,
): Promise<Link | "too-many" | undefined> {
  try {
    const now = deps.clock.now();
    const key = keys.tabletTries(siteId, now);
    const one = countOfHour({ key, form: tabletTriesForm, most: tabletTriesPerHour, now });
    await transactWithRetry(deps, [one]);
  } catch (error) {
    if (error instanceof ConditionFailedError) return "too-many";
    throw error;
  }
  const key = keys.tabletCode(deps.secrets.tabletCodeHash(siteId, code));
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) return undefined;
  const found = readStored(tabletCodeForm, item);
  return found.siteId === siteId ? findLink(deps, found.linkId) : undefined;
}
