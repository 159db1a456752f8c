import type { Policy } from "../care/program/policy.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { keys } from "../keys/keys.ts";
import type { CareDeps } from "./care-deps.ts";

/** The live policy: always the version of this moment. */
export async function loadPolicy(deps: Pick<CareDeps, "store">): Promise<Policy> {
  const key = keys.policy();
  const item = await deps.store.get("care", key.pk, key.sk);
  if (item === undefined) throw new NotFoundError("The policy is not set up", {});
  return item as unknown as Policy;
}
