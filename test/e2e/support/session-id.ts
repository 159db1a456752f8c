import { groupSessionIdOf, slotOfPerson } from "../../../shared/care/sessions/group-session-id.ts";

/** What the shipped program plans for each person alone. */
const forOne = ["mon-family", "tue-medication", "thu-individual"];

/** The id of a person's session of the shipped program. */
export function sessionIdOf(
  siteId: string,
  plannedOn: string,
  slot: string,
  episodeId: string,
): string {
  return groupSessionIdOf({
    siteId,
    programId: "adult-iop",
    plannedOn,
    slot: forOne.includes(slot) ? slotOfPerson(slot, episodeId) : slot,
  });
}
