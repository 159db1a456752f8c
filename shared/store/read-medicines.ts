import * as z from "zod";
import type { Episode } from "../care/episode/episode.ts";
import { medicineKinds } from "../care/program/medicine-kinds.ts";
import { count, date, instant, type Stored } from "../care/stored/fields.ts";
import { keys } from "../keys/keys.ts";
import type { Store } from "../ports/store.ts";
import { readStored, storedForm } from "./read-stored.ts";

const medicineSchema = z.object({
  medicine: z.enum(medicineKinds),
  version: count,
  isTaken: z.boolean(),
  isMistake: z.exactOptional(z.literal(true)),
  prescriber: z.exactOptional(z.string()),
  pharmacy: z.exactOptional(z.string()),
  nextVisitOn: z.exactOptional(date),
  supplyThrough: z.exactOptional(date),
  at: instant,
  /** Id of the member of staff who recorded it. */
  by: z.string(),
});
export type RecordedMedicine = Stored<typeof medicineSchema>;
export const medicineForm = storedForm("identity", "medicine", medicineSchema);

/** The medicines as they were recorded last. */
export async function readMedicines(
  store: Store,
  { episodeId, medicines }: Pick<Episode, "episodeId" | "medicines">,
): Promise<readonly RecordedMedicine[]> {
  const found = await Promise.all(
    medicineKinds.map(async (medicine) => {
      const version = medicines?.[medicine]?.version;
      if (version === undefined) return [];
      const key = keys.medicine(episodeId, medicine, version);
      const item = await store.get("identity", key.pk, key.sk);
      return item === undefined ? [] : [readStored(medicineForm, item)];
    }),
  );
  return found.flat();
}
