import type { Store } from "../../../shared/ports/store.ts";
import type { StaffMember } from "../../../shared/staff/staff-member.ts";
import { loadSite } from "../../../shared/store/list-sites.ts";

/** The time zone a member of staff reads times in: that of their first site. */
export async function zoneOf(deps: { readonly store: Store }, staff: StaffMember): Promise<string> {
  const [siteId] = staff.siteIds;
  return siteId === undefined ? "UTC" : (await loadSite(deps, siteId)).timeZone;
}
