import { publishOnce } from "../../local/seeds/publish-once.ts";
import { seedStaff } from "../../local/seeds/seed-foundation.ts";
import type { PublishDeps } from "../../shared/publishing/publish-program.ts";
import { shippedFiles } from "../builders/program-files.ts";

/** What every world of a test begins with, in an empty store: policy, sites, the shipped programs and fictional staff. */
export async function seedWorld(deps: PublishDeps): Promise<void> {
  const outcome = await publishOnce(deps, shippedFiles);
  if (!outcome.ok) throw new Error("The shipped programs cannot be published");
  await seedStaff(deps.store);
}
