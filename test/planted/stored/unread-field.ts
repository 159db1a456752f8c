import * as z from "zod";
import { storedForm } from "../../../shared/store/read-stored.ts";

export const plantedForm = storedForm(
  "care",
  "planted",
  z.object({
    // expect: stored-field-without-reader
    neverShown: z.string(),
    nested: z.array(
      z.object({
        // expect: stored-field-without-reader
        neverAsked: z.exactOptional(z.number()),
      }),
    ),
  }),
);
