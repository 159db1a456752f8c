import * as z from "zod";
import { count, instant } from "../stored/fields.ts";

/** What the episode knows of one staff screen; its answers live in `identity`. */
const screenStateSchema = z.object({
  /** Each time it is asked is a version of its own, and none is changed. */
  version: count,
  askedAt: instant,
  /** Id of the member of staff who asked. */
  by: z.string(),
  /** The questions whose answers have somebody do something. */
  positive: z.array(z.string()),
});

/** By screen of the program. */
export const screenStatesSchema = z.record(z.string(), screenStateSchema);
