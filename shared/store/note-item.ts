import * as z from "zod";
import { instant } from "../care/stored/fields.ts";
import { storedForm } from "./read-stored.ts";

/** Something that somebody wrote: identity, erased by key. */
export const noteForm = storedForm(
  "identity",
  "note",
  z.object({
    source: z.string(),
    text: z.string(),
    at: instant,
    /** Id of the member of staff who wrote it. */
    by: z.exactOptional(z.string()),
    /** Where a text came from. */
    contactPointId: z.exactOptional(z.string()),
  }),
);
