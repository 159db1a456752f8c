import * as z from "zod";
import { instant } from "../stored/fields.ts";

/** The newest code by which a form or a check-in opens on a clinic's tablet; the code itself is kept nowhere. */
export const tabletCodeSchema = z.object({
  /** The link that the code opens, once. */
  linkId: z.string(),
  /** The code is taken before this instant. */
  until: instant,
  usedAt: z.exactOptional(instant),
});
