import type { Refusal } from "../../../shared/care/change/change.ts";
import { staffIn, withStaffNames } from "../../../shared/care/text/staff-mark.ts";
import type { Store } from "../../../shared/ports/store.ts";
import { findStaff } from "../../../shared/staff/staff-member.ts";
import { staffNames } from "../../../shared/staff/words/actor-words.ts";

/** A refusal as people read it: with the names of those whom the rule knows by id. */
export async function nameStaff(store: Store, refusal: Refusal): Promise<Refusal> {
  const { sentence } = refusal;
  const ids = staffIn(sentence);
  if (ids.length === 0) return refusal;
  return { ...refusal, sentence: withStaffNames(sentence, await staffNames(store, ids)) };
}

/**
 * Refuses whoever is named and does not work at the site.
 *
 * @param named - what each is in the command, as the beginning of a sentence
 */
export async function refuseOthersStaff(
  store: Store,
  siteId: string,
  named: Readonly<Record<string, string | undefined>>,
): Promise<Refusal | undefined> {
  for (const [who, staffId] of Object.entries(named)) {
    if (staffId === undefined) continue;
    const member = await findStaff(store, staffId);
    if (member?.siteIds.includes(siteId) === true) continue;
    return {
      refused: "invalid",
      sentence: `${who} does not work at this site${member === undefined ? ", or has never signed in" : ""}. Choose somebody of its list.`,
    };
  }
  return undefined;
}
