import { findStaff } from "../../shared/staff/staff-member.ts";
import { makeTabletCodeOnce } from "../../workflows/run/commands/tablet-commands.ts";
import { SiteWorld } from "./site-world.ts";

/** A code that staff made for the one form or check-in of a person that is open. */
export async function tabletCodeFor(
  world: SiteWorld,
  episodeId: string,
  kind: "form" | "check-in",
): Promise<string> {
  const [item] = await world.episodeItems(episodeId, kind);
  if (item === undefined) throw new Error("Nothing is asked");
  const id = item.kind === "form" ? item.formId : item.checkInId;
  const staff = await findStaff(world.store, SiteWorld.staffId);
  if (staff === undefined) throw new Error("There is no such member of staff");
  const { staffId, functions } = staff;
  const key = world.deps.ids.next();
  const made = await makeTabletCodeOnce(
    world.deps,
    {
      staff,
      actor: { kind: "staff", staffId, functions },
      request: { scope: staffId, key, method: "POST", path: "/tablet-codes", body: id },
    },
    episodeId,
    { id },
  );
  if (made.outcome !== "done") throw new Error(JSON.stringify(made));
  return String(JSON.parse(made.body).code);
}
