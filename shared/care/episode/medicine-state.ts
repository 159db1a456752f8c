import * as z from "zod";
import { medicineKinds } from "../program/medicine-kinds.ts";
import { count, date, instant } from "../stored/fields.ts";

/** What the episode knows of one medicine; who prescribes it, and the pharmacy, live in `identity`. */
const medicineStateSchema = z.object({
  /** Each record is a version of its own, and none is changed. */
  version: count,
  recordedAt: instant,
  /** False where the person has stopped it or has none left. */
  isTaken: z.boolean(),
  /** It was recorded by mistake: the person never took it, and it is on no list. */
  isMistake: z.exactOptional(z.literal(true)),
  /** The last local day for which there is some. */
  supplyThrough: z.exactOptional(date),
  /** The next visit with whoever prescribes it. */
  nextVisitOn: z.exactOptional(date),
});

/** By kind of medicine. */
export const medicineStatesSchema = z.partialRecord(z.enum(medicineKinds), medicineStateSchema);
