import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import { type PlanKind, planKinds } from "../care/program/plan-kinds.ts";
import { count, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

const planSchema = z.object({
  planKind: z.enum(planKinds),
  version: count,
  /** What was written, by section. */
  sections: z.record(z.string(), z.string()),
  at: instant,
  /** Id of the member of staff who wrote it down. */
  by: z.string(),
});
export type WrittenPlan = Stored<typeof planSchema>;
export const planForm = storedForm("identity", "plan", planSchema);

/** A version of a plan, its words included; nothing where it was never written. */
export async function readPlan(
  store: Store,
  episodeId: string,
  planKind: PlanKind,
  version: number,
): Promise<WrittenPlan | undefined> {
  const key = keys.plan(episodeId, planKind, version);
  const item = await store.get("identity", key.pk, key.sk);
  return item === undefined ? undefined : readStored(planForm, item);
}

/** The plans as they stand. */
export async function readPlans(
  store: Store,
  { episodeId, plans }: Pick<Episode, "episodeId" | "plans">,
): Promise<readonly WrittenPlan[]> {
  const found = await Promise.all(
    planKinds.map(async (planKind) => {
      const version = plans?.[planKind]?.version;
      return version === undefined ? undefined : readPlan(store, episodeId, planKind, version);
    }),
  );
  return found.flatMap((plan) => plan ?? []);
}
