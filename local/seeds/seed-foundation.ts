import { keys } from "../../shared/keys/keys.ts";
import type { Store, WriteOperation } from "../../shared/ports/store.ts";
import { tryAgain } from "../../shared/publishing/try-again.ts";
import { siteStaffOperations } from "../../shared/store/site-staff.ts";
import { localStaff } from "./local-staff.ts";
import { publishFolder } from "./publish-folder.ts";

export { localStaff };

const programsFolder = new URL("../../programs/", import.meta.url).pathname;

/** What every world begins with: policy, sites, published programs and fictional staff. */
export async function seedFoundation(deps: {
  readonly store: Store;
  readonly clock: { now(): string };
}): Promise<void> {
  await publishFolder(deps, programsFolder);
  await seedStaff(deps.store);
}

/** Enters the fictional staff with their sites. */
export async function seedStaff(store: Store): Promise<void> {
  const staff = localStaff.map(
    (member): WriteOperation => ({
      put: {
        table: "care",
        item: {
          ...keys.staff(member.staffId),
          schemaVersion: 1,
          kind: "staff",
          staffId: member.staffId,
          name: member.name,
          functions: member.functions,
          siteIds: member.siteIds,
        },
      },
    }),
  );
  await tryAgain(() => store.transact([...staff, ...localStaff.flatMap(siteStaffOperations)]));
}
