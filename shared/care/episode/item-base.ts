import * as z from "zod";
import { count } from "../stored/fields.ts";

/** What every item of an episode has. */
export const itemBase = {
  /** Sort key under the episode. */
  sk: z.string(),
  version: count,
};
