import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Store, WriteOperation } from "../../shared/ports/store.ts";
import { tryAgain } from "../../shared/services/publish-program/try-again.ts";
import { keys } from "../../shared/table/tables.ts";
import { localStaff } from "./local-staff.ts";
import { publishFolder } from "./publish-folder.ts";

export { localStaff };

const programsFolder = new URL("../../programs/", import.meta.url).pathname;

/** Every file of a folder of programs, as texts by name. */
export function readFolder(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
}

/** What every world begins with: policy, sites, published programs and fictional staff. */
export async function seedFoundation(deps: {
  readonly store: Store;
  readonly clock: { now(): string };
}): Promise<void> {
  await publishFolder(deps, programsFolder);
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
  await tryAgain(() => deps.store.transact(staff));
}
